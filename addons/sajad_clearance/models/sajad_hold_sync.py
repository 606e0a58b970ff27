from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.hold_rows import HoldRow

MAX_ROWS = 20000
UPDATED = ("kind", "description", "amount", "date", "item_reference")


class SajadHold(models.Model):
    """Lists of holds from files and other systems: each row is judged by itself, and
    sending a list again changes nothing twice (row B7)."""

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
        if not isinstance(rows, list) or len(rows) > MAX_ROWS:
            raise UserError(
                self.env._("Send a list of at most %(count)s rows.", count=MAX_ROWS)
            )
        entries = [HoldRow(self.env, number, row) for number, row in enumerate(rows, 1)]
        self.env["sajad.office"]._assign_to_rows(entries)
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
        """
        self.check_access("read")
        if not isinstance(student_numbers, list) or len(student_numbers) > MAX_ROWS:
            raise UserError(
                self.env._("Send a list of at most %(count)s rows.", count=MAX_ROWS)
            )
        offices = self.env["sajad.office"]._get_decided()
        numbers = [HoldRow.clean_number(number) for number in student_numbers]
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
        known = students.grouped("student_number")
        holds = self.search(
            Domain("student_id", "in", students.ids)
            & Domain("office_id", "in", offices.ids)
            & Domain("state", "!=", "cancelled"),
            order="id",
        )
        # the holds are readable; the number belongs to their student
        by_number = holds.grouped(lambda hold: hold.sudo().student_id.student_number)
        result = []
        for number in numbers:
            found = by_number.get(number, self.browse())
            result.append(
                {
                    "student_number": number,
                    "known": number in known,
                    "clear": "open" not in found.mapped("state"),
                    "holds": [hold._prepare_status() for hold in found],
                }
            )
        return result

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

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    @api.model
    def _sync_entries(self, entries, source, system, dry_run=False):
        """Judge rows and record the good ones; each row keeps its result.

        :param entries: list of `HoldRow` with their offices
        :param dry_run: say what would happen, and do nothing
        """
        good = [entry for entry in entries if not entry.problem]
        if not good:
            return
        self._lock_offices({entry.office.id for entry in good})
        self._match_students(good)
        self._match_holds([e for e in good if not e.problem], system)
        if dry_run:
            return
        # offices and students were checked; sources are written by the model alone
        Hold_sudo = self.sudo()
        new = [e for e in good if e.result == "created"]
        for entry in new:
            entry.vals = {
                **entry.values,
                "student_id": entry.student.id,
                "office_id": entry.office.id,
                "source": source,
                "source_system": system,
                "external_id": entry.external_id,
            }
        Hold_sudo._create_entries(new)
        for entry in good:
            if entry.result == "updated":
                entry.hold.write(entry.changes)
                entry.hold._log("changed")
        self._close_entries([e for e in good if e.result == "closed"])

    def _lock_offices(self, ids):
        """Let two lists of one office wait for each other: the second is tried again
        by Odoo and sees what the first recorded."""
        self.env.execute_query(
            SQL(
                "UPDATE sajad_office SET write_date = now() AT TIME ZONE 'UTC' "
                "WHERE id IN %s RETURNING id",
                tuple(sorted(ids)),
            )
        )

    def _match_students(self, entries):
        universities = {entry.office.university_id.id for entry in entries}
        students = (
            self.env["sajad.student"]
            # students of the offices' universities, by number only
            .sudo()
            .search_fetch(
                Domain("university_id", "in", list(universities))
                & Domain("student_number", "in", list({e.number for e in entries})),
                ["student_number", "university_id", "partner_id"],
            )
        )
        found = {(s.university_id.id, s.student_number): s for s in students}
        # the own person, whoever may read partners
        person = self.env.user.sudo().partner_id
        for entry in entries:
            entry.student = found.get((entry.office.university_id.id, entry.number))
            if not entry.student:
                entry.refuse(
                    self.env._("The university has no student with this number.")
                )
            elif entry.student.partner_id == person:
                entry.refuse(self.env._("Nobody decides on an own hold."))

    def _match_holds(self, entries, system):
        # of the offices of the user, which were checked
        holds = self.sudo().search_fetch(
            Domain("office_id", "in", list({e.office.id for e in entries}))
            & Domain("source_system", "=", system)
            & Domain("external_id", "in", [e.external_id for e in entries]),
            ["office_id", "student_id", "external_id", "state", *UPDATED],
        )
        found = {(hold.office_id.id, hold.external_id): hold for hold in holds}
        seen = set()
        for entry in entries:
            key = (entry.office.id, entry.external_id)
            entry.hold = found.get(key)
            if key in seen:
                entry.refuse(self.env._("This number is in the list twice."))
                continue
            seen.add(key)
            if entry.hold:
                self._judge_known(entry)
            elif entry.state == "open":
                entry.result = "created"
            else:
                entry.result = "unchanged"
                entry.message = self.env._("It was never recorded, so nothing closes.")

    def _judge_known(self, entry):
        hold = entry.hold
        entry.changes = {
            name: value
            for name, value in entry.values.items()
            if name in UPDATED and (hold[name] or False) != (value or False)
        }
        if hold.student_id != entry.student:
            entry.refuse(self.env._("This number belongs to another student."))
        elif entry.state != "open":
            self._judge_closing(entry)
        elif not entry.changes:
            entry.result = "unchanged"
        elif hold.state != "open" or hold.payment_ids:
            entry.refuse(
                self.env._("It was paid or decided on, so it does not change any more.")
            )
        else:
            entry.result = "updated"

    def _judge_closing(self, entry):
        if entry.hold.state in ("settled", "waived", "cancelled"):
            entry.result = "unchanged"
        elif entry.state == "cancelled" and entry.hold.paid_amount:
            entry.refuse(self.env._("Give back what was paid first."))
        else:
            entry.result = "closed"

    def _create_entries(self, entries):
        """Create all at once, or one by one when the database refuses one of them."""
        if not entries:
            return
        try:
            with self.env.cr.savepoint():
                holds = self.create([entry.vals for entry in entries])
            for entry, hold in zip(entries, holds, strict=True):
                entry.hold = hold
        except (ValidationError, ValueError) as error:
            if len(entries) == 1:
                entries[0].refuse(str(error))
                return
            middle = len(entries) // 2
            self._create_entries(entries[:middle])
            self._create_entries(entries[middle:])

    def _close_entries(self, entries):
        groups = {}
        for entry in entries:
            groups.setdefault((entry.state, entry.reference, entry.reason), []).append(
                entry.hold
            )
        for (state, reference, reason), members in groups.items():
            # decisions are the model's own; the office was checked
            holds = self.sudo().union(*members)
            if state == "settled":
                holds._settle(reference)
            else:
                holds._cancel(reason or self.env._("Closed by the other system."))
