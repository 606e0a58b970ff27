from odoo import fields, models
from odoo.exceptions import AccessError, UserError

GROUP = "sajad_fee.group_sajad_fee"


class SajadFee(models.Model):
    """What fee officers decide: waiving a fee, giving money back (row D5)."""

    _inherit = "sajad.fee"

    def _check_keeper(self):
        """Raise unless the user keeps fees and may read these."""
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group(GROUP)):
            raise AccessError(
                self.env._("Only fee officers waive fees and give money back.")
            )

    def action_waive(self):
        """Ask why the fees are waived. Row D5"""
        return self._open_dialog("sajad.fee.waive", self.env._("Waive the Fee"))

    def action_refund(self):
        """Ask how the money goes back. Row D5"""
        return self._open_dialog("sajad.fee.refund", self.env._("Refund"))

    def _open_dialog(self, model, name):
        self._check_keeper()
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "name": name,
            "context": {"default_fee_ids": self.ids},
        }

    def action_open_request(self):
        """Open the request of the fee."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sajad.request",
            "res_id": self.request_id.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------
    # WAIVED
    # ------------------------------------------------------------

    def _waive(self, reason, files):
        """Waive a fee and let its request go on; what was paid goes back.

        Called with elevated rights; the caller has checked who may.

        :param files: the attachments that prove it
        :raise UserError: it is waived already, or the request has ended
        """
        self.ensure_one()
        self._lock()
        if self.state not in ("waiting", "paid"):
            raise UserError(self.env._("This fee cannot be waived any more."))
        self.env["sajad.upload"]._attach(self, kept=files)
        self.write(
            {
                "waive_reason": reason,
                "waive_file_ids": [fields.Command.set(files.ids)],
                "waived_by_id": self.env.uid,
                "date_waived": fields.Datetime.now(),
            }
        )
        self.env.flush_all()
        self._tell("fee_waived")
        self._go_on()

    # ------------------------------------------------------------
    # MONEY GOES BACK
    # ------------------------------------------------------------

    def _get_refund_parts(self):
        """Return [(transaction, rials)] that their providers can give back now.

        The last payment first: it is the one too many. What a provider was asked
        for already is not asked for again.
        """
        self.ensure_one()
        left = self.refundable - self._get_refund_asked()
        parts = []
        for payment in self.payment_ids.filtered("transaction_id").sorted("id", True):
            # transactions are closed to fee officers; they decide on this one's money
            transaction_sudo = payment.transaction_id.sudo()
            part = min(left, transaction_sudo._get_refundable_amount())
            if payment.kind == "payment" and part > 0:
                parts.append((transaction_sudo, part))
                left -= part
        return parts

    def _get_refund_asked(self):
        """Return the rials that providers were asked to give back and have not yet."""
        # the same: the money of the fee that the user decides on
        Transaction_sudo = self.env["payment.transaction"].sudo()
        asked = Transaction_sudo.search(
            [
                ("source_transaction_id.sajad_fee_id", "=", self.id),
                # what was never taken is not given back out of what is owed
                ("source_transaction_id.state", "=", "done"),
                ("operation", "=", "refund"),
                ("state", "in", ("draft", "pending", "authorized", "done")),
            ]
        )
        recorded = self.payment_ids.transaction_id
        return sum(abs(t.amount) for t in asked if t not in recorded)

    def _refund_online(self):
        """Ask the providers to give back what they can. With elevated rights.

        :return: the rials that were asked for
        """
        self._lock()
        parts = self._get_refund_parts()
        for transaction, amount in parts:
            refund = transaction._refund(amount)
            if refund.state == "done":
                refund._post_process()
        return sum(amount for _transaction, amount in parts)

    def _refund_by_hand(self, amount, reference, note=""):
        """Record what an office gave back. With elevated rights.

        :raise UserError: it is more than has to go back
        """
        self._lock()
        if not 0 < amount <= self.refundable - self._get_refund_asked():
            raise UserError(
                self.env._(
                    "At most %(amount)s of %(request)s can be given back by hand now.",
                    amount=self._get_figure(
                        max(self.refundable - self._get_refund_asked(), 0)
                    ),
                    request=self.request_id.name,
                )
            )
        self._record("refund", amount, reference, note=note)
        if not self.refundable:
            self._tell("fee_refunded")
