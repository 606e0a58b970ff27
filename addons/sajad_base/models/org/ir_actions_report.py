from odoo import models

from ...tools.clock import COUNTRY_TZ


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_template(self, template, values=None):
        """Papers tell the time of the country, on whatever computer they are printed.

        Two papers of one request would otherwise tell two hours of the same decision.
        """
        here = self.with_context(tz=COUNTRY_TZ)
        return super(IrActionsReport, here)._render_template(template, values)
