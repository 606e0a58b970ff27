from odoo import fields, models


class PaymentTransaction(models.Model):
    """Payments of fees through the payment engine (row D5).

    A provider may tell the end of a payment twice, late or never. Money is recorded
    in the post-processing, once per transaction; what comes too late is recorded as
    well, and goes back.
    """

    _inherit = "payment.transaction"

    sajad_fee_id = fields.Many2one(
        "sajad.fee",
        string="Fee of a Request",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _is_recorded(self):
        """Hook: whether the money of the transaction is recorded by Sajad."""
        self.ensure_one()
        return bool(self._get_fee())

    def _get_fee(self):
        """Return the fee that the transaction pays, or gives back."""
        return self.sajad_fee_id or self.source_transaction_id.sajad_fee_id

    # ------------------------------------------------------------
    # WHAT GOES BACK BEFORE IT CAME
    # ------------------------------------------------------------

    def _is_reversal(self):
        """Whether it gives back what the bank never confirmed: it was not counted."""
        self.ensure_one()
        source = self.source_transaction_id
        return self.operation == "refund" and source.state != "done"

    def _get_reversals(self):
        """Return what gives payments back that were not confirmed."""
        return self.child_transaction_ids.filtered(lambda t: t._is_reversal())

    def _tell_reversal(self):
        """Hook: tell who paid that the money goes back, or that the bank was asked."""
        self.ensure_one()
        # fees change only with elevated rights; the provider said what it does
        fee_sudo = self._get_fee().sudo()
        if self.state in ("pending", "done"):
            done = self.state == "done"
            fee_sudo._tell("fee_reversed" if done else "fee_reversing")

    # ------------------------------------------------------------
    # STATES
    # ------------------------------------------------------------

    def _update_state(self, allowed_states, target_state, state_message):
        """Take money that comes after a cancellation, and record it without delay."""
        recorded = self.filtered(lambda transaction: transaction._is_recorded())
        if target_state == "done" and recorded:
            # the bank has the last word: refusing would lose the money
            allowed_states = (*allowed_states, "cancel")
        updated = super()._update_state(allowed_states, target_state, state_message)
        if target_state == "done" and updated & recorded:
            # the person may have closed the browser, which would ask for it
            cron = self.env.ref("payment.cron_post_process_payment_tx")
            # sudo: banks call this as the public user
            cron.sudo()._trigger()
        return updated

    def _get_paid_amount(self):
        """Return what came: a part only, where only a part was captured."""
        captured = self.child_transaction_ids.filtered(
            lambda t: t.operation == self.operation
        )
        if not captured:
            return self.amount
        done = captured.filtered(lambda t: t.state == "done")
        return sum(done.mapped("amount"))

    # ------------------------------------------------------------
    # RECORDING
    # ------------------------------------------------------------

    def _post_process(self):
        """Record what was paid for fees, or given back, and let requests go on."""
        result = super()._post_process()
        reversals = self.filtered(lambda t: t._is_reversal())
        for transaction in reversals:
            transaction._tell_reversal()
        for transaction in (self - reversals).filtered(lambda t: t.state == "done"):
            if transaction._get_fee():
                transaction._record_fee()
        return result

    def _record_fee(self):
        """Record the money of one transaction, unless that is done."""
        self.ensure_one()
        is_refund = self.operation == "refund"
        # a part that was captured counts with the transaction that it is a part of
        if self.source_transaction_id and not is_refund:
            return
        # fees change only with elevated rights; the provider said that it is paid
        fee_sudo = self._get_fee().sudo()
        fee_sudo._lock()
        if self.id in fee_sudo.payment_ids.transaction_id.ids:
            return
        amount = abs(self.amount) if is_refund else self._get_paid_amount()
        if not amount:
            return
        kind = "refund" if is_refund else "payment"
        fee_sudo._record(kind, amount, self.reference, self)
        if not is_refund:
            fee_sudo._go_on()
        elif not fee_sudo.refundable:
            fee_sudo._tell("fee_refunded")

    def _get_refundable_amount(self):
        """Return the rials that the provider can give back of the transaction."""
        self.ensure_one()
        supports = (
            self.provider_id.support_refund,
            self.payment_method_id.support_refund,
        )
        if self.state != "done" or not all(s and s != "none" for s in supports):
            return 0
        back = self.child_transaction_ids.filtered(
            lambda t: t.operation == "refund" and t.state not in ("cancel", "error")
        )
        if back and "full_only" in supports:
            return 0
        return self.amount - sum(abs(t.amount) for t in back)
