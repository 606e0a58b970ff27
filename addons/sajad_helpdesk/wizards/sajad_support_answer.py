from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list
from odoo.tools.mail import html_to_inner_content

# beyond it answers go out in the background: each is a message and a mail
MANY = 20
# who opened a dialog lately may still be writing
WRITING_MINUTES = 10


class SajadSupportAnswer(models.TransientModel):
    """The dialog in which support requests are answered (row D2)."""

    _name = "sajad.support.answer"
    _description = "Answer"
    _inherit = ["sajad.support.dialog"]

    reply_id = fields.Many2one(
        "sajad.support.reply",
        string="Ready Answer",
        domain="['|', ('category_ids', '=', False), "
        "('category_ids', 'in', category_ids)]",
    )
    category_ids = fields.Many2many(
        "sajad.support.category", compute="_compute_category_ids"
    )
    body = fields.Text(string="Text")
    outcome = fields.Selection(
        [
            ("solve", "Answer and solve"),
            ("wait", "Answer and wait for the requester"),
            ("answer", "Only answer"),
            ("note", "Internal note, for colleagues only"),
        ],
        required=True,
        default="solve",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    linked_ids = fields.Many2many("sajad.request", compute="_compute_linked_ids")
    with_linked = fields.Boolean(
        string="Answer the linked requests, too",
        default=True,
        help="Open requests that were linked to this one, as of one incident.",
    )
    writers = fields.Char(string="Also Writing", readonly=True)
    meanwhile = fields.Text(string="Written Meanwhile", readonly=True)
    # the last message that was there when the dialog was opened or warned
    seen_message = fields.Integer(readonly=True)
    is_sent = fields.Boolean(readonly=True)

    @api.depends("request_ids")
    def _compute_category_ids(self):
        for dialog in self:
            dialog.category_ids = dialog.request_ids.support_category_id

    @api.depends("request_ids")
    def _compute_linked_ids(self):
        for dialog in self:
            dialog.linked_ids = self.env["sajad.request"].search(
                [
                    ("support_main_id", "in", dialog.request_ids.ids),
                    ("support_state", "in", ("new", "progress", "waiting")),
                ]
            )

    @api.onchange("reply_id")
    def _onchange_reply_id(self):
        if self.reply_id:
            request = self.request_ids._origin
            text = self.reply_id.body
            if len(request) == 1:
                text = self.reply_id._fill_in(text, request)
            self.body = f"{self.body}\n\n{text}" if self.body else text

    @api.model
    def _open(self, requests, outcome="solve"):
        """Return the action of a new dialog.

        :param str outcome: that is proposed
        :raise UserError: there is nothing to answer
        """
        requests.check_access("read")
        if not requests.filtered("support_state"):
            raise UserError(self.env._("There is nothing to answer."))
        dialog = self.create({"request_ids": requests.ids, "outcome": outcome})
        dialog.write(
            {
                "writers": dialog._find_writers(),
                "seen_message": dialog._find_messages()[:1].id,
            }
        )
        return dialog._get_action()

    # ------------------------------------------------------------
    # TWO AT ONE TIME
    # ------------------------------------------------------------

    def _find_writers(self):
        """Return the names of colleagues who opened an answer to the same lately."""
        since = fields.Datetime.subtract(fields.Datetime.now(), minutes=WRITING_MINUTES)
        # of dialogs of others only whose they are is told
        others_sudo = self.sudo().search(
            Domain("request_ids", "in", self.request_ids.ids)
            & Domain("is_sent", "=", False)
            & Domain("create_uid", "!=", self.env.uid)
            & Domain("create_date", ">=", since)
        )
        return format_list(self.env, others_sudo.create_uid.mapped("name"))

    def _find_messages(self):
        """Return what others wrote on the one request, the newest first."""
        if len(self.request_ids) != 1:
            return self.env["mail.message"]
        # the requester and colleagues, whom the reader of the request reads
        return self.env["mail.message"].search(
            Domain("model", "=", "sajad.request")
            & Domain("res_id", "=", self.request_ids.id)
            & Domain("message_type", "in", ("comment", "email"))
            & Domain("author_id", "!=", self.env.user.partner_id.id),
            order="id desc",
            limit=1,
        )

    def _warn_meanwhile(self):
        """Note what was written since the dialog was opened; return whether it was."""
        last = self._find_messages()
        if last.id <= self.seen_message:
            return False
        self.write(
            {
                "seen_message": last.id,
                "meanwhile": self.env._(
                    "%(name)s has written meanwhile: %(text)s",
                    name=last.author_id.name or last.email_from,
                    text=html_to_inner_content(last.body),
                ),
            }
        )
        return True

    # ------------------------------------------------------------
    # SEND
    # ------------------------------------------------------------

    def action_send(self):
        """Answer the requests, and those linked to them (row D2).

        Shows what somebody else has written meanwhile before it sends anything.

        :raise UserError: there is no text, or the one request cannot be answered
        """
        self.ensure_one()
        body = (self.body or "").strip()
        if not body:
            raise UserError(self.env._("Write the answer."))
        if self.is_sent:
            raise UserError(self.env._("This answer was sent already."))
        if self._warn_meanwhile():
            return self._get_action()
        self.is_sent = True
        requests = self.request_ids
        if self.with_linked and self.outcome != "note":
            requests |= self.linked_ids
        if len(requests) > MANY:
            return self._start(requests, body)
        files = [(file.name, file.raw) for file in self.attachment_ids]
        problems = requests._support_answer(self.outcome, body, files)
        return self._report(problems, len(requests))

    def _start(self, requests, body):
        """Answer many in the background; see `_batch_support_answer`."""
        requests.check_access("read")
        return self.env["sajad.batch"]._start(
            self.env._("Answer"),
            requests,
            "_batch_support_answer",
            outcome=self.outcome,
            body=body,
            attachment_ids=self.attachment_ids.ids,
        )
