from odoo import api, models
from odoo.exceptions import UserError

from ..tools.hold_rows import HoldRow, assign_offices
from ..tools.hold_status import get_status, list_held
from ..tools.hold_sync import HoldSync
from .sajad_hold_system import GROUP

MAX_ROWS = 20000


class SajadHold(models.Model):
    """The interface of holds for other systems (row B7)."""

    _inherit = "sajad.hold"

    @api.model
    def sync(self, source_system, rows):
        """Create, change or close holds by their numbers in another system (row B7).

        For `/json/2/sajad.hold/sync`; see the README. Idempotent; a row that is
        refused does not keep the others from being recorded.

        :param str source_system: name of the other system, always the same
        :param list[dict] rows: `external_id`, `student_number`, `office` (role code;
            `faculty` and `university` codes where there are several), `kind`,
            `description`, `amount` (whole rials), `date` (ISO), `item_reference`,
            `state` (open, settled or cancelled), `reference`, `reason`
        :return: one dict per row, in order: `row`, `external_id`, `student_number`,
            `result` (created, updated, closed, unchanged or refused), `id`, `message`
        :rtype: list[dict]
        :raise AccessError: the user may not record holds at all
        :raise UserError: the list is no list, or has too many rows
        """
        self._check_interface("create")
        if not isinstance(source_system, str) or not source_system.strip():
            raise UserError(self.env._("Name the system that sends the list."))
        self._check_list(rows)
        entries = [HoldRow(self.env, number, row) for number, row in enumerate(rows, 1)]
        # codes of the own offices
        offices_sudo = self.env["sajad.office"]._get_decided().sudo()
        assign_offices(entries, offices_sudo)
        self._sync_entries(entries, "api", source_system.strip()[:64])
        return [entry.get_answer() for entry in entries]

    @api.model
    @api.readonly
    def status(self, student_numbers):
        """Tell what the offices of the user hold against students (row B7).

        :param list[str] student_numbers: at most as many as `sync` takes
        :return: one dict per number, in order: `student_number`, `known`, `clear`
            (nothing of these offices is open) and `holds`
        :rtype: list[dict]
        :raise AccessError: the user may not read holds at all
        :raise UserError: the list is no list, or has too many rows
        """
        self._check_interface("read")
        self._check_list(student_numbers)
        return get_status(self.env, student_numbers)

    @api.model
    @api.readonly
    def list_own(self, after=0, limit=1000):
        """Tell all that the offices of the user hold, whoever recorded it (row B7).

        :param int after: the last `id` of the answer before, for the next part
        :param int limit: how many, at most as many as `sync` takes
        :return: one dict per hold, by `id`: those of `status` with `student_number`
        :rtype: list[dict]
        :raise AccessError: the user may not read holds at all
        :raise UserError: a bound is no whole number
        """
        self._check_interface("read")
        bounds = (after, limit)
        if not all(type(n) is int and 0 <= n < 2**31 for n in bounds):
            raise UserError(self.env._("“after” and “limit” are whole numbers."))
        return list_held(self.env, after, min(limit, MAX_ROWS))

    def _check_interface(self, operation):
        """Let in accounts of other systems, which have no rights on records at all."""
        if not self.env.user.has_group(GROUP):
            self.check_access(operation)

    def _check_list(self, rows):
        if not isinstance(rows, list) or len(rows) > MAX_ROWS:
            raise UserError(
                self.env._("Send a list of at most %(count)s rows.", count=MAX_ROWS)
            )

    @api.model
    def _sync_entries(self, entries, source, system, dry_run=False):
        """Judge rows and record the good ones; each row keeps its result.

        :param entries: list of `HoldRow` with their offices
        :param dry_run: say what would happen, and do nothing
        """
        sync = HoldSync(self.env, entries, source, system)
        sync.judge()
        if not dry_run:
            sync.record()
