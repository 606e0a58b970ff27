from odoo import fields, models


class SajadFlowMigrateProblem(models.TransientModel):
    """A request that cannot be moved, and why."""

    _name = "sajad.flow.migrate.problem"
    _description = "Request That Stays"
    _order = "id"

    wizard_id = fields.Many2one(
        "sajad.flow.migrate", required=True, index=True, ondelete="cascade"
    )
    request_id = fields.Many2one("sajad.request", ondelete="cascade")
    student_id = fields.Many2one(related="request_id.student_id")
    reason = fields.Char()
