import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize, email_normalize_all
from odoo.tools.mail import unfold_references

from odoo.addons.sajad_persian.tools.normalize import normalize_number

from ...tools.mail_reading import is_automatic, is_forged

NUMBER = re.compile(r"\d{6,12}")
MAX_REFERENCES = 32


class SajadSupportMail(models.Model):
    """Whose a mail is, and about which request (row D1)."""

    _inherit = "sajad.support.mail"

    @api.model
    def _reroute(self, message, message_dict, routes):
        """Return the routes of a mail: what concerns a request comes to this list."""
        ours = [r for r in routes or () if r[0] in (self._name, "sajad.request")]
        if not ours:
            return routes
        request = self._find_concerned(message_dict)
        judged = self._judge(message, message_dict, request)
        if request:
            return [(self._name, 0, judged, self.env.uid, None)]
        return [
            (name, number, {**(values or {}), **judged}, user_id, alias)
            if name == self._name
            else (name, number, values, user_id, alias)
            for name, number, values, user_id, alias in routes
        ]

    @api.model
    def _judge(self, message, message_dict, request=None):
        """Return what is to be known of a mail before it is read."""
        addresses = email_normalize_all(message_dict.get("recipients") or "")
        mailbox = self.env["sajad.support.mailbox"]._find_by_addresses(addresses)
        reason = False
        if is_automatic(message) or self._is_own_address(message_dict):
            reason = "automatic"
        elif is_forged(message):
            reason = "forged"
        values = {"reason": reason}
        if mailbox:
            values["mailbox_id"] = mailbox.id
        return {**values, "request_id": request.id} if request else values

    def _is_own_address(self, message_dict):
        sender = email_normalize(message_dict.get("email_from") or "")
        aliases = self.env["mail.alias.domain"].search(Domain.TRUE)
        own = {*aliases.mapped("catchall_email"), *aliases.mapped("bounce_email")}
        own |= {
            *self.env["sajad.support.mailbox"]
            .search(Domain.TRUE)
            .mapped("alias_full_name")
        }
        return sender in own

    @api.model
    def _find_concerned(self, message_dict):
        """Return the request that a mail answers about, or none.

        By what it refers to; by a number in its subject only when it is the sender's,
        since everybody can write a number.
        """
        Request = self.env["sajad.request"]
        text = message_dict.get("references") or message_dict.get("in_reply_to") or ""
        references = [reference.strip() for reference in unfold_references(text)]
        if references:
            domain = [
                ("message_id", "in", references[-MAX_REFERENCES:]),
                ("model", "=", Request._name),
            ]
            message = self.env["mail.message"].search(domain, order="id desc", limit=1)
            if found := Request.browse(message.res_id).exists():
                return found
        subject = normalize_number(message_dict.get("subject") or "")
        numbers = NUMBER.findall(subject)
        users = self._find_users(message_dict.get("email_from"))
        named = Request.search([("name", "in", numbers)], limit=5) if users else Request
        return named.filtered(lambda r: self._find_parties(r, users))[:1]

    @api.model
    def _find_users(self, address):
        """Return who has an address."""
        sender = email_normalize(address or "")
        if not sender:
            return self.env["res.users"]
        return self.env["res.users"].search(
            ["|", ("partner_id.email_normalized", "=", sender), ("login", "=", sender)]
        )

    @api.model
    def _find_parties(self, request, users):
        """Return who of some users may write on a request."""
        own = users.filtered(request._is_own)
        return own or users.filtered(
            lambda u: u._is_internal() and request.with_user(u).has_access("read")
        )
