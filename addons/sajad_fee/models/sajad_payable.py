from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

# a bank answers within a day; then the person may try again
CONFIRMING_TIME = timedelta(days=1)
DRAFT_TIME = timedelta(minutes=15)


class SajadPayable(models.AbstractModel):
    """What is paid online, and the payments of it that are under way (rows B7, D5)."""

    _name = "sajad.payable"
    _description = "What Is Paid Online"
    #: path from a transaction to what it pays
    _transaction_path = None

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

    def _get_failed(self):
        """Return the last transaction if it came to nothing: the person is told."""
        last = self._get_own_transactions(Domain.TRUE)[:1]
        return last.filtered(lambda tx: tx.state in ("cancel", "error"))

    def _get_own_transactions(self, domain):
        # of what was found as the person's own, or by the office
        Transaction_sudo = self.env["payment.transaction"].sudo()
        own = Domain(self._transaction_path, "in", self.ids) & Domain(
            "operation", "!=", "refund"
        )
        return Transaction_sudo.search(own & Domain(domain))
