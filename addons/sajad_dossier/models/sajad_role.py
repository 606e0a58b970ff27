from odoo import fields, models


class SajadRole(models.Model):
    """Which offices keep dossiers (row C5)."""

    _inherit = "sajad.role"

    keeps_dossiers = fields.Boolean(
        help="Who works in a cartable of this role sees the dossiers of its faculty or "
        "university; those in charge complete and verify them.",
    )
    sees_sensitive = fields.Boolean(
        string="Sees Sensitive Papers",
        help="Also those of health, discipline and confidential transcripts.",
    )
