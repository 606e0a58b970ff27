from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.clock import get_country_today

# a bank answers within a day; then the person may try again
CONFIRMING_TIME = timedelta(days=1)
DRAFT_TIME = timedelta(minutes=15)
BATCH = 100


class SajadFee(models.Model):
    """Payments that are under way, and fees that nobody pays (row D5)."""

    _inherit = "sajad.fee"

    # ------------------------------------------------------------
    # PAYMENTS UNDER WAY
    # ------------------------------------------------------------

    def _get_confirming(self):
        """Return the transactions whose money may be on its way.

        Paying again would pay twice. After a day without an answer of the bank the
        person may start again; the answer is taken whenever it comes.
        """
        limit = fields.Datetime.now() - CONFIRMING_TIME
        return self._get_own_transactions(
            Domain("state", "in", ("pending", "authorized"))
            & Domain("last_state_change", ">=", limit)
            | Domain("state", "=", "done") & Domain("is_post_processed", "=", False)
        )

    def _get_started(self):
        """Return the transactions that were begun just now and not ended."""
        limit = fields.Datetime.now() - DRAFT_TIME
        return self._get_own_transactions(
            Domain("state", "=", "draft") & Domain("create_date", ">=", limit)
        )

    def _get_own_transactions(self, domain):
        # of fees that were found as the person's own, or by the office
        Transaction_sudo = self.env["payment.transaction"].sudo()
        own = Domain("sajad_fee_id", "in", self.ids) & Domain(
            "operation", "!=", "refund"
        )
        return Transaction_sudo.search(own & Domain(domain))

    # ------------------------------------------------------------
    # NOT PAID IN TIME
    # ------------------------------------------------------------

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
