from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_base.tools.sentences import within_quotes
from odoo.addons.sajad_fee.tools.rials import get_currency_id

from ..models.sajad_hold_decision import LIVE_STATES
from ..tools.instalments import add_jalali_months, make_plan

# which states a decision is for; several holds at once only where it makes sense
STATES = {
    "pay": LIVE_STATES,
    "plan": ("open", "planned"),
    "settle": LIVE_STATES,
    "waive": LIVE_STATES,
    "guarantee": ("open", "planned"),
    "reopen": ("planned", "guaranteed", "waived", "cancelled"),
    "cancel": LIVE_STATES,
}
FOR_MANY = ("settle", "waive")
MAX_INSTALMENTS = 60
# beyond it decisions go on in the background
MANY = 300


class SajadHoldDecide(models.TransientModel):
    """The dialog of decisions on holds (row B7). Every rule is checked again here,
    whatever the form showed."""

    _name = "sajad.hold.decide"
    _description = "Decide on a Hold"
    _inherit = ["sajad.batch.result"]

    hold_ids = fields.Many2many("sajad.hold", string="Holds")
    hold_count = fields.Integer(compute="_compute_of_holds")
    # a list: the widget of the decision asks for whole names in it
    available_decisions = fields.Json(compute="_compute_of_holds")
    decision = fields.Selection(
        [
            ("pay", "Record a Payment"),
            ("plan", "Agree on Instalments"),
            ("settle", "Settle"),
            ("waive", "Waive"),
            ("guarantee", "Accept a Guarantee"),
            ("refund", "Give Money Back"),
            ("answer", "Answer the Objection"),
            ("reopen", "Open Again"),
            ("cancel", "Recorded by Mistake"),
        ],
        required=True,
        default="settle",
    )
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: get_currency_id(self.env)
    )
    residual = fields.Monetary(compute="_compute_of_holds", string="Left")
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    amount_text = fields.Char(compute="_compute_amount_text", string="In Words")
    date = fields.Date(string="Paid on", default=lambda self: get_country_today())
    reference = fields.Char()
    authority = fields.Char()
    reason = fields.Text()
    proof_ids = fields.Many2many("ir.attachment", string="Proofs")
    # instalments
    instalment_count = fields.Integer(string="Number of Instalments", default=6)
    date_first = fields.Date(
        string="First Due on", default=lambda self: self._default_date_first()
    )
    line_ids = fields.One2many(
        "sajad.hold.decide.line",
        "wizard_id",
        string="Instalments",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    date_last = fields.Date(compute="_compute_plan", string="Last Due on")
    plan_amount = fields.Monetary(compute="_compute_plan", string="Sum")
    # objections
    dispute_reason = fields.Text(compute="_compute_of_holds")
    answer = fields.Selection(
        [("rejected", "The hold stays"), ("accepted", "The student is right")],
        string="Decision on the Objection",
    )

    @api.model
    def _default_date_first(self):
        return add_jalali_months(get_country_today(), 1)

    @api.depends("hold_ids")
    def _compute_of_holds(self):
        for wizard in self:
            holds = wizard.hold_ids
            wizard.hold_count = len(holds)
            wizard.available_decisions = wizard._get_available()
            wizard.residual = sum(holds.mapped("residual"))
            wizard.dispute_reason = len(holds) == 1 and holds.dispute_reason

    def _get_available(self):
        holds = self.hold_ids
        if len(holds) != 1:
            return list(FOR_MANY)
        available = [name for name, states in STATES.items() if holds.state in states]
        if holds.kind != "debt":
            available = [name for name in available if name not in ("pay", "plan")]
        if holds.paid_amount:
            available.append("refund")
        if holds.dispute_state == "open":
            available.append("answer")
        return available

    @api.depends("hold_ids", "decision")
    def _compute_amount(self):
        for wizard in self:
            holds = wizard.hold_ids
            if wizard.decision == "refund":
                refundable = sum(holds.mapped("refundable"))
                wizard.amount = refundable or sum(holds.mapped("paid_amount"))
            else:
                wizard.amount = wizard.residual

    @api.depends_context("lang")
    @api.depends("amount")
    def _compute_amount_text(self):
        for wizard in self:
            wizard.amount_text = self.env["sajad.hold"]._get_amount_words(wizard.amount)

    @api.depends("decision", "instalment_count", "date_first", "residual")
    def _compute_line_ids(self):
        for wizard in self:
            count, first = wizard.instalment_count, wizard.date_first
            commands = [Command.clear()]
            if wizard.decision == "plan" and first and 0 < count <= MAX_INSTALMENTS:
                commands += [
                    Command.create({"date_due": day, "amount": amount})
                    for day, amount in make_plan(wizard.residual, count, first)
                ]
            wizard.line_ids = commands

    @api.depends("line_ids.date_due", "line_ids.amount")
    def _compute_plan(self):
        for wizard in self:
            dates = [line.date_due for line in wizard.line_ids if line.date_due]
            wizard.date_last = max(dates, default=False)
            wizard.plan_amount = sum(wizard.line_ids.mapped("amount"))

    # ------------------------------------------------------------
    # DECISIONS
    # ------------------------------------------------------------

    def action_apply(self):
        """Decide; of many, those that are closed already are left out (row B7).

        :raise UserError: something is missing or wrong, as a sentence
        :raise AccessError: the user does not decide in the office of a hold
        """
        self.ensure_one()
        holds = self.hold_ids
        if not holds:
            raise UserError(self.env._("There is nothing to decide on."))
        holds._check_office()
        if len(holds) > 1:
            return self._apply_to_many(holds)
        if self.decision not in self._get_available():
            raise UserError(
                self.env._(
                    "%(hold)s does not allow this decision now.",
                    hold=within_quotes(holds.description),
                )
            )
        # rights and state were checked; decisions are written by the model alone
        self._apply(holds.sudo())
        return {"type": "ir.actions.act_window_close"}

    def _apply_to_many(self, holds):
        if self.decision not in FOR_MANY:
            raise UserError(self.env._("Decide on one hold at a time."))
        possible = holds.filtered(lambda h: h.state in STATES[self.decision])
        if not possible:
            raise UserError(self.env._("All of these are closed already."))
        if len(possible) > MANY:
            return self._start_many(possible)
        # rights were checked; decisions are written by the model alone
        self._apply(possible.sudo())
        left = len(holds) - len(possible)
        message = self.env._("%(count)s done.", count=len(possible))
        if left:
            message += " " + self.env._("%(count)s were closed before.", count=left)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _start_many(self, holds):
        """Decide in the background; what is missing is said at once."""
        self._check_given(holds)
        # a waiver has a proof, and each hold keeps its own
        if self.proof_ids or self.decision == "waive":
            raise UserError(
                self.env._(
                    "Files can be kept with at most %(count)s holds at once.",
                    count=MANY,
                )
            )
        selection = self._fields["decision"]._description_selection(self.env)
        names = ("decision", "reference", "authority", "reason")
        return self.env["sajad.batch"]._start(
            dict(selection)[self.decision],
            holds,
            "_batch_decide",
            owner=self._name,
            values={name: self[name] for name in names},
        )

    @api.model
    def _batch_decide(self, holds, values):
        """Decide on some holds; return {hold: sentence} of those that were not."""
        holds._check_office()
        possible = holds.filtered(lambda h: h.state in STATES[values["decision"]])
        wizard = self.create({**values, "hold_ids": possible.ids})
        # rights were checked; decisions are written by the model alone
        wizard._apply(possible.sudo())
        sentence = self.env._("This hold is closed already.")
        return dict.fromkeys(holds - possible, sentence)

    def _check_given(self, holds):
        """Ask for the texts that a decision on many needs."""
        if self.decision == "waive":
            self._require("authority")
            self._require("reason")
        elif any(hold.kind == "debt" and hold.residual for hold in holds):
            self._require("reference")

    def _apply(self, holds):
        proofs = self.env["sajad.upload"]._take_own(self.proof_ids)
        self._get_appliers()[self.decision](holds, proofs)
        self._keep_proofs(holds, proofs)

    def _get_appliers(self):
        """Return {decision: the method that writes it, given holds and proofs}."""
        return {
            "pay": self._apply_pay,
            "plan": self._apply_plan,
            "settle": self._apply_settle,
            "waive": self._apply_waive,
            "guarantee": self._apply_guarantee,
            "refund": self._apply_refund,
            "answer": self._apply_answer,
            "reopen": self._apply_reopen,
            "cancel": self._apply_cancel,
        }

    def _apply_pay(self, hold, _proofs):
        hold._check_state(*STATES["pay"])
        if self.amount > hold.residual:
            raise UserError(
                self.env._(
                    "Only %(amount)s are left to pay.",
                    amount=hold._get_figure(hold.residual),
                )
            )
        self._check_paid_on()
        hold._pay(self.amount, self._require("reference"), self.date)

    def _apply_refund(self, hold, _proofs):
        self._check_paid_on()
        hold._refund(self.amount, self._require("reference"), self.date)

    def _check_paid_on(self):
        if self.date and self.date > get_country_today():
            raise UserError(self.env._("The day of the payment lies in the future."))

    def _apply_settle(self, holds, _proofs):
        self._check_given(holds)
        holds._settle(self._get_text("reference"))

    def _apply_waive(self, holds, proofs):
        self._check_given(holds)
        holds._waive(
            self._get_text("authority"),
            self._get_text("reason"),
            self._get_text("reference"),
            proofs,
        )

    def _apply_guarantee(self, hold, proofs):
        hold._guarantee(
            self._get_text("authority"),
            self._require("reference"),
            self._get_text("reason"),
            proofs,
        )

    def _apply_plan(self, hold, _proofs):
        lines = self.line_ids.sorted("date_due")
        if self.instalment_count < 1:
            raise UserError(
                self.env._("A debt is paid in one instalment at the least.")
            )
        if len(lines) > MAX_INSTALMENTS:
            raise UserError(
                self.env._("At most %(count)s instalments.", count=MAX_INSTALMENTS)
            )
        if lines and lines[0].date_due < get_country_today():
            raise UserError(self.env._("The first instalment lies in the past."))
        hold._plan([(line.date_due, line.amount) for line in lines])

    def _apply_cancel(self, hold, _proofs):
        hold._cancel(self._require("reason"))

    def _apply_reopen(self, hold, _proofs):
        hold._reopen(self._require("reason"))

    def _apply_answer(self, hold, _proofs):
        if not self.answer:
            raise UserError(self.env._("Decide on the objection first."))
        hold._answer_dispute(self.answer == "accepted", self._require("reason"))

    def _get_text(self, name):
        return (self[name] or "").strip()

    def _require(self, name):
        """Return a text that the decision needs, or ask for it."""
        text = self._get_text(name)
        if not text:
            label = self._fields[name]._description_string(self.env)
            raise UserError(self.env._("Fill in “%(field)s”.", field=label))
        return text

    # ------------------------------------------------------------
    # PROOFS
    # ------------------------------------------------------------

    def _keep_proofs(self, holds, proofs):
        """Tie the files to the history, which nobody changes."""
        if not proofs:
            return
        for number, members in enumerate(holds.grouped("office_id").values()):
            # each office reads its own copy; the content is stored once
            kept = proofs.copy() if number else proofs
            event = members[:1].event_ids[:1]
            self.env["sajad.upload"]._attach(event, kept=kept)
            for hold in members:
                hold.proof_ids = (hold.proof_ids - proofs) | kept
