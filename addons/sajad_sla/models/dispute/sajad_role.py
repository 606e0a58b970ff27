from odoo import fields, models


class SajadRole(models.Model):
    """Offices that speak for the provider in disputes (row D6)."""

    _inherit = "sajad.role"

    settles_disputes = fields.Boolean(
        help="Who is in charge of its cartable negotiates disputes of that process, "
        "and records the provider's final opinion."
    )
