from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

from ...tools.thanks import is_only_thanks

# an expert has nothing to do with it any more
OVER = ("solved", "closed")


class SajadRequest(models.Model):
    """The conversation of a support request moves it (row D1).

    What a requester writes is an answer where an expert waits for one, and opens what
    was solved again. Nothing that was written is left where nobody reads it.
    """

    _inherit = "sajad.request"

    def message_post(self, **kwargs):
        """Post a message; ratings come by their own page, and only once.

        :raise UserError: the requester writes on a request that is closed
        """
        kwargs.pop("rating_value", None)
        if len(self) == 1 and self.support_state:
            self._check_support_talk(kwargs)
        return super().message_post(**kwargs)

    def _check_support_talk(self, kwargs):
        author_id = kwargs.get("author_id") or self.env.user.partner_id.id
        said = kwargs.get("message_type") in ("comment", "email")
        if not said or author_id not in self._get_speakers().ids:
            return
        if problem := self._get_support_talk_problem():
            raise UserError(problem)

    def _get_support_talk_problem(self):
        """Return why the requester cannot write on it any more, or an empty text."""
        self.ensure_one()
        # whoever writes was found to be the requester
        request_sudo = self.sudo()
        if request_sudo.support_state not in OVER:
            return ""
        if request_sudo.state == "done":
            return self._get_support_reopen_problem()
        return self.env._("This request is closed. Make a new request that follows it.")

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if self.support_state and self._is_said_by_requester(message):
            # the client sends it as HTML
            self._take_support_word(html2plaintext(message.body or "").strip())
        return result

    def _is_said_by_requester(self, message):
        # portal users do not read the kind of what they write
        message_sudo = message.sudo()
        internal = message_sudo.is_internal or message_sudo.subtype_id.internal
        return (
            not internal
            and message_sudo.message_type in ("comment", "email")
            and message_sudo.author_id in self._get_speakers()
        )

    def _take_support_word(self, text):
        """Let what the requester wrote move the request."""
        # only the engine moves requests; that it is the requester's word was checked
        request_sudo = self.sudo()
        text = text or self.env._("(a file)")
        if request_sudo._can_answer():
            request_sudo.env["sajad.engine"]._answer(request_sudo, text)
        elif request_sudo.support_state in OVER and not is_only_thanks(text):
            request_sudo._support_reopen(text)

    def _portal_answer(self, text, values=None, files=None):
        result = super()._portal_answer(text, values, files)
        if self.support_state:
            attached = [file.id for taken in (files or {}).values() for file in taken]
            self._say_as_requester(text.strip(), attached)
        return result

    def _say_as_requester(self, text, file_ids=()):
        """Put into the conversation what a page of the requester took."""
        # the owner was checked; the files are attached to the request already, and
        # people of the portal may not put such files into a message
        self.with_user(SUPERUSER_ID).message_post(
            author_id=self.env.user.partner_id.id,
            body=text,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=list(file_ids),
        )

    # ------------------------------------------------------------
    # THE BUTTONS OF THE PAGE
    # ------------------------------------------------------------

    def _portal_support_reopen(self, text):
        """Open the own solved request again (row D1).

        :raise UserError: the time for it is over, or nothing is said
        """
        self._check_support_owner()
        # the engine alone moves requests; the owner was checked
        self.sudo()._support_reopen(text)
        self._say_as_requester(text.strip())

    def _portal_support_close(self):
        """Say that the own request is settled (row D1).

        :raise UserError: it is not answered yet, or closed already
        """
        self._check_support_owner()
        if not self._can_support_close():
            raise UserError(self.env._("Only an answered request can be closed."))
        # the status is the system's; the owner was checked
        self.sudo()._support_close()

    def _check_support_owner(self):
        if not self.support_state or not self._is_own():
            raise AccessError(self.env._("This is not your request."))
