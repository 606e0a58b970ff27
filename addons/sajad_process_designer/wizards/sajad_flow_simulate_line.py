from odoo import fields, models


class SajadFlowSimulateLine(models.TransientModel):
    """What would happen at one step."""

    _name = "sajad.flow.simulate.line"
    _description = "Step of a Trial"
    _order = "level, id"

    wizard_id = fields.Many2one(
        "sajad.flow.simulate", required=True, index=True, ondelete="cascade"
    )
    level = fields.Integer(
        string="Order", help="Steps with the same number run at the same time."
    )
    step_id = fields.Many2one("sajad.flow.step", ondelete="cascade")
    role_id = fields.Many2one(related="step_id.role_id", string="Role")
    result = fields.Selection(
        [
            ("run", "Decides"),
            ("information", "Is informed"),
            ("skip", "Skipped by its condition"),
            ("no_cartable", "Suspended: no cartable"),
            ("no_member", "Suspended: nobody decides in the cartable"),
        ]
    )
    cartable_id = fields.Many2one("sajad.cartable", ondelete="cascade")
