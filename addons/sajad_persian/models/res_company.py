from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sajad_persian_digits = fields.Boolean(
        string="Persian Digits",
        default=True,
        help="Persian users see digits in their Persian form. The font does it: data, "
        "copies, searches and exports keep ASCII digits.",
    )
