"""A list of holds, from a file or another system: judged row by row, then recorded."""

from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

UPDATED = ("kind", "description", "amount", "date", "item_reference")


class HoldSync:
    """Rows that know their offices; each keeps its own result.

    Sending a list again changes nothing twice.
    """

    def __init__(self, env, rows, source, system):
        """Take rows.

        :param rows: list of `HoldRow` with their offices, in which the user decides
        :param str source: a value of `sajad.hold.source`
        :param str system: the other system, by whose numbers holds are known
        """
        self.env = env
        self.rows = [row for row in rows if not row.problem]
        self.source = source
        self.system = system

    def judge(self):
        """Tell each row what recording it would do; nothing is recorded."""
        if not self.rows:
            return
        self._lock_offices()
        self._match_students()
        self._match_holds([row for row in self.rows if not row.problem])

    def record(self):
        """Create, change and close what was judged."""
        results = {}
        for row in self.rows:
            results.setdefault(row.result, []).append(row)
        self._create(results.get("created", []))
        for row in results.get("updated", []):
            row.hold.write(row.changes)
            row.hold._log("changed")
        self._close(results.get("closed", []))

    # ------------------------------------------------------------
    # JUDGE
    # ------------------------------------------------------------

    def _lock_offices(self):
        """Let two lists of one office wait for each other: the second is tried again
        by Odoo and sees what the first recorded."""
        self.env.execute_query(
            SQL(
                "UPDATE sajad_office SET write_date = now() AT TIME ZONE 'UTC' "
                "WHERE id IN %s RETURNING id",
                tuple(sorted({row.office.id for row in self.rows})),
            )
        )

    def _match_students(self):
        universities = {row.office.university_id.id for row in self.rows}
        students = (
            self.env["sajad.student"]
            # students of the offices' universities, by number only
            .sudo()
            .search_fetch(
                Domain("university_id", "in", list(universities))
                & Domain(
                    "student_number", "in", list({row.number for row in self.rows})
                ),
                ["student_number", "university_id", "partner_id"],
            )
        )
        found = {(s.university_id.id, s.student_number): s for s in students}
        # the own person, whoever may read partners
        person = self.env.user.sudo().partner_id
        for row in self.rows:
            row.student = found.get((row.office.university_id.id, row.number))
            if not row.student:
                row.refuse(
                    self.env._("The university has no student with this number.")
                )
            elif row.student.partner_id == person:
                row.refuse(self.env._("Nobody decides on an own hold."))

    def _match_holds(self, rows):
        holds = (
            self.env["sajad.hold"]
            # of the offices of the user, which were checked
            .sudo()
            .search_fetch(
                Domain("office_id", "in", list({row.office.id for row in rows}))
                & Domain("source_system", "=", self.system)
                & Domain("external_id", "in", [row.external_id for row in rows]),
                ["office_id", "student_id", "external_id", "state", *UPDATED],
            )
        )
        found = {(hold.office_id.id, hold.external_id): hold for hold in holds}
        seen = set()
        for row in rows:
            key = (row.office.id, row.external_id)
            row.hold = found.get(key)
            if key in seen:
                row.refuse_double()
                continue
            seen.add(key)
            if row.hold:
                self._judge_known(row)
            elif row.state == "open":
                row.result = "created"
            else:
                row.result = "unchanged"
                row.message = self.env._("It was never recorded, so nothing closes.")

    def _judge_known(self, row):
        hold = row.hold
        row.changes = {
            name: value
            for name, value in row.values.items()
            if name in UPDATED and (hold[name] or False) != (value or False)
        }
        if hold.student_id != row.student:
            row.refuse(self.env._("This number belongs to another student."))
        elif row.state != "open":
            self._judge_closing(row)
        elif not row.changes:
            row.result = "unchanged"
        elif hold.state != "open" or hold.payment_ids:
            row.refuse(
                self.env._("It was paid or decided on, so it does not change any more.")
            )
        else:
            row.result = "updated"

    def _judge_closing(self, row):
        if row.hold.state in ("settled", "waived", "cancelled"):
            row.result = "unchanged"
        elif row.state == "cancelled" and row.hold.paid_amount:
            row.refuse(self.env._("Give back what was paid first."))
        else:
            row.result = "closed"

    # ------------------------------------------------------------
    # RECORD
    # ------------------------------------------------------------

    def _create(self, rows):
        """Create all at once, or one by one when the database refuses one of them."""
        if not rows:
            return
        # offices and students were checked; sources are written by the model alone
        Hold_sudo = self.env["sajad.hold"].sudo()
        try:
            with self.env.cr.savepoint():
                holds = Hold_sudo.create([self._prepare(row) for row in rows])
            for row, hold in zip(rows, holds, strict=True):
                row.hold = hold
        except (ValidationError, ValueError) as error:
            if len(rows) == 1:
                rows[0].refuse(str(error))
                return
            middle = len(rows) // 2
            self._create(rows[:middle])
            self._create(rows[middle:])

    def _prepare(self, row):
        return {
            **row.values,
            "student_id": row.student.id,
            "office_id": row.office.id,
            "source": self.source,
            "source_system": self.system,
            "external_id": row.external_id,
        }

    def _close(self, rows):
        groups = {}
        for row in rows:
            groups.setdefault((row.state, row.reference, row.reason), []).append(
                row.hold
            )
        for (state, reference, reason), members in groups.items():
            # decisions are the model's own; the office was checked
            holds = self.env["sajad.hold"].sudo().union(*members)
            if state == "settled":
                holds._settle(reference)
            else:
                holds._cancel(reason or self.env._("Closed by the other system."))
