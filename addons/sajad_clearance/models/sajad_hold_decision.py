from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_base.tools.sentences import within_quotes

# what still can be decided on
LIVE_STATES = ("open", "planned", "guaranteed")
CLOSED_STATES = ("settled", "waived", "cancelled")


class SajadHold(models.Model):
    """Who decides on a hold, and what is decided (row B7).

    Decisions are private: the dialog, the interface for other systems and payments call
    them with elevated rights after their own checks.
    """

    _inherit = "sajad.hold"

    can_decide = fields.Boolean(compute="_compute_can_decide")
    has_passed = fields.Boolean(
        compute="_compute_has_passed",
        help="A running clearance of the student has passed this office already.",
    )

    # ------------------------------------------------------------
    # WHO DECIDES
    # ------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("office_id", "student_id")
    def _compute_can_decide(self):
        offices = self.env["sajad.office"]._get_decided()
        for hold in self:
            hold.can_decide = not hold._get_office_problem(offices)

    @api.depends("state", "student_id", "office_id")
    def _compute_has_passed(self):
        live = self.filtered(lambda hold: hold.state == "open")
        # that the own office passed is known to it
        Task_sudo = self.env["sajad.task"].sudo()
        passed = Task_sudo._find_office_pairs(live, ("done",))
        for hold in self:
            pair = (hold.student_id, hold.office_id)
            hold.has_passed = hold in live and pair in passed

    def _get_office_problem(self, offices):
        """Return why the user does not decide on the hold, or an empty text."""
        # the person of a student is compared, whatever the user may read of it
        hold = self.sudo()
        if hold.office_id.id not in offices.ids:
            return self.env._("You are not in charge of this office.")
        # one's own person is no secret
        if hold.student_id.partner_id == self.env.user.sudo().partner_id:
            return self.env._("Nobody decides on an own hold.")
        return ""

    def _check_office(self):
        """Refuse users who do not decide in the office of every hold today.

        :raise AccessError: a hold of another office, seen only, or the user's own
        """
        self.check_access("read")
        offices = self.env["sajad.office"]._get_decided()
        for hold in self:
            if problem := hold._get_office_problem(offices):
                raise AccessError(problem)

    def action_decide(self):
        """Open the dialog of decisions for one hold or many (row B7).

        The context key `default_decision` names the decision.

        :raise AccessError: the user does not decide in the office of a hold
        """
        self._check_office()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide on a Hold"),
            "res_model": "sajad.hold.decide",
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_hold_ids": self.ids},
        }

    # ------------------------------------------------------------
    # MONEY
    # ------------------------------------------------------------

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
        payment = self._record("payment", {self: amount}, reference, date, **values)
        if not self.residual and self.state not in CLOSED_STATES:
            self._close("settled")
        self.env["sajad.notice"]._queue_students("hold_paid", self)
        return payment

    def _refund(self, amount, reference="", date=None, **values):
        """Record that money was given back; an unpaid rest opens the hold again.

        :raise UserError: more than was paid
        """
        self.ensure_one()
        if not 0 < amount <= self.paid_amount:
            raise UserError(self.env._("Only what was paid can be given back."))
        refund = self._record("refund", {self: amount}, reference, date, **values)
        if self.residual and self.state == "settled":
            self.write({"state": "open", "date_closed": False})
        return refund

    def _record(self, kind, amounts, reference, date=None, **values):
        """Record payments or refunds of {hold: amount}, and tell the history.

        Hundreds at once: one insert, not one per hold.
        """
        payments = self.env["sajad.hold.payment"].create(
            [
                {
                    "hold_id": hold.id,
                    "kind": kind,
                    "amount": amount,
                    "reference": reference,
                    "date": date or get_country_today(),
                    **values,
                }
                for hold, amount in amounts.items()
            ]
        )
        told = {"payment": "paid", "refund": "refunded"}[kind]
        self._log(told, reference, amounts)
        return payments

    def _settle(self, reference=""):
        """The item was returned, the document brought, or the debt paid elsewhere."""
        holds = self._check_state(*LIVE_STATES)
        owing = holds.filtered(lambda h: h.kind == "debt" and h.residual)
        owing._record("payment", {hold: hold.residual for hold in owing}, reference)
        holds._close("settled", decision_reference=reference)

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

    # ------------------------------------------------------------
    # BY AUTHORITY
    # ------------------------------------------------------------

    def _waive(self, authority, reason, reference="", proofs=None):
        """Let a hold go, by authority and with proof.

        :raise UserError: authority, reason or proof is missing
        """
        if not (authority and reason and proofs):
            raise UserError(
                self.env._("A waiver needs an authority, a reason and a proof.")
            )
        holds = self._check_state(*LIVE_STATES)
        # few at a time: each has its own proof
        for hold in holds:
            hold.waived_amount = hold.residual
        holds._close("waived", authority, reason, reference, proofs)

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

    def _cancel(self, reason):
        """The hold was recorded by mistake.

        :raise UserError: something was paid, which has to be given back first
        """
        if any(hold.paid_amount for hold in self):
            raise UserError(self.env._("Give back what was paid first."))
        self._check_state(*LIVE_STATES)._close("cancelled", reason=reason)

    def _reopen(self, reason):
        """A decision was wrong or a plan was not kept: the hold blocks again."""
        holds = self._check_state("planned", "guaranteed", "waived", "cancelled")
        holds.write({"state": "open", "date_closed": False})
        holds._log("reopened", reason)

    # ------------------------------------------------------------
    # OBJECTIONS
    # ------------------------------------------------------------

    def _dispute(self, reason):
        """The student says that the hold is wrong; its office has to answer.

        :raise UserError: no reason, or the hold is closed
        """
        self.ensure_one()
        self._check_state(*LIVE_STATES)
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write why you think that it is wrong."))
        if self.dispute_state == "open":
            raise UserError(self.env._("The office has your objection already."))
        # the answer to the last objection is none to this one
        values = {"dispute_reason": reason, "dispute_answer": False}
        self.write({"dispute_state": "open", **values})
        self._log("disputed", reason)
        self.env["sajad.notice"]._queue_offices("hold_disputed", self)

    def _answer_dispute(self, accepted, answer):
        """Answer an objection; an accepted one closes the hold.

        :raise UserError: there is no objection, or no answer is given
        """
        self.ensure_one()
        if self.dispute_state != "open":
            raise UserError(self.env._("There is no objection to answer."))
        answer = (answer or "").strip()
        if not answer:
            raise UserError(self.env._("Write the answer for the student."))
        state = "accepted" if accepted else "rejected"
        self.write({"dispute_state": state, "dispute_answer": answer})
        self._log(f"dispute_{state}", answer)
        if accepted:
            self._check_state(*LIVE_STATES)._close("cancelled")
        self.env["sajad.notice"]._queue_students("hold_answered", self)

    # ------------------------------------------------------------
    # STATES
    # ------------------------------------------------------------

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
        self._log(state, " - ".join(t for t in (authority, reference, reason) if t))
        if state in CLOSED_STATES:
            self.env["sajad.notice"]._queue_cleared(self)

    def _check_state(self, *states):
        """Return the holds when all of them are in one of the states.

        :raise UserError: one is not
        """
        # a second click, or two people at once: the row decides
        self.lock_for_update()
        for hold in self:
            if hold.state not in states:
                raise UserError(
                    self.env._(
                        "%(hold)s is closed already.",
                        hold=within_quotes(hold.description),
                    )
                )
        return self
