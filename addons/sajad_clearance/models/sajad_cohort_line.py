from odoo import fields, models


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
        [
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
        ],
        required=True,
        readonly=True,
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
