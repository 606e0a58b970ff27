from odoo import models


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _subscribe_users_automatically_get_members(self):
        """Leave staff out of Odoo's channels for everybody: they write on requests."""
        found = super()._subscribe_users_automatically_get_members()
        officer = self.env.ref("sajad_base.group_sajad_officer")
        # who belongs to the staff is no secret of one user
        staff = set(officer.sudo().all_user_ids.partner_id.ids)
        return {
            channel: [partner for partner in partners if partner not in staff]
            for channel, partners in found.items()
        }
