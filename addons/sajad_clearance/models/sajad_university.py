from odoo import fields, models


class SajadUniversity(models.Model):
    _inherit = "sajad.university"

    emblem = fields.Image(
        max_width=256,
        max_height=256,
        help="Printed on certificates.",
    )
