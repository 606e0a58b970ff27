from odoo import fields, models

from odoo.addons.sajad_fee.tools.rials import get_currency_id


class SajadTaskFill(models.TransientModel):
    """Amounts of an office's form are in rials, here as on the work itself."""

    _inherit = "sajad.task.fill"

    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")

    def _compute_currency_id(self):
        self.currency_id = get_currency_id(self.env)
