from odoo import api, models

from ...tools.authors import check_author


class MailComposeMessage(models.TransientModel):
    """Mails in one's own name: to many they go out with elevated rights (row A11)."""

    _inherit = "mail.compose.message"

    @api.model_create_multi
    def create(self, vals_list):
        """Make the dialog.

        :raise AccessError: a user writes in the name of another person
        """
        check_author(self, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Write the dialog.

        :raise AccessError: a user writes in the name of another person
        """
        check_author(self, [vals])
        return super().write(vals)
