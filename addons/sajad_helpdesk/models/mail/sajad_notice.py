from odoo import models
from odoo.fields import Command

# what an expert's answer brings about
ANSWERED = ("done", "returned")


class SajadNotice(models.Model):
    """The answer of a support desk reaches its requester in one mail (row D1)."""

    _inherit = "sajad.notice"

    def _prepare_mail_values(self):
        """Send the files of an answer along with its text."""
        values = super()._prepare_mail_values()
        told = self.filtered(
            lambda notice: notice.kind in ANSWERED and notice.request_id.support_state
        )
        if told and (files := told.request_id._get_support_files()):
            values["attachment_ids"] = [Command.set(files.ids)]
        return values
