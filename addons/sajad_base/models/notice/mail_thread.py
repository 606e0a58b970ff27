from odoo import models


class MailThread(models.AbstractModel):
    """Conversations go out in the name of the university that they are of (row A11)."""

    _inherit = "mail.thread"

    def _get_mail_university(self):
        """Return the university of the record, or the Organization."""
        Organization = self.env["sajad.university"]._get_organization()
        field = self._fields.get("university_id")
        if not self or not field or field.comodel_name != Organization._name:
            return Organization
        # whose the record is, is no secret of who is told of it
        return self.sudo().university_id[:1] or Organization

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        if self and self._get_mail_university():
            defaults = {
                record.id: record._get_mail_university()._get_mail_reply_to()
                for record in self
            }
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
        sender = self._get_mail_university().with_context(lang=lang)
        if sender:
            values.update(company=sender._get_letterhead(), website_url=False)
        return values
