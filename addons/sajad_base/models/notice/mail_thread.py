from odoo import models
from odoo.tools.misc import get_lang


class MailThread(models.AbstractModel):
    """Conversations go out in the name of the university that they are of (row A11)."""

    _inherit = "mail.thread"

    def _get_mail_university(self):
        """Return the university of the record, or the Organization."""
        University = self.env["sajad.university"]
        field = self._fields.get("university_id")
        own = University
        if self and field and field.comodel_name == University._name:
            # whose the record is, is no secret of who is told of it
            own = self.sudo().university_id[:1]
        return own or University._get_organization()

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        # the same few universities, whatever the number of records
        answers = {}
        defaults = dict(defaults or {})
        for record in self:
            sender = record._get_mail_university()
            if sender not in answers:
                answers[sender] = sender and sender._get_mail_reply_to()
            defaults[record.id] = answers[sender] or defaults.get(record.id)
        defaults = defaults or None
        return super()._notify_get_reply_to_batch(defaults, author_ids)

    def _notify_by_email_get_base_mail_values(self, message, *args, **kwargs):
        values = super()._notify_by_email_get_base_mail_values(message, *args, **kwargs)
        sender = self._get_mail_university()
        if sender and message.message_type == "comment":
            # the address of a person is not the server's to send from, and other
            # servers refuse such mails
            name = message.author_id.name or message.email_from
            values["email_from"] = sender._get_mail_from(name)
        return values

    def _notify_by_email_prepare_rendering_context(self, *args, **kwargs):
        values = super()._notify_by_email_prepare_rendering_context(*args, **kwargs)
        lang = values.get("lang") or self.env.lang
        values["direction"] = get_lang(self.env, lang).direction
        sender = self._get_mail_university().with_context(lang=lang)
        if sender:
            values.update(company=sender._get_letterhead(), website_url=False)
        return values
