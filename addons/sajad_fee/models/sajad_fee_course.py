from odoo import api, models

from odoo.addons.sajad_base.tools.clock import get_country_today

BATCH = 100


class SajadFee(models.Model):
    """Fees that nobody pays in time (row D5)."""

    _inherit = "sajad.fee"

    def _is_overdue(self):
        """Whether the last day to pay is over."""
        self.ensure_one()
        return self.date_limit < get_country_today()

    @api.model
    def _cron_expire(self):
        """Cancel drafts whose fee was not paid in time (row D5).

        What a bank is confirming is left alone; money that comes later goes back.
        """
        domain = [
            ("state", "=", "waiting"),
            ("date_limit", "<", get_country_today()),
        ]
        fees = self.search(domain, limit=BATCH, order="date_limit")
        confirming = fees._get_confirming().sajad_fee_id
        for fee in fees - confirming:
            fee._expire()
        left = self.search_count(domain) - len(confirming)
        self.env["ir.cron"]._commit_progress(len(fees), remaining=max(left, 0))

    def _expire(self):
        reason = self.env._("The fee was not paid in time.")
        self.env["sajad.engine"]._cancel(self.request_id, reason)
        self._tell("fee_expired")
