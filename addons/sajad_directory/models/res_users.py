from odoo import fields, models
from odoo.exceptions import AccessDenied
from odoo.fields import Domain

from ..tools.connection import DOWN


class ResUsers(models.Model):
    """Sign-in with the directory of one's own university (row A12)."""

    _inherit = "res.users"

    sajad_directory_login = fields.Char(
        string="Login in the Directory",
        groups="base.group_system",
        copy=False,
        help="Where the directory of the university knows the person under another "
        "name than the login here.",
    )

    def _login(self, credential, user_agent_env):
        if credential.get("type") == "password":
            # auth_ldap fails on a missing password instead of refusing it
            credential = {"password": "", **credential}
        try:
            return super()._login(credential, user_agent_env)
        except AccessDenied as denied:
            down = self.env.cr.cache.pop(DOWN, False)
            if down and denied.args == AccessDenied().args:
                raise AccessDenied(
                    self.env._(
                        "The directory that knows your password does not answer. If "
                        "you have a password of this system, check it; else try again "
                        "in a while."
                    )
                ) from None
            raise

    def _get_directory_university(self):
        """Return the university whose directory may sign the user in, or nothing.

        Whoever sees or manages several universities belongs to the Organization, and
        no university vouches for an administrator of the system.
        """
        self.ensure_one()
        # nobody is signed in yet
        Universities = self.env["sajad.university"].sudo()
        if self.has_group("base.group_system"):
            return Universities
        if self.has_group("sajad_base.group_sajad_auditor"):
            return Universities.search([("is_organization", "=", True)])
        if self.partner_id.sajad_university_id:
            return self.partner_id.sajad_university_id
        # nobody is signed in yet
        Member = self.env["sajad.cartable.member"].sudo()
        members = Member.search(
            Domain("user_id", "=", self.id) & Member._get_active_domain()
        )
        universities = members.cartable_id.university_id | Universities.search(
            [("liaison_ids", "in", self.ids)]
        )
        return universities if len(universities) == 1 else Universities
