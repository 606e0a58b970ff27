from odoo import api, models
from odoo.exceptions import AccessDenied, ValidationError

from .sajad_hold_system import GROUP


class ResUsers(models.Model):
    """Accounts of other systems (row B7): a key and nothing else."""

    _inherit = "res.users"

    @api.constrains("group_ids")
    def _check_hold_system(self):
        group = self.env.ref(GROUP, raise_if_not_found=False)
        for user in self:
            if group and group in user.group_ids and len(user.all_group_ids) > 1:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is the account of another system: it has no other "
                        "rights, and works in no cartable.",
                        name=user.name,
                    )
                )

    def _check_credentials(self, credential, env):
        """Let accounts of other systems in with their key only.

        :raise AccessDenied: a person tries to sign in with one
        """
        # as Odoo does: whose password it is, says the environment
        if env.get("interactive") and self.env.user.has_group(GROUP):
            raise AccessDenied
        return super()._check_credentials(credential, env)
