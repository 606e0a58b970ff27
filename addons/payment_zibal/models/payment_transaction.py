from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.urls import urljoin

from odoo.addons.payment.logging import get_payment_logger

from .. import const

_logger = get_payment_logger(__name__)


class PaymentTransaction(models.Model):
    """Payments through Zibal: request, redirect, verify, inquiry.

    What a browser brings back is only a reason to ask the bank. The bank's number is
    stored before the person goes there, so that a payment whose browser never came back
    is found; a late or repeated success is never lost.
    """

    _inherit = "payment.transaction"

    zibal_reference = fields.Char(
        string="Bank's Reference", readonly=True, copy=False, help="On the statement."
    )

    _zibal_reference_uniq = models.UniqueIndex(
        "(provider_id, zibal_reference) WHERE zibal_reference IS NOT NULL",
        "The bank's reference belongs to another payment.",
    )

    # ------------------------------------------------------------
    # REQUEST AND REDIRECT
    # ------------------------------------------------------------

    def _get_specific_rendering_values(self, processing_values):
        values = super()._get_specific_rendering_values(processing_values)
        if self.provider_code != "zibal":
            return values
        try:
            number = self._zibal_request()
        except ValidationError as error:
            self._set_error(str(error))
            return {}
        return {"api_url": urljoin(const.GATEWAY, f"start/{number}")}

    def _zibal_request(self):
        """Tell the bank what will be paid; return the number that it gives.

        :raise ValidationError: it does not answer, or refuses
        """
        base_url = self.provider_id.get_base_url()
        payload = {
            "merchant": self.provider_id._get_zibal_merchant(),
            "amount": self._zibal_amount(),
            "callbackUrl": urljoin(base_url, "/payment/zibal/return"),
            "orderId": self.reference,
            "description": self.reference,
        }
        answer = self._send_api_request("POST", "v1/request", json=payload)
        if answer.get("result") != const.ACCEPTED or not answer.get("trackId"):
            raise ValidationError(
                self.env._(
                    "The bank refused the payment (%(code)s): %(message)s",
                    code=answer.get("result"),
                    message=answer.get("message", ""),
                )
            )
        self.provider_reference = str(answer["trackId"])
        return self.provider_reference

    def _zibal_amount(self):
        """Return whole rials, as the bank counts."""
        return round(abs(self.amount))

    # ------------------------------------------------------------
    # VERIFY AND INQUIRY
    # ------------------------------------------------------------

    def _zibal_settle(self):
        """Ask the bank how the payment stands, and take what it says.

        No answer is no failure: the payment waits, and the job asks again. What the
        bank was asked to give back is not confirmed any more.

        :return: the state that the bank names, None if it says nothing
        """
        self.ensure_one()
        if self._zibal_is_going_back():
            return None
        try:
            data = self._zibal_verify()
        except ValidationError:
            _logger.warning("No answer on transaction %s yet", self.reference)
            if self.state == "draft":
                self._set_pending(
                    state_message=self.env._("The bank's answer is waited for.")
                )
            return None
        self._process("zibal", data)
        return data.get("status")

    def _zibal_verify(self):
        """Return what the bank knows, after it was told that we do, too.

        Whoever verifies twice is told "before" (201) without the amount, and that is
        paid: the amount is asked for.
        """
        answer = self._zibal_ask("v1/verify")
        if answer.get("result") == const.ACCEPTED:
            return {"status": const.PAID[0], **answer}
        return self._zibal_ask("v1/inquiry")

    def _zibal_ask(self, endpoint):
        payload = {
            "merchant": self.provider_id._get_zibal_merchant(),
            "trackId": int(self.provider_reference),
        }
        return self._send_api_request("POST", endpoint, json=payload)

    @api.model
    def _extract_reference(self, provider_code, payment_data):
        if provider_code != "zibal":
            return super()._extract_reference(provider_code, payment_data)
        return payment_data.get("orderId")

    def _extract_amount_data(self, payment_data):
        if self.provider_code != "zibal":
            return super()._extract_amount_data(payment_data)
        if payment_data.get("status") not in const.PAID:
            # nothing is paid, so there is nothing to compare
            return None
        amount = payment_data.get("amount")
        return {"amount": amount, "currency_code": const.CURRENCY}

    def _apply_updates(self, payment_data):
        if self.provider_code != "zibal":
            return super()._apply_updates(payment_data)
        status = payment_data.get("status")
        if status in const.PAID:
            reference = payment_data.get("refNumber")
            self.zibal_reference = str(reference) if reference else False
            self._set_done()
        elif status in (*const.PENDING, *const.PAID_UNVERIFIED):
            self.filtered(lambda t: t.state == "draft")._set_pending()
        elif status in const.CANCELLED:
            self._set_canceled(extra_allowed_states=("error",))
        elif status in const.GONE_BACK:
            self._set_canceled(
                state_message=self.env._("The bank gave it back."),
                extra_allowed_states=("error",),
            )
        else:
            self._set_error(
                self.env._(
                    "The bank did not accept the payment (%(code)s): %(message)s",
                    code=status,
                    message=payment_data.get("message", ""),
                )
            )
        return None

    def _update_state(self, allowed_states, target_state, state_message):
        """Take money that comes after a cancellation: the bank has the last word."""
        if target_state == "done" and self.filtered(
            lambda t: t.provider_code == "zibal"
        ):
            allowed_states = (*allowed_states, "cancel")
        return super()._update_state(allowed_states, target_state, state_message)

    @api.model
    def _cron_zibal_ask(self):
        """Ask for payments whose browser never came back, or whose bank was silent.

        Those that it did not confirm in time go back; so does what was asked for.
        """
        now = fields.Datetime.now()
        limit = now - timedelta(days=const.ASK_DAYS)
        open_ones = [("state", "in", ("draft", "pending"))]
        patience = [("create_date", "<=", now - timedelta(minutes=const.PATIENCE))]
        young, old = [("create_date", ">=", limit)], [("create_date", "<", limit)]
        late = [
            ("state", "=", "error"),
            ("child_transaction_ids.operation", "=", "refund"),
            ("create_date", ">=", now - timedelta(days=const.LATE_DAYS)),
        ]
        for domain, method in (
            (open_ones + patience + young, "_zibal_settle"),
            (open_ones + old, "_zibal_end"),
            (late, "_zibal_settle"),
        ):
            payments = self._zibal_find(domain + [("operation", "!=", "refund")])
            if not payments._zibal_each(method):
                return
        refunds = [("operation", "=", "refund")]
        taken = [("source_transaction_id.state", "=", "done")]
        self._zibal_find(open_ones + refunds + taken)._zibal_each("_zibal_follow")

    @api.model
    def _zibal_find(self, domain):
        """Return transactions of Zibal for the job, the oldest news first."""
        return self.search(
            [("provider_id.code", "=", "zibal"), *domain],
            order="last_state_change, id",
        )

    def _zibal_each(self, method):
        """Call a method for each transaction, and commit; False: the time is over."""
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(self))
        for transaction in self:
            getattr(transaction, method)()
            if not Cron._commit_progress(1):
                return False
        return True

    # ------------------------------------------------------------
    # REFUND
    # ------------------------------------------------------------

    def _send_refund_request(self):
        if self.provider_code != "zibal":
            return super()._send_refund_request()
        if not self.provider_id.zibal_access_token:
            self._set_error(
                self.env._("Refunds need the access token of the account at Zibal.")
            )
            return None
        self._zibal_send_refund()
        return None
