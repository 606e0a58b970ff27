from odoo import fields, models

from .sajad_fee import DAYS_PARAMETER, WAITING_DAYS


class ResConfigSettings(models.TransientModel):
    """For how long a draft waits for its payment (row D5)."""

    _inherit = "res.config.settings"

    sajad_fee_waiting_days = fields.Integer(
        string="Days to Pay",
        config_parameter=DAYS_PARAMETER,
        default=WAITING_DAYS,
    )
