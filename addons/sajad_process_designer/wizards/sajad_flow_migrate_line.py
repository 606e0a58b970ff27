from odoo import fields, models


class SajadFlowMigrateLine(models.TransientModel):
    """What happens at a stage of the new version."""

    _name = "sajad.flow.migrate.line"
    _description = "Stage of a Move"
    _order = "id"

    wizard_id = fields.Many2one(
        "sajad.flow.migrate", required=True, index=True, ondelete="cascade"
    )
    stage_id = fields.Many2one("sajad.stage", ondelete="cascade")
    kept_count = fields.Integer(string="Open Work That Stays")
    new_count = fields.Integer(string="New Work")
