from odoo import api, fields, models, tools
from odoo.fields import Command, Domain

from ...tools.clock import get_country_today


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
        self.env.registry.clear_cache()
        members._grant_group()
        return members

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        if "user_id" in vals:
            self._grant_group()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _get_institutions(self, users):
        """Return {user id: ids of the institutions that named the user, as of today}.

        Each page of the portal asks whose requests it shows, of one user: that is kept.
        """
        if len(users) == 1:
            return {users.id: self._get_institution_ids(users.id, get_country_today())}
        return self._read_institutions(users.ids)

    @api.model
    @tools.ormcache("user_id", "today")
    def _get_institution_ids(self, user_id, today):
        """Read them once a day.

        :param today: of the country; the memberships in force follow from it
        """
        return self._read_institutions([user_id]).get(user_id, ())

    @api.model
    def _read_institutions(self, user_ids):
        domain = Domain("user_id", "in", user_ids)
        domain &= Domain("institution_id.active", "=", True)
        # whom an institution named is asked for the users alone
        members_sudo = self.sudo().search(domain & self._get_active_domain())
        return {
            user.id: tuple(rows.institution_id.ids)
            for user, rows in members_sudo.grouped("user_id").items()
        }

    def _grant_group(self):
        # staff follow their institution in the portal pages alone: another rule of
        # theirs would slow down the lists of offices
        group = self.env.ref("sajad_base.group_sajad_institution")
        # whoever names a member need not be an administrator of users
        users_sudo = self.user_id.sudo().filtered("share")
        users_sudo.filtered(lambda user: group not in user.all_group_ids).write(
            {"group_ids": [Command.link(group.id)]}
        )
