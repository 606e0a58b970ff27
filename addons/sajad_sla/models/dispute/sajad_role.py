from odoo import fields, models


class SajadRole(models.Model):
    """Offices that speak for the provider in disputes (row D6)."""

    _inherit = "sajad.role"

    settles_disputes = fields.Boolean(
        help="Who is in charge of its cartable negotiates disputes of that process, "
        "and records the provider's final opinion."
    )

    def write(self, vals):
        """Let an office that settles disputes from now on read what they are about."""
        result = super().write(vals)
        if vals.get("settles_disputes"):
            # which cartables a role has is no secret of who keeps roles
            self.sudo().cartable_ids._read_disputed()
        return result
