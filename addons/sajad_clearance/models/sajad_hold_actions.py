from odoo import fields, models
from odoo.exceptions import UserError

CLOSED = ("settled", "waived", "cancelled")


class SajadHold(models.Model):
    """What happens to a hold (row B7). Private: buttons, API and payments call them
    with elevated rights after their own checks."""

    _inherit = "sajad.hold"

    def _pay(self, amount, reference="", date=None, **values):
        """Record a payment; the hold is settled when nothing is left.

        :param amount: rials; may exceed what is left, which is then to be refunded
        :param values: more values of `sajad.hold.payment` (transaction, proof)
        :return: the payment
        :raise UserError: the amount is not positive
        """
        self.ensure_one()
        if amount <= 0:
            raise UserError(self.env._("Enter an amount above zero."))
        payment = self.env["sajad.hold.payment"].create(
            {
                "hold_id": self.id,
                "kind": "payment",
                "amount": amount,
                "reference": reference,
                "date": date or fields.Date.context_today(self),
                **values,
            }
        )
        self._log("paid", amount, reference)
        if not self.residual and self.state not in CLOSED:
            self._close("settled")
        return payment

    def _refund(self, amount, reference="", date=None, **values):
        """Record that money was given back; an unpaid rest opens the hold again.

        :raise UserError: more than was paid
        """
        self.ensure_one()
        if not 0 < amount <= self.paid_amount:
            raise UserError(self.env._("Only what was paid can be given back."))
        refund = self.env["sajad.hold.payment"].create(
            {
                "hold_id": self.id,
                "kind": "refund",
                "amount": amount,
                "reference": reference,
                "date": date or fields.Date.context_today(self),
                **values,
            }
        )
        self._log("refunded", amount, reference)
        if self.residual and self.state == "settled":
            self.write({"state": "open", "date_closed": False})
        return refund

    def _settle(self, reference=""):
        """The item was returned, the document brought, or the debt paid elsewhere."""
        holds = self._check_state("open", "planned", "guaranteed")
        owing = holds.filtered(lambda h: h.kind == "debt" and h.residual)
        # hundreds at once: one insert, not one per hold
        values_list = [
            {
                "hold_id": hold.id,
                "kind": "payment",
                "amount": hold.residual,
                "reference": reference,
                "date": fields.Date.context_today(self),
            }
            for hold in owing
        ]
        payments = self.env["sajad.hold.payment"].create(values_list)
        self.env["sajad.hold.event"].create(
            [
                {
                    "hold_id": payment.hold_id.id,
                    "kind": "paid",
                    "amount": payment.amount,
                    "note": reference,
                }
                for payment in payments
            ]
        )
        holds._close("settled", decision_reference=reference)

    def _waive(self, authority, reason, reference="", proofs=None):
        """Let a hold go, by authority and with proof.

        :raise UserError: authority, reason or proof is missing
        """
        if not (authority and reason and proofs):
            raise UserError(
                self.env._("A waiver needs an authority, a reason and a proof.")
            )
        self._check_state("open", "planned", "guaranteed")._close(
            "waived", authority, reason, reference, proofs
        )

    def _guarantee(self, authority, reference, reason="", proofs=None):
        """Approve on condition: a notarised commitment stands for the hold.

        :raise UserError: the number or the scan of the commitment is missing
        """
        if not (reference and proofs):
            raise UserError(
                self.env._("A guarantee needs the number and a copy of the document.")
            )
        self._check_state("open", "planned")._close(
            "guaranteed", authority, reason, reference, proofs
        )

    def _plan(self, instalments):
        """Agree on instalments for what is left of a debt.

        :param instalments: list of (date due, amount in rials), in order
        :raise UserError: the sum is not what is left, or the dates do not ascend
        """
        self.ensure_one()
        self._check_state("open", "planned")
        dates = [date for date, _amount in instalments]
        if not dates or dates != sorted(dates):
            raise UserError(self.env._("Enter the instalments in their order."))
        if any(amount <= 0 for _date, amount in instalments):
            raise UserError(self.env._("Each instalment needs an amount above zero."))
        if self.currency_id.compare_amounts(
            sum(amount for _date, amount in instalments), self.residual
        ):
            raise UserError(
                self.env._("The instalments do not add up to what is left.")
            )
        self.instalment_ids.unlink()
        self.env["sajad.hold.instalment"].create(
            [
                {"hold_id": self.id, "date_due": date, "amount": amount}
                for date, amount in instalments
            ]
        )
        self._close("planned")

    def _cancel(self, reason):
        """The hold was recorded by mistake.

        :raise UserError: something was paid, which has to be given back first
        """
        if any(hold.paid_amount for hold in self):
            raise UserError(self.env._("Give back what was paid first."))
        self._check_state("open", "planned", "guaranteed")._close(
            "cancelled", reason=reason
        )

    def _reopen(self, reason):
        """A decision was wrong or a plan was not kept: the hold blocks again."""
        holds = self._check_state("planned", "guaranteed", "waived", "cancelled")
        holds.write({"state": "open", "date_closed": False})
        holds._log("reopened", note=reason)

    def _dispute(self, reason):
        """The student says that the hold is wrong; its office has to answer.

        :raise UserError: no reason, or the hold is closed
        """
        self.ensure_one()
        self._check_state("open", "planned", "guaranteed")
        if not (reason or "").strip():
            raise UserError(self.env._("Write why you think that it is wrong."))
        if self.dispute_state == "open":
            raise UserError(self.env._("The office has your objection already."))
        self.write({"dispute_state": "open", "dispute_reason": reason.strip()})
        self._log("disputed", note=reason.strip())

    def _answer_dispute(self, accepted, answer):
        """Answer an objection; an accepted one closes the hold.

        :raise UserError: there is no objection, or no answer is given
        """
        self.ensure_one()
        if self.dispute_state != "open":
            raise UserError(self.env._("There is no objection to answer."))
        if not (answer or "").strip():
            raise UserError(self.env._("Write the answer for the student."))
        state = "accepted" if accepted else "rejected"
        self.write({"dispute_state": state, "dispute_answer": answer.strip()})
        self._log(f"dispute_{state}", note=answer.strip())
        if accepted:
            self._check_state("open", "planned", "guaranteed")._close("cancelled")

    def _close(self, state, authority="", reason="", reference="", proofs=None, **vals):
        values = {"state": state, "date_closed": fields.Datetime.now(), **vals}
        if authority or reason or reference:
            values.update(
                authority=authority,
                decision_reason=reason,
                decision_reference=reference,
            )
        if proofs:
            values["proof_ids"] = [fields.Command.link(proof.id) for proof in proofs]
        self.write(values)
        self._log(
            state, note=" - ".join(t for t in (authority, reference, reason) if t)
        )

    def _check_state(self, *states):
        """Return the holds when all of them are in one of the states.

        :raise UserError: one is not
        """
        # a second click, or two people at once: the row decides
        self.lock_for_update()
        for hold in self:
            if hold.state not in states:
                raise UserError(
                    self.env._("%(hold)s is closed already.", hold=hold.description)
                )
        return self
