from odoo import fields, models


class SajadTaskDecideLine(models.TransientModel):
    """What happened to one work item of a decision on many."""

    _name = "sajad.task.decide.line"
    _description = "Result of a Decision"

    wizard_id = fields.Many2one(
        "sajad.task.decide", required=True, index=True, ondelete="cascade"
    )
    task_id = fields.Many2one("sajad.task", required=True, ondelete="cascade")
    student_name = fields.Char(related="task_id.student_name")
    student_number = fields.Char(related="task_id.student_number")
    is_done = fields.Boolean(string="Done")
    message = fields.Text(string="Result")
