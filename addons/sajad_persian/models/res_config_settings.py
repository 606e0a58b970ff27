from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sajad_persian_digits = fields.Boolean(
        related="company_id.sajad_persian_digits", readonly=False
    )
