from odoo import fields, models


class SajadFlowMigrateStage(models.TransientModel):
    """A stage that the new version lacks, and the one that takes its work over."""

    _name = "sajad.flow.migrate.stage"
    _description = "Stage to Map"
    _order = "id"

    wizard_id = fields.Many2one(
        "sajad.flow.migrate", required=True, index=True, ondelete="cascade"
    )
    stage_id = fields.Many2one("sajad.stage", required=True, ondelete="cascade")
    count = fields.Integer(string="Open Work")
    allowed_ids = fields.Many2many(
        "sajad.stage", compute="_compute_allowed_ids", string="Stages to Choose from"
    )
    target_id = fields.Many2one(
        "sajad.stage",
        string="Taken Over by",
        ondelete="cascade",
        domain="[('id', 'in', allowed_ids)]",
        help="Empty: requests whose work lies here stay on their version.",
    )

    def _compute_allowed_ids(self):
        for line in self:
            line.allowed_ids = line.wizard_id.target_id.step_ids.stage_id
