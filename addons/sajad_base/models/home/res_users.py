from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _on_webclient_bootstrap(self):
        """Keep Odoo's robot from greeting staff with a chat in English."""
        is_staff = self.has_group("sajad_base.group_sajad_officer")
        if is_staff and "odoobot_state" in self._fields and not self.odoobot_state:
            # a user may not write this setting of the own account
            self.sudo().odoobot_state = "disabled"
        return super()._on_webclient_bootstrap()
