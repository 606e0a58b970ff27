from odoo import api, models

from ...tools.authors import check_author


class MailMessage(models.Model):
    """Messages in one's own name (row A11)."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        """Make messages.

        :raise AccessError: a user writes in the name of another person
        """
        check_author(self, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Write messages.

        :raise AccessError: a user makes it another person's
        """
        check_author(self, [vals])
        return super().write(vals)
