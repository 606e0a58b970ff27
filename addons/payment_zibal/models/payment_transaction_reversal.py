from odoo import models
from odoo.exceptions import ValidationError

from .. import const


class PaymentTransaction(models.Model):
    """Money that goes back through Zibal: refunds, and payments that are reversed.

    A payment that the bank did not confirm in time is reversed: a refund of what was
    never taken. The protocol has one call for both, which reverses before settlement
    and refunds after it. A lost answer is no refusal: the refund waits, and the bank is
    asked for it before it is told again, so that money goes back once.
    """

    _inherit = "payment.transaction"

    def _zibal_is_going_back(self):
        """Whether the payment is being reversed; what the bank knows counts."""
        self.ensure_one()
        if self.state == "done":
            return False
        reversal = self._zibal_get_refunds().filtered(lambda t: t.state != "error")
        reversal._zibal_follow()
        return bool(reversal)

    def _zibal_get_refunds(self):
        return self.child_transaction_ids.filtered(lambda t: t.operation == "refund")

    def _zibal_is_reversal(self):
        """Whether it gives back what was not taken."""
        return self.source_transaction_id.state != "done"

    # ------------------------------------------------------------
    # REVERSAL
    # ------------------------------------------------------------

    def _zibal_end(self):
        """End a payment that the bank did not confirm in time."""
        if not self.provider_reference:
            # nobody ever came to the bank
            self._set_canceled()
            return
        answer = self._zibal_settle()
        if self.state not in ("draft", "pending"):
            return
        if answer in const.PENDING:
            self._set_canceled(state_message=self.env._("Nothing was paid."))
        elif not self._zibal_get_refunds():
            refund = self._create_child_transaction(self.amount, is_refund=True)
            refund._send_refund_request()
            refund._zibal_end_source()

    def _zibal_end_source(self):
        """Say of the payment what became of its reversal."""
        payment = self.source_transaction_id
        if self.state == "done":
            payment._set_canceled(
                self.env._(
                    "The bank did not confirm it in time, and gives the money back."
                ),
                extra_allowed_states=("error",),
            )
        elif self.state == "error":
            payment._zibal_settle()
            payment.filtered(lambda t: t.state in ("draft", "pending"))._set_error(
                self.env._(
                    "The bank neither confirmed nor reversed it for %(days)s days. "
                    "Somebody has to ask the bank.",
                    days=const.ASK_DAYS,
                )
            )

    # ------------------------------------------------------------
    # ASKED, AND ASKED AGAIN
    # ------------------------------------------------------------

    def _zibal_send_refund(self):
        """Tell the bank to give money back."""
        payload = {
            "trackId": int(self.source_transaction_id.provider_reference),
            "amount": self._zibal_amount(),
            "description": self.reference,
            "tryReverse": self._zibal_is_reversal(),
        }
        if account := self.provider_id.zibal_account:
            payload["accountId"] = account
        try:
            answer = self._send_api_request(
                "POST", "refund", json=payload, account=True
            )
        except ValidationError:
            self._set_pending(
                state_message=self.env._("The bank's answer is waited for.")
            )
            return
        if answer.get("result") == const.ANSWERED:
            self._zibal_refunded((answer.get("data") or {}).get("refundId"))
            return
        self._set_error(
            self.env._(
                "The bank refused the refund (%(code)s): %(message)s",
                code=answer.get("result"),
                message=answer.get("message", ""),
            )
        )

    def _zibal_refunded(self, number=None):
        if number:
            self.provider_reference = str(number)
        paid = {"status": const.PAID[0], "amount": self._zibal_amount()}
        self._process("zibal", paid)

    def _zibal_follow(self):
        """Ask the bank what became of refunds; tell it again of what it knows nothing.

        One that it took and could not pay out has failed: what it pays back stays ours.
        """
        for refund in self.filtered(lambda t: t.state in ("draft", "pending", "done")):
            try:
                refund._zibal_take_news()
            except ValidationError:
                continue
            if refund.source_transaction_id.state != "done":
                refund._zibal_end_source()

    def _zibal_take_news(self):
        """Take what the bank says of one refund.

        :raise ValidationError: it does not answer
        """
        if self._zibal_is_reversal():
            payment = self.source_transaction_id
            status = payment._zibal_ask("v1/inquiry").get("status")
            if self.state == "done" and status not in const.PAID:
                return
            if status in const.GONE_BACK:
                self._zibal_refunded()
                return
        found = self._zibal_find_refund()
        if found is None and self.state != "done":
            self._zibal_send_refund()
        elif found is None or found.get("status") == const.REFUND_FAILED:
            self._set_error(
                self.env._("The bank could not give it back."),
                extra_allowed_states=("done",),
            )
        elif self.state != "done":
            self._zibal_refunded(found.get("refundId"))

    def _zibal_find_refund(self):
        """Return what the account says of this refund, None if it knows none.

        :raise ValidationError: it does not answer
        """
        number = int(self.source_transaction_id.provider_reference)
        payload = {"transactionTrackId": number}
        answer = self._send_api_request(
            "POST", "refund/inquiry", json=payload, account=True
        )
        if answer.get("result") != const.ANSWERED:
            raise ValidationError(answer.get("message", ""))
        rows = answer.get("data") or []
        for row in rows if isinstance(rows, list) else [rows]:
            if self.reference == row.get("description") or (
                self.provider_reference
                and self.provider_reference == str(row.get("refundId"))
            ):
                return row
        return None
