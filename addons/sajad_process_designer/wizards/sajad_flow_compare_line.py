from odoo import fields, models


class SajadFlowCompareLine(models.TransientModel):
    """One difference of two versions."""

    _name = "sajad.flow.compare.line"
    _description = "Change between Versions"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        "sajad.flow.compare", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    stage_id = fields.Many2one("sajad.stage", ondelete="cascade")
    kind = fields.Selection(
        [("added", "Added"), ("removed", "Removed"), ("changed", "Changed")],
        string="Change",
    )
    what = fields.Char(string="Setting")
    before = fields.Text()
    after = fields.Text()
