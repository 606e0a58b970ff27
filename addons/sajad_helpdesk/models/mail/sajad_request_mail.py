from odoo import models
from odoo.tools import formataddr


class SajadRequest(models.Model):
    """Mails about a support request can be answered, and say how (row D1)."""

    _inherit = "sajad.request"

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        answers = super()._notify_get_reply_to_batch(defaults, author_ids)
        asked = self.filtered("support_state")
        # which address a desk has, is no secret
        Mailbox_sudo = self.env["sajad.support.mailbox"].sudo()
        for line, requests in asked.grouped("support_line").items():
            mailbox = Mailbox_sudo._get_for_line(line)
            if mailbox:
                address = formataddr((mailbox.name, mailbox.alias_full_name))
                answers.update(dict.fromkeys(requests.ids, address))
        return answers

    def _notify_by_email_prepare_rendering_context(self, *args, **kwargs):
        values = super()._notify_by_email_prepare_rendering_context(*args, **kwargs)
        if self.support_state:
            values["subtitles"] = [
                *values.get("subtitles", ()),
                self._get_how_to_answer(values.get("lang")),
            ]
        return values

    def _get_how_to_answer(self, lang=None):
        """Return the line of mails that says how to answer them."""
        localized = self.with_context(lang=lang) if lang else self
        return localized.env._(
            "To answer, reply to this mail and leave the number in its subject, or "
            "write on the page of the request."
        )

    def _get_rating_path(self):
        """Return the page on which the last answer is rated, or nothing."""
        self.ensure_one()
        rating_sudo = self._get_open_rating()
        return f"/support/rate/{rating_sudo.access_token}" if rating_sudo else ""
