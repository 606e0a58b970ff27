from odoo import fields, models
from odoo.exceptions import UserError


class SajadRequest(models.Model):
    """Requests that are one: merged of one requester, linked of many (row D2)."""

    _inherit = "sajad.request"

    support_merged_ids = fields.One2many(
        "sajad.request", "support_main_id", string="Merged and Linked Requests"
    )
    support_is_merged = fields.Boolean(
        string="Merged", compute="_compute_support_is_merged"
    )

    def _compute_support_is_merged(self):
        # whose the main request is, is asked before anything of it is told
        for request in self.sudo():
            main = request.support_main_id
            # those of others are linked to it, and end like any other
            request.support_is_merged = bool(
                main
                and request.support_state == "closed"
                and request._get_requester() == main._get_requester()
            )

    def action_support_merge(self):
        """Open the dialog that makes one of many (row D2).

        :raise UserError: the requests are not the user's to merge
        """
        self._check_support_charge()
        return self._open_support_dialog("sajad.support.merge")

    def action_support_part(self):
        """Undo merging, or take requests out of an incident (row D2).

        What was merged is open again in the office that had it.

        :raise UserError: a request is not merged, or lies elsewhere
        """
        self._check_support_charge()
        if any(not request.support_main_id for request in self):
            raise UserError(self.env._("This is not merged into another request."))
        mains = {request: request.support_main_id.name for request in self}
        merged = self.filtered("support_is_merged")
        # who is in charge was checked; clients write nothing on requests
        self.sudo().write({"support_main_id": False})
        for request in merged:
            text = self.env._("Not merged into %(number)s.", number=mains[request])
            self.env["sajad.engine"]._reopen(request, text)
        self.env["sajad.engine"]._note_support("parted", mains)

    def _support_merge(self, main):
        """End requests whose matter goes on in another one of the same requester.

        The requesters are told where. All or none.

        :raise UserError: of another requester, or not to be ended by the user now
        """
        self._check_support_main(main)
        if any(r._get_requester() != main._get_requester() for r in self):
            raise UserError(
                self.env._(
                    "Only requests of one requester are merged. Link those of others "
                    "as one incident: each gets the answer in the own request."
                )
            )
        # the requester reads it, in the own language, which is no secret of anybody
        lang = self.env["sajad.notice"]._get_lang_of(main.sudo().partner_id)
        text = self.with_context(lang=lang).env._(
            "This request goes on in your request %(number)s.", number=main.name
        )
        self._support_post(text, (), "mail.mt_comment", told_by_notice=True)
        engine = self.env["sajad.engine"]
        engine._raise_problems(
            engine._decide(self._require_support_tasks(), "approved", text)
        )
        # the work was the user's to end, as the engine found
        self.sudo().write(
            {
                "support_main_id": main.id,
                "support_state": "closed",
                "support_close_date": False,
            }
        )
        engine._note_support("merged", dict.fromkeys(self, main.name))

    def _support_link(self, main):
        """Tie open requests to the main one of an incident: answered with it."""
        self._check_support_main(main)
        # who is in charge was checked; clients write nothing on requests
        self.sudo().write({"support_main_id": main.id})
        self.env["sajad.engine"]._note_support("linked", dict.fromkeys(self, main.name))

    def _check_support_main(self, main):
        (self | main)._check_support_charge()
        if not self or main in self:
            raise UserError(self.env._("Choose two requests at least."))
        self._check_support_heads(main)
        if any(r.support_state not in ("new", "progress", "waiting") for r in self):
            raise UserError(self.env._("Only open requests are merged or linked."))
        if main.support_state == "closed":
            raise UserError(
                self.env._("Request %(number)s is closed.", number=main.name)
            )

    def _check_support_heads(self, main):
        """Refuse a main request that has one, and others that are main themselves."""
        # which one is told, and is no secret of who is in charge of these
        if head := main.sudo().support_main_id:
            raise UserError(
                self.env._(
                    "Request %(number)s belongs to request %(main)s already. Choose "
                    "that one as the main request.",
                    number=main.name,
                    main=head.name,
                )
            )
        if heads := self.filtered("support_merged_ids"):
            raise UserError(
                self.env._(
                    "Other requests belong to %(numbers)s already. Choose it as the "
                    "main request, or take the others out of it first.",
                    numbers=heads.mapped("name"),
                )
            )
