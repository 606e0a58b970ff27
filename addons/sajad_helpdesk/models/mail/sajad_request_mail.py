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

    def _get_notify_valid_parameters(self):
        return super()._get_notify_valid_parameters() | {"told_by_notice"}

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        by_notice = kwargs.pop("told_by_notice", False)
        found = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if not by_notice:
            return found
        # one answer is one mail: the notice brings the text
        told = self._get_contacts().ids
        return [recipient for recipient in found if recipient["id"] not in told]

    def _get_support_files(self):
        """Return the files of the last public message of an office."""
        self.ensure_one()
        # requesters read the conversation of their requests, and notices tell them
        said_sudo = self.sudo().message_ids.filtered(
            lambda m: (
                m.message_type in ("comment", "email")
                and not m.is_internal
                and not m.subtype_id.internal
                and m.author_id not in self._get_speakers()
            )
        )
        return said_sudo.sorted("id")[-1:].attachment_ids

    def _get_support_answer(self):
        """Return the text with which the request was solved last, or nothing."""
        self.ensure_one()
        # what an office decided, requesters read in the history
        events_sudo = self.sudo().event_ids.filtered(
            lambda event: event.kind == "approved" and event.reason
        )
        return events_sudo.sorted("id")[-1:].reason or ""

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
