from datetime import timedelta

from odoo import fields, models
from odoo.tools.misc import get_lang

# of one address in a day: two programs that answer each other stop
MAX_ANSWERS = 3


class SajadSupportMail(models.Model):
    """What whoever wrote a mail reads of what became of it (row D1).

    The sender may have no account and be no person of ours: the answer goes to the
    address, and says that a program wrote it.
    """

    _inherit = "sajad.support.mail"

    def _refuse(self, reason, sentence="", request=None, files=()):
        """Make nothing of the mail, say so, and leave it for an expert to look at."""
        self.write({"result": "refused", "reason": reason, "is_open": True})
        localized = self._localize()
        texts = [sentence or localized._get_reason_text(reason)]
        path = "/my/support"
        if request and request.support_state:
            path += f"?former={request.id}"
        self._keep_files(files)
        localized._write_back(texts, path)

    def _keep_files(self, files):
        """Keep sound files with a mail of which nothing was made."""
        taken, _problems = self.env["sajad.upload"]._check(files)
        self.env["sajad.upload"]._attach(self, taken)

    def _answer_files(self, problems):
        """Say which files could not be taken, and why."""
        if problems:
            localized = self._localize()
            lead = localized.env._("Your mail was added, but not these files:")
            localized._write_back([lead, *problems], self.request_id.access_url)

    def _get_packed_texts(self, files):
        """Return {name: sentence} of what mail programs have packed for themselves."""
        localized = self._localize()
        texts = {
            "winmail.dat": localized.env._(
                "winmail.dat: Outlook has packed your files into it, and nothing else "
                "opens it. Send the mail as HTML or plain text, or upload the "
                "files on the page."
            ),
            "smime.p7m": localized.env._(
                "smime.p7m: your mail is encrypted, and we cannot read it. Send it "
                "without encryption, or write on the page."
            ),
        }
        names = {name for name, _content in files}
        return {name: text for name, text in texts.items() if name in names}

    def _localize(self):
        """Return the mail in the language of its sender, Persian unless known."""
        Notice = self.env["sajad.notice"]
        return self.with_context(lang=Notice._get_lang_of(self.user_id.partner_id))

    def _get_reason_text(self, reason):
        texts = {
            "unknown": self.env._(
                "Your mail has arrived and an expert sees it, but your address belongs "
                "to no account. Sign in to the portal and ask there, or write from the "
                "address that stands in your account."
            ),
            "ambiguous": self.env._(
                "Your mail has arrived and an expert sees it, but several people have "
                "this address, so that we do not know whose request it is. Please "
                "sign in to the portal and ask there."
            ),
            "stranger": self.env._(
                "Your mail has arrived and an expert sees it. It could not be added to "
                "the request that it answers, since you write from another address. "
                "Please sign in to the portal and write there."
            ),
        }
        return texts[reason]

    def _write_back(self, texts, path):
        """Queue the answer to the mail, unless its sender was answered often today."""
        since = fields.Datetime.now() - timedelta(days=1)
        domain = [
            ("sender", "=", self.sender),
            ("answer", "!=", False),
            ("create_date", ">", since),
        ]
        if not self.sender or self.search_count(domain) >= MAX_ANSWERS:
            return
        self.answer = "\n".join(texts)
        self.env["mail.mail"].create(self._prepare_answer(texts, path))

    def _prepare_answer(self, texts, path):
        Notice = self.env["sajad.notice"]
        organization = self.env["sajad.university"]._get_organization()
        body = self.env["ir.qweb"]._render(
            "sajad_helpdesk.support_mail_answer",
            {
                "texts": [Notice._show_digits(text) for text in texts],
                "link": self.get_base_url() + path,
                "language": get_lang(self.env),
                "sender": organization._get_mail_name(),
                "quoted": self.text,
            },
        )
        mailbox = self.mailbox_id.alias_full_name
        return {
            "subject": f"Re: {self.name or ''}",
            "body_html": body,
            "email_to": self.sender,
            "email_from": organization._get_mail_from(),
            "reply_to": mailbox or organization._get_mail_reply_to(),
            # programs do not answer it, and so no two of them go on for ever
            "headers": repr(
                {
                    "Auto-Submitted": "auto-replied",
                    "X-Auto-Response-Suppress": "All",
                }
            ),
            "auto_delete": True,
        }
