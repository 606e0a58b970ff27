from odoo import fields, models


class SajadFlowPublishLine(models.TransientModel):
    """What prevents publishing, or what to think of."""

    _name = "sajad.flow.publish.line"
    _description = "Finding before Publishing"
    _order = "kind, id"

    wizard_id = fields.Many2one(
        "sajad.flow.publish", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("problem", "Prevents Publishing"), ("warning", "To Think of")],
        required=True,
    )
    sentence = fields.Text(string="Description", required=True)
    step_id = fields.Many2one("sajad.flow.step", ondelete="cascade")

    def action_open(self):
        """Open the step that the finding is about."""
        self.ensure_one()
        return self.step_id.action_open_step()
