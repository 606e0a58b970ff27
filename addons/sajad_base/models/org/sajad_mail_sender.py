from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize, formataddr


class SajadMailSender(models.AbstractModel):
    """In whose name mails go out: a university's, or the Organization's (row A11).

    What a university does not say, the Organization says for it, and then the server.
    """

    _name = "sajad.mail.sender"
    _description = "Sender of Mails"

    mail_name = fields.Char(
        string="Sender of Mails",
        translate=True,
        help="What people read as the sender. Empty: the name of the university.",
    )
    mail_address = fields.Char(
        string="Mails Come from",
        help="The address in whose name the mail server sends. Empty: that of the "
        "Organization.",
    )
    mail_reply_to = fields.Char(
        string="Answers Go to",
        help="The mailbox that somebody reads. Empty: where mails come from.",
    )

    @api.constrains("mail_address", "mail_reply_to")
    def _check_mail_addresses(self):
        for sender in self:
            for address in filter(None, (sender.mail_address, sender.mail_reply_to)):
                domain = (email_normalize(address) or "").partition("@")[2]
                if "." not in domain or " " in address.strip():
                    raise ValidationError(
                        self.env._(
                            "%(address)s is not an e-mail address.", address=address
                        )
                    )

    def _get_mail_name(self):
        """Return what people read as the sender, in the language of the environment."""
        self.ensure_one()
        # whose mail it is, is no secret of who reads it
        sender_sudo = self.sudo()
        return sender_sudo.mail_name or sender_sudo.name

    def _get_mail_address(self):
        """Return the bare address in whose name the server sends."""
        self.ensure_one()
        # as above
        sender_sudo = self.sudo()
        return (
            email_normalize(sender_sudo.mail_address or "")
            or email_normalize(sender_sudo._get_organization().mail_address or "")
            or email_normalize(self.env["ir.mail_server"]._get_default_from_address())
            or email_normalize(self.env.company.email or "")
            # Odoo's own, until somebody says better
            or self.env.ref("base.partner_root").sudo().email
        )

    def _get_mail_from(self, author=None):
        """Return the sender of a mail.

        :param str author: the person who writes in the name of the university
        """
        name = self._get_mail_name()
        if author:
            name = self.env._("%(author)s (%(sender)s)", author=author, sender=name)
        return formataddr((name, self._get_mail_address()))

    def _get_mail_reply_to(self):
        """Return where answers go that no alias takes into a conversation."""
        # as above
        sender_sudo = self.sudo()
        own = sender_sudo.mail_reply_to or sender_sudo.mail_address
        address = own or sender_sudo._get_organization().mail_reply_to
        address = email_normalize(address or "") or self._get_mail_address()
        return formataddr((self._get_mail_name(), address))

    def _get_letterhead(self):
        """Return what layouts of mails take for the company.

        Never stored: the name and address of the sender instead of the company's, and
        nothing of the company's own beside them.
        """
        values = {
            "name": self._get_mail_name(),
            "email": self._get_mail_address(),
            "phone": False,
            "website": False,
            "uses_default_logo": True,
        }
        # layouts show it to whoever gets the mail
        return self.env["res.company"].sudo().new(values, origin=self.env.company)
