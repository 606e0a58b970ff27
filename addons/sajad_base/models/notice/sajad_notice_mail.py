from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import format_date
from odoo.tools.misc import get_lang

from ...tools.clock import COUNTRY_TZ

BATCH = 200
# how long a mail is tried again when the mail server does not answer
RETRY_DAYS = 3
RETRY_MINUTES = 15
# what leads somebody here for the first time
INVITING = ("appointed", "liaison", "account")
# Odoo's, unless its parameters say otherwise
SIGNUP_HOURS = 144
RESET_HOURS = 4
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class SajadNotice(models.Model):
    """Notices become mails: one for a person and request, one for an officer."""

    _inherit = "sajad.notice"

    mail_id = fields.Many2one("mail.mail", index="btree_not_null", ondelete="set null")

    @api.model
    def _cron_send(self):
        """Turn queued notices into outgoing mails, a batch of people at a time."""
        self._retry()
        self._queue_work()
        domain = [("state", "=", "queued")]
        while first := self.search(domain, limit=BATCH):
            # with all that waits for the same people, so that it is one mail
            notices = self.search(
                Domain(domain) & Domain("partner_id", "in", first.partner_id.ids)
            )
            notices._send()
            remaining = self.search_count(domain)
            if not self.env["ir.cron"]._commit_progress(
                len(notices), remaining=remaining
            ):
                break

    @api.model
    def _retry(self):
        """Try the mails again that no mail server took: Odoo leaves them."""
        now = fields.Datetime.now()
        told = self._search([("mail_id", "!=", False)]).subselect("mail_id")
        mails = self.env["mail.mail"].search(
            [
                ("state", "=", "exception"),
                ("failure_type", "in", (False, "mail_smtp", "unknown")),
                ("id", "in", told),
                ("create_date", ">=", now - timedelta(days=RETRY_DAYS)),
                ("write_date", "<=", now - timedelta(minutes=RETRY_MINUTES)),
            ]
        )
        mails.mark_outgoing()

    def _send(self):
        """Queue one mail per letter, in the language of the person."""
        self._drop_unreachable()
        sendable = self.filtered(lambda notice: notice.state == "queued")
        letters, vals_list = [], []
        for lang, notices in sendable.grouped(
            lambda notice: notice._get_lang_of(notice.partner_id)
        ).items():
            localized = notices.with_context(lang=lang)
            for letter in localized.grouped(lambda n: n._get_letter_key()).values():
                # times as the person's own clock says them
                tz = letter.partner_id.tz or COUNTRY_TZ
                letter = letter.with_context(tz=tz)
                letters.append(letter)
                vals_list.append(letter._prepare_mail_values())
        self._add_senders(letters, vals_list)
        mails = self.env["mail.mail"].create(vals_list)
        for letter, mail in zip(letters, mails, strict=True):
            letter.mail_id = mail
        sendable.state = "sent"

    @api.model
    def _add_senders(self, letters, vals_list):
        """Say of all mails who sends them and where answers go (row A11).

        Left out, Odoo asks for it mail by mail.
        """
        senders = [letter[:1]._get_sender() for letter in letters]
        addresses = {
            sender: (sender._get_mail_from(), sender._get_mail_reply_to())
            for sender in set(senders)
        }
        # answers go into the conversation of the request, where there is an alias
        requests = self.env["sajad.request"].browse(
            values["res_id"] for values in vals_list if values["res_id"]
        )
        # whoever sends it may not read the request
        answers = requests.sudo()._notify_get_reply_to()
        for sender, values in zip(senders, vals_list, strict=True):
            values["email_from"], default = addresses[sender]
            values["reply_to"] = answers.get(values["res_id"]) or default

    def _get_sender(self):
        """Hook: the university in whose name the notice is sent.

        One university's mail never goes out under the name of another.
        """
        self.ensure_one()
        university = self.university_id or self.request_id.university_id
        return university or self.env["sajad.university"]._get_organization()

    def _drop_unreachable(self):
        """Keep the notices to people whom no mail reaches, with the reason."""
        partners = self.partner_id.with_context(active_test=False)
        closed = partners.filtered(
            lambda p: (
                not p.active or (p.user_ids and not any(p.user_ids.mapped("active")))
            )
        )
        silent = partners.filtered(lambda p: not p.email_normalized) - closed
        for people, reason in ((closed, "archived"), (silent, "address")):
            dropped = self.filtered(lambda n, people=people: n.partner_id in people)
            dropped.write({"state": "dropped", "drop_reason": reason})

    def _get_letter_key(self):
        """Hook: what the notices of one mail have in common.

        Students read of one request at a time, officers of all their work; what leads
        to a page of its own is a letter of its own.
        """
        own = self.browse() if self._is_staff() else self.request_id
        return self.partner_id, own, self.path, self._get_sender()

    def _prepare_mail_values(self):
        """Hook: the values of the mail that the notices of one letter become."""
        request = self.request_id if len(self.request_id) == 1 else None
        link, label = self._get_link()
        body = self.env["ir.qweb"]._render(
            "sajad_base.sajad_notice_letter",
            {
                "notices": self,
                "greeting": self.env._("Dear %(name)s", name=self.partner_id.name),
                "language": get_lang(self.env),
                "link": self[:1].get_base_url() + link,
                "label": self._show_digits(label),
                "invitation": self._asks_password() and self._get_invitation(),
                "sender": self[:1]._get_sender()._get_mail_name(),
            },
        )
        return {
            "subject": self._show_digits(self._get_subject()),
            "body_html": body,
            "recipient_ids": [Command.link(self.partner_id.id)],
            "auto_delete": True,
            # programs that answer for those who are away answer no program
            "headers": repr({"Auto-Submitted": "auto-generated"}),
            "model": "sajad.request" if request else False,
            "res_id": request.id if request else False,
        }

    def _is_invitation(self):
        """Return whether the letter appoints somebody who never signed in."""
        users = self.partner_id.user_ids
        appoints = any(notice.kind in INVITING for notice in self)
        return appoints and not any(users.mapped("login_date"))

    def _asks_password(self):
        """Return whether the letter leads to the page where a password is chosen."""
        return self._is_invitation() or "password" in self.mapped("kind")

    def _get_invitation(self):
        """Return what somebody needs who chooses a password."""
        partner = self.partner_id
        # kept from all but administrators of accounts
        is_reset = partner.sudo().signup_type == "reset"
        name = "reset_password" if is_reset else "signup"
        hours = self.env["ir.config_parameter"].get_param(
            f"auth_signup.{name}.validity.hours",
            RESET_HOURS if is_reset else SIGNUP_HOURS,
        )
        until = fields.Datetime.now() + timedelta(hours=int(hours))
        return {
            "url": partner._get_signup_url(),
            "login": partner.user_ids[:1].login,
            "introduced_by": self._is_invitation() and self[:1].create_uid.name,
            "until": self._show_digits(self._show_moment(until)),
        }

    def _show_moment(self, moment):
        """Return a moment as the clock of the person says it."""
        tz = self.partner_id.tz or COUNTRY_TZ
        local = fields.Datetime.context_timestamp(self.with_context(tz=tz), moment)
        return f"{format_date(self.env, local.date())} {local:%H:%M}"

    def _is_staff(self):
        """Return whether the letter is to somebody who is at work."""
        return not any(
            self.partner_id in request._get_contacts() for request in self.request_id
        )

    def _get_subject(self):
        """Hook: the subject of a letter."""
        if self._is_invitation():
            return self.env._(
                "Invitation to the system of student affairs, for %(name)s",
                name=self.partner_id.name,
            )
        if work := self.filtered(lambda notice: notice.kind == "work"):
            return work[-1]._get_work_subject()
        if len(self.request_id) == 1:
            return self.request_id._get_mail_subject()
        kinds = set(self.mapped("kind"))
        if len(kinds) > 1:
            return self.env._("Student affairs: %(count)s messages", count=len(self))
        label = dict(self._fields["kind"]._description_selection(self.env))[kinds.pop()]
        return self.env._("Student affairs: %(subject)s", subject=label)

    def _show_digits(self, text):
        """Return a text with the digits that readers of the language expect.

        On screens the font shows Persian digits; mail programs do not have it.
        """
        persian = get_lang(self.env).code.startswith("fa")
        if persian and self.env.company.sajad_persian_digits:
            return str(text).translate(PERSIAN_DIGITS)
        return text

    def _get_link(self):
        """Hook: the page that a letter leads to, and what its button says."""
        paths = set(filter(None, self.mapped("path")))
        if len(paths) == 1:
            return paths.pop(), self.env._("Open the page")
        if any(notice.kind == "work" for notice in self):
            return "/odoo/sajad-inbox", self.env._("Open my inbox")
        if not self._is_staff():
            request = self.request_id
            label = self.env._("Request %(number)s", number=request.name)
            return request.access_url, label
        if len(self.request_id) == 1:
            label = self.env._("Request %(number)s", number=self.request_id.name)
            return f"/odoo/sajad-requests/{self.request_id.id}", label
        return "/odoo/sajad-requests", self.env._("Open the requests")
