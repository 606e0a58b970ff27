import uuid

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, plaintext2html
from odoo.tools.i18n import format_list
from odoo.tools.mail import generate_tracking_message_id

from ...tools.mail_reading import get_own_text, repair_text

MAX_TEXT = 10000
MAX_SUBJECT = 200
# pictures of signatures; screens are larger
MIN_INLINE = 10 * 1024
# kept for the experts, who read them as text
MAX_EML = 5 * 1024**2


class SajadSupportMail(models.Model):
    """A mail that came to a desk, or answers about a request (row D1).

    Every one is kept, with what was made of it: a request, a word on one, or nothing
    and why. What became nothing waits in a list until an expert has looked at it.
    """

    _name = "sajad.support.mail"
    _description = "Mail to a Support Desk"
    _inherit = ["sajad.client.guard", "mail.thread"]
    _order = "id desc"
    _primary_email = "email_from"

    name = fields.Char(string="Subject", readonly=True)
    mailbox_id = fields.Many2one(
        "sajad.support.mailbox",
        string="Desk",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    email_from = fields.Char(string="From", readonly=True)
    sender = fields.Char(string="Bare Address", readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", string="Recognised as", readonly=True, ondelete="restrict"
    )
    request_id = fields.Many2one(
        "sajad.request", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    text = fields.Text(readonly=True, help="What the sender wrote, without quotes.")
    result = fields.Selection(
        [
            ("request", "Became a Request"),
            ("reply", "Added to a Request"),
            ("refused", "Not Taken"),
        ],
        required=True,
        readonly=True,
        default="refused",
    )
    reason = fields.Selection(
        [
            ("automatic", "Sent by a program"),
            ("forged", "Forged, as our mail server found"),
            ("unknown", "Nobody has this address"),
            ("ambiguous", "Several people have this address"),
            ("stranger", "The request is somebody else's"),
            ("closed", "The request or service takes nothing now"),
        ],
        readonly=True,
    )
    answer = fields.Text(
        string="Answered", readonly=True, help="What we wrote back; empty: nothing."
    )
    is_open = fields.Boolean(
        string="To Look at", readonly=True, help="Nobody has looked at it yet."
    )

    _open_idx = models.Index("(mailbox_id, id) WHERE is_open")

    # ------------------------------------------------------------
    # WHAT IS MADE OF IT
    # ------------------------------------------------------------

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Keep a mail that came in, and make of it what it asks for. Row D1"""
        values = dict(custom_values or {})
        request = self.env["sajad.request"].browse(values.pop("request_id", False))
        msg_dict["subject"] = repair_text(msg_dict.get("subject"))
        mail = self.create(
            {
                "name": msg_dict["subject"][:MAX_SUBJECT],
                "email_from": msg_dict.get("email_from"),
                "sender": email_normalize(msg_dict.get("email_from") or ""),
                "text": get_own_text(msg_dict.get("body") or "")[:MAX_TEXT],
                **values,
            }
        )
        files = mail._take_files(msg_dict)
        if mail.reason:
            # programs get no answer, and whose name is forged neither
            mail.is_open = mail.reason == "forged"
        elif request:
            mail._take_reply(request, msg_dict, files)
        else:
            mail._take_matter(msg_dict, files)
        if mail.result != "refused":
            # the word stands on the request under the id that answers refer to
            msg_dict["message_id"] = generate_tracking_message_id("support-mail")
        return mail

    def _take_files(self, msg_dict):
        """Take the files out of a mail; what experts alone read stays with it."""
        files, kept = [], []
        for name, content, info in msg_dict.get("attachments") or ():
            content = content.encode() if isinstance(content, str) else content
            is_picture = (info or {}).get("cid") and len(content) < MIN_INLINE
            if name.endswith(".eml") and len(content) <= MAX_EML:
                kept.append((name, content))
            elif not is_picture and not name.endswith("smime.p7s"):
                files.append((name, content))
        msg_dict["attachments"] = kept
        return files

    def _take_reply(self, request, msg_dict, files):
        """Add what somebody answered to a request."""
        users = self._find_users(self.email_from)
        parties = self._find_parties(request, users)
        if len(parties) != 1:
            self._refuse("ambiguous" if parties else "stranger", files=files)
            return
        self.user_id = parties
        try:
            with self.env.cr.savepoint():
                problems = self._post(request, msg_dict, files)
        except UserError as error:
            self._refuse("closed", str(error), request)
            return
        self.write({"result": "reply", "request_id": request.id})
        self._answer_files(problems)

    def _take_matter(self, msg_dict, files):
        """Make a request of a mail that is about nothing that there is."""
        users = self._find_users(self.email_from)
        if len(users) != 1:
            self._refuse("ambiguous" if users else "unknown", files=files)
            return
        self.user_id = users
        try:
            with self.env.cr.savepoint():
                request = self._submit(msg_dict)
                problems = self._post(request, msg_dict, files)
        except UserError as error:
            self._refuse("closed", str(error), files=files)
            return
        self.write({"result": "request", "request_id": request.id})
        self._answer_files(problems)

    def _submit(self, msg_dict):
        """Return the request that the sender makes with a mail.

        :raise UserError: the service takes none, or none of this sender
        """
        process = self.env.ref("sajad_helpdesk.sajad_process_support")
        # as whoever sent it, in the language of that person
        user = self.user_id
        own = self.with_user(user).with_context(lang=user.lang)
        requesters = [
            requester
            for requester in own.env["sajad.requester"]._get_own()
            if process._is_offered_to(requester)
        ]
        if not requesters:
            raise UserError(
                own.env._("%(name)s is not offered to you.", name=process.name)
            )
        token = str(uuid.uuid5(uuid.NAMESPACE_URL, msg_dict["message_id"]))
        values = {
            "note": self.text,
            "support_category_id": self.mailbox_id.category_id.id,
            "support_subject": self.name or own.env._("(no subject)"),
        }
        # one's own study before an institution that one speaks for
        return own.env["sajad.request"]._portal_submit(
            process, requesters[0], values, token
        )

    def _post(self, request, msg_dict, files):
        """Say on a request what its sender wrote; return what is wrong with files."""
        user = self.user_id
        is_own = request._is_own(user)
        Upload = self.env(user=user.id, su=False)["sajad.upload"]
        packed = self._get_packed_texts(files)
        taken, problems = Upload._check([f for f in files if f[0] not in packed])
        problems = [*packed.values(), *problems]
        attached = Upload._attach(request.with_user(user), taken)
        if is_own:
            request.with_user(user)._fill_missing_file(attached)
        is_note = msg_dict.get("is_internal") and not is_own
        names = format_list(self.env, attached.mapped("name"))
        # its author is who sent it; people of the portal may not link these files
        request.with_user(SUPERUSER_ID if is_own else user).message_post(
            author_id=user.partner_id.id,
            body=plaintext2html(self.text or names),
            message_type="comment",
            subtype_xmlid="mail.mt_note" if is_note else "mail.mt_comment",
            message_id=msg_dict["message_id"],
            attachment_ids=attached.ids,
        )
        return problems

    # ------------------------------------------------------------
    # THE LIST OF THE DESK
    # ------------------------------------------------------------

    def action_looked(self):
        """Say that somebody has looked at mails of which nothing was made. Row D1

        :raise AccessError: the user may not write on the list
        """
        self.check_access("write")
        # clients write nothing else of a mail
        self.sudo().is_open = False
