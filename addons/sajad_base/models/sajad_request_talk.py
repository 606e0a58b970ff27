from odoo import models
from odoo.fields import Domain

from ..engine.states import IN_CARTABLE


class SajadRequest(models.Model):
    """Comments both ways: who is told of what is said on a request (row A9)."""

    _inherit = "sajad.request"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        msg_vals = dict(msg_vals or {})
        # portal users do not read whom a message reaches
        message_sudo = message.sudo()
        told = msg_vals.get("partner_ids", message_sudo.partner_ids.ids)
        added = self._get_talk_partners(message_sudo).ids
        msg_vals["partner_ids"] = list({*told, *added})
        return super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)

    def _get_talk_partners(self, message_sudo):
        """Hook: who is told of a comment besides followers.

        The requester reads what offices say, and the offices that have the request
        now read what the requester says; nobody has to follow anything for that.
        """
        internal = message_sudo.is_internal or message_sudo.subtype_id.internal
        if message_sudo.message_type != "comment" or internal:
            return self.env["res.partner"]
        if message_sudo.author_id not in self._get_speakers():
            return self._get_contacts()
        # a requester has no access to the people of offices, and gets none
        tasks_sudo = self.sudo().current_task_ids.filtered("cartable_id")
        open_sudo = tasks_sudo.filtered(lambda t: t.state in IN_CARTABLE)
        claimed_sudo = open_sudo.user_id
        if claimed_sudo:
            return claimed_sudo.partner_id
        Member_sudo = self.env["sajad.cartable.member"].sudo()
        members_sudo = Member_sudo.search(
            Domain("cartable_id", "in", open_sudo.cartable_id.ids)
            & Member_sudo._get_decider_domain()
        )
        return members_sudo.user_id.partner_id

    def _get_speakers(self):
        """Return who speaks for the requester in the conversation today."""
        # whom an institution named is known to whoever reads its requests
        institution_sudo = self.institution_id.sudo()
        return self._get_contacts() | institution_sudo._get_members().partner_id
