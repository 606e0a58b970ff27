from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.clock import get_country_today


class SajadRequest(models.Model):
    """A solved support request is opened again or closed (row D1)."""

    _inherit = "sajad.request"

    def _get_support_reopen_problem(self):
        """Return why the request cannot be opened again now, or an empty text."""
        self.ensure_one()
        # whoever asks was found to be the requester, or staff in charge
        request_sudo = self.sudo()
        if request_sudo.state != "done":
            return self.env._("The request is not solved yet.")
        if request_sudo.support_is_merged:
            return self.env._(
                "This request was merged into %(number)s; go on there.",
                number=request_sudo.support_main_id.name,
            )
        last = request_sudo.support_close_date
        if not last or last < get_country_today():
            return self.env._(
                "The time to open this request again is over. Make a new request "
                "that follows it."
            )
        return ""

    def _support_reopen(self, reason):
        """Open a solved request again, in a new round of the office that solved it.

        The caller has checked that the user is the requester, or in charge.

        :raise UserError: the time for it is over, or no reason is given
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Write what is still missing."))
        if problem := self._get_support_reopen_problem():
            raise UserError(problem)
        self.env["sajad.engine"]._reopen(self, reason.strip())

    def _support_close(self, reason=""):
        """Close solved requests: by their requester, or once the time is over.

        The caller has checked who may do this. What is not solved stays as it is.
        """
        # the board's status is the system's; who closes was checked
        solved = self.sudo().filtered(lambda r: r.support_state == "solved")
        solved.write({"support_state": "closed"})
        self.env["sajad.engine"]._note_support("closed", dict.fromkeys(solved, reason))

    def _cron_support_close(self):
        """Close what was solved, and was not opened again in time."""
        today = get_country_today()
        domain = Domain("support_state", "=", "solved") & Domain(
            "support_close_date", "<", today
        )
        while requests := self.search(domain, limit=500):
            requests._support_close()
            if not self.env["ir.cron"]._commit_progress(len(requests), remaining=1):
                return
        self.env["ir.cron"]._commit_progress(remaining=0)
