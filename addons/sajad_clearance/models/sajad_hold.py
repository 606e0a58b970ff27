from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_fee.tools.rials import get_currency_id

from .sajad_hold_event import TOLD_FIELDS


class SajadHold(models.Model):
    """What an office holds against a student: money, an item, a document (row B7).

    Holds exist before any clearance. An open one blocks the approval of its office;
    settled, planned, guaranteed or waived ones do not. What happens to a hold stands in
    `sajad_hold_decision.py`, what its student sees and pays in `sajad_hold_portal.py`.
    """

    _name = "sajad.hold"
    _description = "Hold"
    _inherit = ["sajad.client.guard", "sajad.date.guard", "sajad.payable"]
    # What a person in the office may correct by hand while nothing was paid or decided.
    _client_fields = {"shown_to_student", *TOLD_FIELDS}
    _client_create_fields = {"student_id", "office_id", *_client_fields}
    _order = "date desc, id desc"
    _rec_name = "description"

    student_id = fields.Many2one(
        "sajad.student", required=True, index=True, ondelete="restrict"
    )
    student_number = fields.Char(related="student_id.student_number")
    partner_id = fields.Many2one(
        related="student_id.partner_id", store=True, string="Person", index=True
    )
    faculty_id = fields.Many2one(
        related="student_id.faculty_id", store=True, string="Faculty"
    )
    office_id = fields.Many2one(
        "sajad.office", required=True, index=True, ondelete="restrict"
    )
    office_ids = fields.Many2many(
        "sajad.office", compute="_compute_office_ids", string="Own Offices"
    )
    role_id = fields.Many2one(related="office_id.role_id", store=True)
    university_id = fields.Many2one(
        related="office_id.university_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("debt", "Debt"),
            ("item", "Item to Return"),
            ("document", "Document to Bring"),
            ("discipline", "Disciplinary Case"),
        ],
        required=True,
        default="debt",
    )
    description = fields.Char(required=True)
    shown_to_student = fields.Boolean(
        string="Student Sees the Description",
        help="Of a disciplinary case the student otherwise sees only the office.",
    )
    item_reference = fields.Char(help="The number of the book, key or document.")
    date = fields.Date(required=True, default=lambda self: get_country_today())
    state = fields.Selection(
        [
            ("open", "Open"),
            ("planned", "In Instalments"),
            ("guaranteed", "Guaranteed"),
            ("settled", "Settled"),
            ("waived", "Waived"),
            ("cancelled", "Recorded by Mistake"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )
    date_closed = fields.Datetime(readonly=True)
    payment_ids = fields.One2many("sajad.hold.payment", "hold_id", readonly=True)
    event_ids = fields.One2many("sajad.hold.event", "hold_id", readonly=True)
    # money
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        default=lambda self: get_currency_id(self.env),
    )
    amount = fields.Monetary()
    waived_amount = fields.Monetary(
        readonly=True,
        help="What was left when it was waived: money that comes later goes back.",
    )
    paid_amount = fields.Monetary(compute="_compute_money", store=True, string="Paid")
    residual = fields.Monetary(compute="_compute_money", store=True, string="Left")
    refundable = fields.Monetary(
        compute="_compute_money",
        store=True,
        help="What was paid beyond the amount, and is to be given back.",
    )
    # instalments
    instalment_ids = fields.One2many("sajad.hold.instalment", "hold_id")
    date_next = fields.Date(
        string="Next Instalment",
        compute="_compute_date_next",
        store=True,
        help="When the first instalment that is not covered is due.",
    )
    is_late = fields.Boolean(
        string="Instalment Late", compute="_compute_is_late", search="_search_is_late"
    )
    date_told = fields.Date(
        readonly=True, help="The late instalment of which everybody was told."
    )
    # why it does not block any more
    authority = fields.Char(readonly=True, help="Who waived it or took the guarantee.")
    decision_reason = fields.Text(readonly=True)
    decision_reference = fields.Char(
        readonly=True, help="Number of the letter or of the notarised commitment."
    )
    proof_ids = fields.Many2many("ir.attachment", readonly=True, string="Proofs")
    # what the student says
    dispute_state = fields.Selection(
        [("open", "Disputed"), ("accepted", "Accepted"), ("rejected", "Rejected")],
        readonly=True,
    )
    dispute_reason = fields.Text(readonly=True)
    dispute_answer = fields.Text(readonly=True)
    dispute_file_ids = fields.Many2many(
        "ir.attachment",
        relation="sajad_hold_dispute_file_rel",
        readonly=True,
        string="Papers of the Student",
    )
    # where it comes from
    source = fields.Selection(
        [("manual", "By Hand"), ("file", "List File"), ("api", "Other System")],
        required=True,
        readonly=True,
        default="manual",
    )
    source_system = fields.Char(readonly=True)
    external_id = fields.Char(
        string="External Number",
        readonly=True,
        help="The number in the other system: sending it again changes the same hold.",
    )

    _external_uniq = models.UniqueIndex(
        "(office_id, source_system, external_id) WHERE external_id IS NOT NULL",
        "This hold of the other system is recorded already.",
    )
    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "An amount cannot be negative."
    )
    _portal_idx = models.Index("(partner_id, portal_sequence, date DESC, id DESC)")
    _open_idx = models.Index("(student_id, office_id) WHERE state = 'open'")
    _late_idx = models.Index("(date_next) WHERE state = 'planned'")

    @api.depends_context("uid")
    def _compute_office_ids(self):
        self.office_ids = self.env["sajad.office"]._get_decided()

    # ------------------------------------------------------------
    # MONEY
    # ------------------------------------------------------------

    @api.depends(
        "amount", "state", "waived_amount", "payment_ids.amount", "payment_ids.kind"
    )
    def _compute_money(self):
        for hold in self:
            paid = hold.payment_ids._get_total()
            hold.paid_amount = paid
            hold.residual = max(hold.amount - paid, 0)
            hold.refundable = max(paid - hold._get_due(), 0)

    def _get_due(self):
        """Return what the student owes or owed: what was waived is not due."""
        self.ensure_one()
        if self.state == "cancelled":
            return 0
        return self.amount - (self.waived_amount if self.state == "waived" else 0)

    @api.model
    def _get_refundable_domain(self):
        """Return which holds accounting has to give money back for."""
        return Domain("refundable", ">", 0)

    @api.depends("amount", "instalment_ids.covered_amount")
    def _compute_date_next(self):
        for hold in self:
            hold.date_next = hold._get_next_instalment().date_due

    def _get_next_instalment(self):
        """Return the oldest instalment that is not covered."""
        self.ensure_one()
        return self.instalment_ids.sorted("date_due").filtered(
            lambda i: i.covered_amount < i.amount
        )[:1]

    @api.depends("state", "date_next")
    def _compute_is_late(self):
        today = get_country_today()
        for hold in self:
            hold.is_late = bool(
                hold.state == "planned" and hold.date_next and hold.date_next < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = get_country_today()
        late = Domain("state", "=", "planned") & Domain("date_next", "<", today)
        return late if True in value else ~late

    # ------------------------------------------------------------
    # GUARDS
    # ------------------------------------------------------------

    @api.constrains("student_id", "office_id")
    def _check_university(self):
        for hold in self:
            if hold.student_id.university_id != hold.office_id.university_id:
                raise ValidationError(
                    self.env._("The student belongs to another university.")
                )

    @api.constrains("date")
    def _check_date(self):
        if any(hold.date > get_country_today() for hold in self):
            raise ValidationError(self.env._("The date lies in the future."))

    @api.constrains("kind", "amount")
    def _check_amount(self):
        for hold in self:
            if hold.kind == "debt" and not hold.amount:
                raise ValidationError(self.env._("Enter the amount of the debt."))

    @api.model_create_multi
    def create(self, vals_list):
        """Let people record what their own office holds.

        :raise AccessError: a client writes a field of a decision, or for an office in
            which the user does not decide
        """
        holds = super().create(vals_list)
        if not self.env.su:
            holds._check_office()
        # the history is written by the model alone
        holds.sudo()._log("recorded")
        return holds

    def write(self, vals):
        """Let people correct what is open and unpaid; the rest is for decisions.

        :raise AccessError: a client writes a field of a decision, or of another office
        """
        if self.env.su:
            return super().write(vals)
        Event = self.env["sajad.hold.event"]
        before = {hold: Event._describe(hold, vals) for hold in self}
        result = super().write(vals)
        for hold in self:
            note = Event._compare(before[hold], Event._describe(hold, vals))
            if note:
                # the history is written by the model alone
                hold.sudo()._log("changed", note)
        return result

    def _check_client_write(self, vals):
        self._check_office()
        if any(hold.state != "open" or hold.payment_ids for hold in self):
            self._refuse_client()
        return super()._check_client_write(vals)

    def _get_client_refusal(self):
        return self.env._("A hold changes only through payments and decisions.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("A hold is never deleted, only closed."))

    def _log(self, kind, note="", amounts=None):
        """Append to the history of holds. With elevated rights.

        :param amounts: {hold: rials} where money came or went back
        """
        amounts = amounts or {}
        self.env["sajad.hold.event"].create(
            [
                {
                    "hold_id": hold.id,
                    "kind": kind,
                    "amount": amounts.get(hold, 0),
                    "note": note,
                }
                for hold in self
            ]
        )
