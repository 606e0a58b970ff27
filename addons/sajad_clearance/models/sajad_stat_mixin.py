from odoo import api, fields, models
from odoo.tools import SQL


class SajadStatMixin(models.AbstractModel):
    """Reports and statistics by the reason for clearance (row B12)."""

    _inherit = "sajad.stat.mixin"

    clearance_reason = fields.Selection(
        selection=lambda self: self.env["sajad.request"]._get_clearance_reasons(),
        string="Reason for Clearance",
        readonly=True,
    )

    @api.model
    def _get_dimensions(self):
        reason = SQL("request.clearance_reason")
        return {**super()._get_dimensions(), "clearance_reason": reason}
