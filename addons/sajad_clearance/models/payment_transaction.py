from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import ConcurrencyError


class HoldInUse(OperationalError, ConcurrencyError):
    """Another payment of the hold is being recorded; it is tried again later.

    The job of payments tries again what the database refused, and Odoo's requests what
    is a matter of concurrency: it is one for both.
    """


class PaymentTransaction(models.Model):
    """Payments of holds through the payment engine (row B7).

    A provider may tell the end of a payment twice, late or never. Money is recorded
    in the post-processing, once per transaction and hold; what comes too late for its
    hold is recorded as well and shown as refundable.
    """

    _inherit = "payment.transaction"

    hold_line_ids = fields.One2many(
        "sajad.hold.transaction.line", "transaction_id", readonly=True
    )

    def _is_recorded(self):
        of_holds = bool(self.hold_line_ids) or self._is_hold_refund()
        return of_holds or super()._is_recorded()

    def _is_hold_refund(self):
        self.ensure_one()
        return self.operation == "refund" and bool(
            self.source_transaction_id.hold_line_ids
        )

    # ------------------------------------------------------------
    # RECORDING
    # ------------------------------------------------------------

    def _post_process(self):
        """Record what was paid for holds, or given back."""
        result = super()._post_process()
        # what the bank never confirmed was not counted, and is not given back either
        counted = self.filtered(lambda t: t.state == "done" and not t._is_reversal())
        for transaction in counted:
            if transaction._is_hold_refund():
                transaction._record_hold_refund()
            elif transaction.hold_line_ids:
                transaction._record_hold_payments()
        return result

    def _tell_reversal(self):
        """Tell the students of holds, too."""
        # holds are closed to the public user, as whom banks call
        holds_sudo = self.source_transaction_id.hold_line_ids.sudo().hold_id
        if holds_sudo and self.state in ("pending", "done"):
            done = self.state == "done"
            kind = "hold_reversed" if done else "hold_reversing"
            self.env["sajad.notice"]._queue_students(kind, holds_sudo)
        return super()._tell_reversal()

    def _record_hold_payments(self):
        """Pay each hold of the transaction, unless that is done."""
        self.ensure_one()
        # holds change only with elevated rights; the provider said that it is paid
        lines_sudo = self.hold_line_ids.sudo()
        self._lock_holds(lines_sudo.hold_id)
        recorded = self._get_hold_payments("payment").hold_id
        left = self._get_paid_amount()
        for line in lines_sudo.sorted("id"):
            amount = min(line.amount, left)
            left -= amount
            if amount > 0 and line.hold_id not in recorded:
                line.hold_id._pay(amount, self.reference, transaction_id=self.id)

    def _record_hold_refund(self):
        """Give back, first what was paid beyond the amount of a hold."""
        self.ensure_one()
        if self._get_hold_payments("refund"):
            return
        source = self.source_transaction_id
        # holds change only with elevated rights; the provider said that it is back
        holds_sudo = source.hold_line_ids.sudo().hold_id
        self._lock_holds(holds_sudo)
        left = abs(self.amount)
        for hold, amount in source._split_refund(left):
            hold._refund(amount, self.reference, transaction_id=self.id)
            left -= amount
        if left:
            # given back by hand before: nothing is invented, the history tells
            hold = holds_sudo[:1]
            hold._log("refunded", self.reference, {hold: left})

    def _split_refund(self, amount):
        """Return [(hold, part)] of an amount that goes back from a transaction."""
        paid = {}
        children = self.child_transaction_ids
        for payment in (self | children)._get_hold_payments():
            paid[payment.hold_id] = paid.get(payment.hold_id, 0) + payment._get_total()
        parts = dict.fromkeys(paid, 0)
        # the last holds of the transaction first: they were the least urgent
        for hold in reversed(paid):
            parts[hold] = max(min(hold.refundable, paid[hold], amount), 0)
            amount -= parts[hold]
        for hold in reversed(paid):
            limit = min(paid[hold], hold.paid_amount) - parts[hold]
            more = max(min(limit, amount), 0)
            parts[hold] += more
            amount -= more
        return [(hold, part) for hold, part in parts.items() if part > 0]

    def _lock_holds(self, holds):
        """Let transactions that end for one hold at once go one after the other.

        :raise HoldInUse: which Odoo answers by trying again
        """
        if holds.try_lock_for_update() != holds:
            raise HoldInUse("another payment of the hold is being recorded")

    def _get_hold_payments(self, kind=None):
        """Return the payments of holds that the transactions made."""
        domain = [("transaction_id", "in", self.ids)]
        if kind:
            domain.append(("kind", "=", kind))
        # asked for one's own transaction, or by the engine
        return self.env["sajad.hold.payment"].sudo().search(domain, order="id")
