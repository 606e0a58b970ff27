from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.cohort_check import CohortCheck

RESULTS = [
    ("ok", "Ready to Start"),
    ("started", "Started"),
    ("unknown", "Unknown Number"),
    ("other_university", "Other University"),
    ("other_group", "Not in This Class"),
    ("archived", "Archived"),
    ("open", "Clearance in Progress"),
    ("cleared", "Cleared Already"),
    ("duplicate", "Repeated"),
    ("failed", "Could Not Be Started"),
]


class SajadCohortLine(models.Model):
    """One row of a class: a number, whose it is, and what became of it (row B11)."""

    _name = "sajad.cohort.line"
    _description = "Student of a Class"
    _inherit = ["sajad.spelling"]
    _order = "cohort_id, row, id"
    _rec_name = "student_number"
    _spelling = {"student_number": "number"}

    cohort_id = fields.Many2one(
        "sajad.cohort", required=True, readonly=True, index=True, ondelete="cascade"
    )
    row = fields.Integer(readonly=True, aggregator=None, help="Row of the list.")
    student_number = fields.Char(readonly=True)
    student_id = fields.Many2one("sajad.student", readonly=True, ondelete="restrict")
    student_name = fields.Char(string="Full Name", readonly=True)
    faculty_id = fields.Many2one("sajad.faculty", readonly=True)
    result = fields.Selection(
        RESULTS,
        required=True,
        readonly=True,
    )
    standing = fields.Selection(
        [*RESULTS, ("payment", "Waits for Payment")],
        compute="_compute_standing",
        help="Of a clearance that costs something: it starts when the fee is paid.",
    )
    message = fields.Char(readonly=True)
    request_id = fields.Many2one(
        "sajad.request", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    request_state = fields.Selection(
        related="request_id.state", string="Request Status"
    )

    _ok_idx = models.Index("(cohort_id, row, id) WHERE result = 'ok'")
    _student_uniq = models.UniqueIndex(
        "(cohort_id, student_id) WHERE result IN ('ok', 'started')",
        "The student is in this class already.",
    )

    @api.depends("result", "request_state")
    def _compute_standing(self):
        for line in self:
            waits = line.result == "started" and line.request_state == "draft"
            line.standing = "payment" if waits else line.result

    # ------------------------------------------------------------
    # START
    # ------------------------------------------------------------

    def _start(self):
        """Start the requests of rows of one class. With elevated rights."""
        if self:
            self._drop_changed()._start_together()

    def _drop_changed(self):
        """Mark the rows of students who cannot be started any more; return the rest."""
        problems = CohortCheck(self.cohort_id).get_problems(self.student_id)
        for line in self:
            if line.student_id in problems:
                result, message = problems[line.student_id]
                line.write({"result": result, "message": message})
        return self.filtered(lambda line: line.result == "ok")

    def _start_together(self):
        """Start rows at once; when one of them fails, one by one."""
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self._submit()
        except (UserError, IntegrityError) as error:
            self.env.invalidate_all()
            if len(self) == 1:
                self.write({"result": "failed", "message": self._get_error(error)})
                return
            # halves, so that one bad row costs few queries
            middle = len(self) // 2
            self[:middle]._start_together()
            self[middle:]._start_together()

    def _get_error(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env._("The student has an open clearance.")

    def _submit(self):
        """Create and submit the requests of rows, as whoever started the class."""
        cohort = self.cohort_id
        # the engine alone makes requests; history names the officer
        env = self.env(user=cohort.started_by_id, su=True)
        quiet = {"mail_create_nolog": True, "mail_create_nosubscribe": True}
        Request = env["sajad.request"].with_context(**quiet)
        students = self.student_id.with_env(env)
        requests = Request.create(
            [cohort.with_env(env)._prepare_request(Request, s) for s in students]
        )
        env["sajad.engine"]._submit(requests)
        by_student = dict(zip(students.ids, requests.ids, strict=True))
        self.write({"result": "started", "message": False})
        for line in self:
            line.request_id = by_student[line.student_id.id]
