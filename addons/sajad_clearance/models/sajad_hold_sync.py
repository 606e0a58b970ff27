from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.hold_rows import HoldRow, assign_offices
from ..tools.hold_sync import HoldSync

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
        self.check_access("create")
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
        self.check_access("read")
        self._check_list(student_numbers)
        numbers = [HoldRow.clean_number(number) for number in student_numbers]
        known = self._find_by_numbers(numbers)
        return [self._prepare_answer(number, known.get(number)) for number in numbers]

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

    def _find_by_numbers(self, numbers):
        """Return {student number: holds of the offices in which the user decides}."""
        offices = self.env["sajad.office"]._get_decided()
        students = (
            self.env["sajad.student"]
            # students of the own universities, by number only
            .sudo()
            .search_fetch(
                Domain("university_id", "in", offices.university_id.ids)
                & Domain("student_number", "in", [n for n in numbers if n]),
                ["student_number"],
            )
        )
        holds = self.search(
            Domain("student_id", "in", students.ids)
            & Domain("office_id", "in", offices.ids)
            & Domain("state", "!=", "cancelled"),
            order="id",
        )
        # the holds are readable; the number belongs to their student
        by_number = holds.grouped(lambda hold: hold.sudo().student_id.student_number)
        return {
            number: by_number.get(number, self.browse())
            for number in students.mapped("student_number")
        }

    def _prepare_answer(self, number, holds):
        """Return what `status` says of a number; holds is None for an unknown one."""
        return {
            "student_number": number,
            "known": holds is not None,
            "clear": not holds or "open" not in holds.mapped("state"),
            "holds": [hold._prepare_status() for hold in holds or ()],
        }

    def _prepare_status(self):
        # codes of the own office
        office = self.office_id.sudo()
        return {
            "id": self.id,
            "source_system": self.source_system or "",
            "external_id": self.external_id or "",
            "office": office.role_id.code,
            "faculty": office.faculty_id.code or "",
            "kind": self.kind,
            "description": self.description,
            "amount": int(self.amount),
            "residual": int(self.residual),
            "date": self.date.isoformat(),
            "state": self.state,
            "disputed": self.dispute_state == "open",
        }
