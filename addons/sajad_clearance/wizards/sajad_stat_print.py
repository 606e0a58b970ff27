from odoo import fields, models
from odoo.fields import Domain


class SajadStatPrint(models.TransientModel):
    _inherit = "sajad.stat.print"

    clearance_reason = fields.Selection(
        selection=lambda self: self.env["sajad.request"]._get_clearance_reasons(),
        string="Reason for Clearance",
        help="Empty: all reasons.",
    )

    def _get_common_domain(self):
        domain = super()._get_common_domain()
        if self.clearance_reason:
            domain &= Domain("clearance_reason", "=", self.clearance_reason)
        return domain

    def _get_filters(self):
        filters = super()._get_filters()
        if self.clearance_reason:
            labels = dict(self.env["sajad.request"]._get_clearance_reasons())
            label = self.env._("Reason for Clearance")
            filters.append((label, labels[self.clearance_reason]))
        return filters
