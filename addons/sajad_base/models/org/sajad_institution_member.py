from odoo import api, fields, models
from odoo.fields import Command


class SajadInstitutionMember(models.Model):
    """A person who asks on behalf of an institution, from when to when."""

    _name = "sajad.institution.member"
    _description = "Member of an Institution"
    _inherit = ["sajad.membership"]
    _order = "institution_id, id"
    _rec_name = "user_id"

    institution_id = fields.Many2one(
        "sajad.institution", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Let the new members read the requests of their institutions."""
        members = super().create(vals_list)
        members._grant_group()
        return members

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self._grant_group()
        return result

    def _grant_group(self):
        # staff follow their institution in the portal pages alone: another rule of
        # theirs would slow down the lists of offices
        group = self.env.ref("sajad_base.group_sajad_institution")
        # whoever names a member need not be an administrator of users
        users_sudo = self.user_id.sudo().filtered("share")
        users_sudo.filtered(lambda user: group not in user.all_group_ids).write(
            {"group_ids": [Command.link(group.id)]}
        )
