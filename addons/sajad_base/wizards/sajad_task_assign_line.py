from odoo import fields, models


class SajadTaskAssignLine(models.TransientModel):
    """Who gets one work."""

    _name = "sajad.task.assign.line"
    _description = "Proposed Assignment"

    wizard_id = fields.Many2one(
        "sajad.task.assign", required=True, index=True, ondelete="cascade"
    )
    task_id = fields.Many2one(
        "sajad.task", required=True, readonly=True, ondelete="cascade"
    )
    student_name = fields.Char(related="task_id.student_name")
    student_number = fields.Char(related="task_id.student_number")
    faculty_id = fields.Many2one(related="task_id.faculty_id")
    date_ready = fields.Datetime(related="task_id.date_ready")
    user_id = fields.Many2one("res.users", string="Expert", ondelete="cascade")
