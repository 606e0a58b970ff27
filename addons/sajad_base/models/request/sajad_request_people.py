from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine.states import IN_CARTABLE
from ...tools.conditions import filter_condition

# of the record rules of staff
RULE_FIELDS = ("scope_id", "state", "university_id")


class SajadRequest(models.Model):
    """Whose a request is, and who is told of what is said on it (row A9)."""

    _inherit = "sajad.request"

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Read with a page of requests what the rules of staff ask of each.

        Odoo checks a page once more when its values are there already, and would read
        all columns of all of it for that.
        """
        if field_names is not None and self.env.user._is_internal():
            field_names = [*field_names, *RULE_FIELDS]
        return super().search_fetch(domain, field_names, offset, limit, order)

    @api.model
    def _find_whole(self, request_id):
        """Return a request with all its columns, or none: its page asks for each.

        Odoo reads those of other prefetch groups, such as answers, one by one.
        """
        names = [
            name
            for name, field in self._fields.items()
            if field.store and field.column_type and name != "id"
        ]
        domain = [("id", "=", request_id)]
        return self.search_fetch(domain, names)

    def _get_requester(self):
        """Return whose request it is: a study, an institution or a person of staff."""
        self.ensure_one()
        return self.student_id or self.institution_id or self.partner_id

    @api.model
    def _get_own_domain(self):
        """Return the domain of what the user asked, or an institution of the user.

        Whoever was a member of an institution reads nothing of it any more. For pages
        that read with elevated rights: staff have no rule for what they ask, since a
        second rule would slow down the lists of offices.
        """
        user = self.env.user
        own = Domain("partner_id", "=", user.partner_id.id)
        own &= Domain("institution_id", "=", False)
        institutions = user.sajad_institution_ids
        if not institutions:
            return own
        return own | Domain("institution_id", "in", institutions.ids)

    def _is_own(self, user=None):
        """Whether a user asked, or is a member of the institution that did.

        :param user: with elevated rights; the current user if none is given
        """
        self.ensure_one()
        user = user or self.env.user
        if self.institution_id:
            return self.institution_id in user.sajad_institution_ids
        return self.partner_id == user.partner_id

    def _get_contacts(self):
        """Return who is told of a request: who asked.

        For an institution the members of today, once that person is none any more.
        """
        self.ensure_one()
        if not self.institution_id:
            return self.partner_id
        # whom an institution named is known to whoever acts on its request
        people = self.institution_id.sudo()._get_members().partner_id
        return self.partner_id if self.partner_id in people else people

    def _check_reachable(self):
        """Raise when a step is decided where the requester has no office.

        Institutions and staff have no faculty, and the Organization has the offices
        of the Organization only.

        :raise UserError: with a sentence for the requester
        """
        none = self.browse()
        for request in self:
            process = request.process_id
            for step in process._get_steps_without_office(request._get_requester()):
                if filter_condition(request, step.condition) != none:
                    raise UserError(
                        self.env._(
                            "%(process)s is not offered to you: no office of yours "
                            "decides on it.",
                            process=process.name,
                        )
                    )

    # ------------------------------------------------------------
    # COMMENTS BOTH WAYS
    # ------------------------------------------------------------

    @api.model
    def _get_thread_with_access(self, thread_id, *, token=None, **kwargs):
        """Let links with the token of a request read the page, not write comments.

        Portal would take whoever has the link for the student. Links in mails are
        signed for one person and still may.
        """
        thread = super()._get_thread_with_access(thread_id, token=None, **kwargs)
        if thread or kwargs.get("mode", "read") != "read":
            return thread
        # staff have no rule for what they ask themselves; whose it is, is asked here
        own_sudo = self.sudo().browse(thread_id).exists()
        return own_sudo if own_sudo and own_sudo._is_own() else thread

    def _check_can_update_message_content(self, messages):
        """Keep what was said as it was said (row A11)."""
        raise UserError(
            self.env._("What was written on a request stays; write another message.")
        )

    def _message_compute_subject(self):
        """Name the person and the service in mails about the conversation."""
        return self._get_mail_subject()

    def _get_mail_subject(self):
        """Return the subject of mails about one request: who, what, which number."""
        self.ensure_one()
        # requesters read their requests, and nothing of processes but their names
        request_sudo = self.sudo()
        return self.env._(
            "%(person)s: %(process)s, request %(number)s",
            person=request_sudo.requester_name,
            process=request_sudo.process_id.name,
            number=request_sudo.name,
        )

    def _message_get_suggested_recipients(self, *args, **kwargs):
        """Suggest nobody: who asked is told anyway.

        Offices of the Organization may not read the persons of other universities, and
        could open no conversation when the student is suggested.
        """
        return []

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
            self._announce(claimed_sudo)
            return claimed_sudo.partner_id
        # nor to its members, as above
        Member_sudo = self.env["sajad.cartable.member"].sudo()
        members_sudo = Member_sudo.search(
            Domain("cartable_id", "in", open_sudo.cartable_id.ids)
            & Member_sudo._get_decider_domain()
        )
        self._announce(members_sudo.user_id)
        return members_sudo.user_id.partner_id

    def _announce(self, users_sudo):
        """Show those who are at work in the web client that there is a message."""
        for user in users_sudo:
            request = self.with_context(lang=user.lang)
            payload = {
                "type": "info",
                "title": request.env._("Message from a student"),
                "message": request._get_mail_subject(),
            }
            user._bus_send("simple_notification", payload)

    def _get_speakers(self):
        """Return who speaks for the requester in the conversation today."""
        # whom an institution named is known to whoever reads its requests
        institution_sudo = self.institution_id.sudo()
        return self._get_contacts() | institution_sudo._get_members().partner_id

    def _get_portal_files(self):
        """Return what the requester sent; papers of offices come with comments."""
        self.ensure_one()
        # whoever acted for an institution stays known
        named_sudo = self.institution_id.sudo().member_ids.user_id
        senders = self.partner_id | named_sudo.partner_id
        return (
            self.env["ir.attachment"]
            # Access to the request was checked; files of staff are left out.
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("create_uid.partner_id", "in", senders.ids),
                ],
                order="id",
            )
        )
