from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# who decided what the dispute is about
DECISIONS = ("approved", "refused")


class SajadDispute(models.Model):
    """Who speaks for the two sides of a dispute, and who is told (row D6)."""

    _inherit = "sajad.dispute"

    def _get_officers(self):
        """Return the users who speak for the provider today, with elevated rights."""
        self.ensure_one()
        # who is in an office is known to whoever writes to it
        Member_sudo = self.env["sajad.cartable.member"].sudo()
        return Member_sudo.search(
            Domain("cartable_id.role_id.settles_disputes", "=", True)
            & Domain("cartable_id.active", "=", True)
            # of which service it is, is no secret of its people
            & Domain("cartable_id.process_id", "=", self.sudo().process_id.id)
            & Member_sudo._get_decider_domain()
        ).user_id

    def _check_in_charge(self):
        """Refuse who does not speak for the provider here.

        :raise AccessError: also for supervisors and auditors, who look
        """
        self.check_access("read")
        for dispute in self:
            # whose request it is, is known to whoever reads the dispute
            is_own = dispute.sudo().request_id._is_own()
            if is_own or self.env.user not in dispute._get_officers().sudo(False):
                raise AccessError(
                    self.env._("Only who is in charge of disputes answers this one.")
                )

    def _check_impartial(self):
        """Refuse who decided the request to give the final opinion on it.

        :raise UserError: the user did, or somebody in the user's name
        """
        # the question is about the user alone
        Event_sudo = self.env["sajad.event"].sudo()
        me = Domain("user_id", "=", self.env.uid)
        me |= Domain("on_behalf_of_id", "=", self.env.uid)
        # history is closed to those who speak for the provider; only a yes comes out
        for dispute in self.sudo():
            decided = Domain("request_id", "=", dispute.request_id.id)
            decided &= Domain("kind", "in", DECISIONS)
            if Event_sudo.search_count(decided & me, limit=1):
                raise UserError(
                    self.env._(
                        "You decided on the request; somebody else gives the final "
                        "opinion."
                    )
                )

    def _check_recipient(self):
        """Refuse who is not the requester, nor a member of the institution.

        :raise AccessError: for everybody else
        """
        for dispute in self:
            # whose request it is, is the question
            if not dispute.sudo().request_id._is_own():
                raise AccessError(self.env._("This is not your dispute."))

    def _tell_provider(self, kind):
        """Tell the office; where nobody is in charge, the experts who appoint."""
        self.ensure_one()
        users = self._get_officers()
        if not users:
            group = self.env.ref("sajad_base.group_sajad_organization")
            # whom to ask for an office is no secret
            users = group.sudo().all_user_ids.filtered("active")
        partners = users.partner_id
        self._tell(kind, partners, f"/odoo/sajad-disputes/{self.id}")

    def _tell_recipient(self, kind):
        """Tell whoever asked, or the members of the institution."""
        self.ensure_one()
        # who asked is known to whoever answers
        partners = self.sudo().request_id._get_contacts()
        self._tell(kind, partners, f"/my/disputes/{self.id}")

    def _tell(self, kind, partners, path):
        request = self.sudo().request_id  # its number stands in the letter
        self.env["sajad.notice"]._queue(kind, partners, request, path=path)
