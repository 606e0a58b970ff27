from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import formatLang

PAYABLE_STATES = ("open", "planned", "guaranteed")
# A bank answers within a day; then the student may try again.
CONFIRMING_TIME = timedelta(days=1)
DRAFT_TIME = timedelta(minutes=15)
# Banks refuse smaller amounts, and nobody pays a debt coin by coin.
MIN_PART = 100000
MAX_HOLDS = 50
# What asks the student to act comes first.
SEQUENCE = {"open": 0, "planned": 1, "guaranteed": 2}


class SajadHold(models.Model):
    """What the student sees of a hold and pays online (row B7)."""

    _inherit = "sajad.hold"

    transaction_line_ids = fields.One2many(
        "sajad.hold.transaction.line", "hold_id", readonly=True
    )
    waived_amount = fields.Monetary(
        readonly=True,
        help="What was left when it was waived: money that comes later goes back.",
    )
    shown_to_student = fields.Boolean(
        string="Student Sees the Description",
        help="Of a disciplinary case the student otherwise sees only the office.",
    )

    portal_sequence = fields.Integer(compute="_compute_portal_sequence", store=True)

    @api.depends("state")
    def _compute_portal_sequence(self):
        for hold in self:
            hold.portal_sequence = SEQUENCE.get(hold.state, 3)

    @api.depends("state", "waived_amount")
    def _compute_money(self):
        # nothing is due any more of what was waived or recorded by mistake
        result = super()._compute_money()
        for hold in self:
            if hold.state == "cancelled":
                hold.refundable = max(hold.paid_amount, 0)
            elif hold.state == "waived":
                due = hold.amount - hold.waived_amount
                hold.refundable = max(hold.paid_amount - due, 0)
        return result

    @api.model
    def _get_refundable_domain(self):
        """Return which holds accounting has to give money back for."""
        return Domain("refundable", ">", 0)

    def _close(self, state, *args, **kwargs):
        if state == "waived":
            # few at a time: each has its own proof
            for hold in self:
                hold.waived_amount = hold.residual
        result = super()._close(state, *args, **kwargs)
        if state in ("settled", "waived", "cancelled"):
            self._tell_office_cleared()
        return result

    # ------------------------------------------------------------
    # WHAT CAN BE PAID
    # ------------------------------------------------------------

    @api.model
    def _get_payable_domain(self):
        """Return which holds can be paid online: debts of which something is left.

        An item or a document is brought and not bought.
        """
        return (
            Domain("kind", "=", "debt")
            & Domain("state", "in", PAYABLE_STATES)
            & Domain("residual", ">", 0)
        )

    def _filter_payable(self):
        return self.filtered_domain(self._get_payable_domain())

    def _get_next_instalment(self):
        """Return the oldest instalment that is not covered."""
        self.ensure_one()
        return self.instalment_ids.sorted("date_due").filtered(
            lambda i: i.covered_amount < i.amount
        )[:1]

    def _get_next_amount(self):
        """Return what is left of the next instalment of a plan, or 0."""
        self.ensure_one()
        if self.state != "planned":
            return 0
        instalment = self._get_next_instalment()
        return min(instalment.amount - instalment.covered_amount, self.residual)

    def _get_min_part(self):
        """Return the smallest part of a debt that can be paid online."""
        self.ensure_one()
        return min(MIN_PART, self.residual)

    def _get_pay_amounts(self, amount=None):
        """Return {hold: amount} for a payment of all that is left, or of a part.

        :param amount: rials, for one hold only; None for all that is left
        :raise UserError: nothing is left, or the part is too small or too large
        """
        payable = self._filter_payable()
        if not payable or payable != self:
            raise UserError(
                self.env._("There is nothing to pay: the debt changed meanwhile.")
            )
        if amount is None:
            return {hold: hold.residual for hold in self}
        if len(self) > 1:
            raise UserError(self.env._("A part is paid for one debt at a time."))
        least, most = self._get_min_part(), self.residual
        # the next instalment may be smaller than other parts
        is_next = amount > 0 and amount == self._get_next_amount()
        if not is_next and not least <= amount <= most:
            raise UserError(
                self.env._(
                    "Enter an amount between %(least)s and %(most)s.",
                    least=self._get_rials(least),
                    most=self._get_rials(most),
                )
            )
        return {self: amount}

    # ------------------------------------------------------------
    # PAYMENTS UNDER WAY
    # ------------------------------------------------------------

    def _get_confirming(self):
        """Return the transactions whose money may be on its way to these holds.

        Paying again would pay twice. After a day without an answer of the bank the
        student may start again; the answer is taken whenever it comes.
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
        return (
            self.env["payment.transaction"]
            # of holds that were found as the person's own, or by the office
            .sudo()
            .search(Domain("hold_line_ids.hold_id", "in", self.ids) & Domain(domain))
        )

    # ------------------------------------------------------------
    # TEXTS
    # ------------------------------------------------------------

    @api.model
    def _get_rials(self, amount):
        """Return an amount with its thousands apart."""
        return self.env._(
            "%(amount)s rials", amount=formatLang(self.env, amount, digits=0)
        )

    def _get_portal_title(self):
        """Return what the student reads: cases are told only where the office says."""
        self.ensure_one()
        if self.kind == "discipline" and not self.shown_to_student:
            return self.env._("Disciplinary case")
        return self.description

    def _get_portal_kind(self):
        """Return how it stands, for badge and order: open, late, planned, closed."""
        self.ensure_one()
        if self.state == "planned" and any(self.instalment_ids.mapped("is_late")):
            return "late"
        return self.state

    def _get_visit(self):
        """Return (place, hours) of the office: those of the first cartable with any."""
        self.ensure_one()
        cartables = self.office_id.cartable_ids
        cartable = cartables.filtered(lambda c: c.visit_place or c.visit_hours)[:1]
        return cartable.visit_place, cartable.visit_hours

    def _get_office_name(self):
        self.ensure_one()
        return self.office_id.role_id.name
