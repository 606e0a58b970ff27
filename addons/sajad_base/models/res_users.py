from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    sajad_membership_ids = fields.One2many(
        "sajad.cartable.member", "user_id", string="Cartable Memberships"
    )

    def _sajad_is_reader_of_all(self):
        """Whether the user oversees every university (auditor, administrator)."""
        self.ensure_one()
        return self.has_group("sajad_base.group_sajad_auditor")
