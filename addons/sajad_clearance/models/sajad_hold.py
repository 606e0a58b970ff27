from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

# What a person in the office may correct by hand while nothing was paid or decided.
CLIENT_FIELDS = {
    "description",
    "amount",
    "kind",
    "date",
    "item_reference",
    "shown_to_student",
}


class SajadHold(models.Model):
    """What an office holds against a student: money, an item, a document (row B7).

    Holds exist before any clearance. An open one blocks the approval of its office;
    settled, planned in instalments, guaranteed or waived ones do not.
    """

    _name = "sajad.hold"
    _description = "Hold"
    _inherit = ["sajad.date.guard"]
    _order = "date desc, id desc"
    _rec_name = "description"

    student_id = fields.Many2one(
        "sajad.student", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        related="student_id.partner_id", store=True, string="Person", index=True
    )
    office_id = fields.Many2one(
        "sajad.office", required=True, index=True, ondelete="restrict"
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
    item_reference = fields.Char(help="The number of the book, key or document.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        default=lambda self: self._get_rial_id(),
    )
    amount = fields.Monetary()
    paid_amount = fields.Monetary(compute="_compute_money", store=True, string="Paid")
    residual = fields.Monetary(compute="_compute_money", store=True, string="Left")
    refundable = fields.Monetary(
        compute="_compute_money",
        store=True,
        help="What was paid beyond the amount, and is to be given back.",
    )
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
    date = fields.Date(required=True, default=fields.Date.context_today)
    date_closed = fields.Datetime(readonly=True)
    instalment_ids = fields.One2many("sajad.hold.instalment", "hold_id")
    payment_ids = fields.One2many("sajad.hold.payment", "hold_id", readonly=True)
    event_ids = fields.One2many("sajad.hold.event", "hold_id", readonly=True)
    # why it does not block any more
    authority = fields.Char(readonly=True, help="Who waived it or took the guarantee.")
    decision_reason = fields.Text(readonly=True)
    decision_reference = fields.Char(
        readonly=True, help="Number of the letter or of the notarised commitment."
    )
    proof_ids = fields.Many2many("ir.attachment", readonly=True, string="Proofs")
    # what the student says
    dispute_state = fields.Selection(
        [
            ("open", "Disputed"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
        ],
        readonly=True,
    )
    dispute_reason = fields.Text(readonly=True)
    dispute_answer = fields.Text(readonly=True)
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
    _open_idx = models.Index("(student_id, office_id) WHERE state = 'open'")

    @api.model
    def _get_rial_id(self):
        # `env.ref` asks the database each time; thousands of rows have one currency
        return self.env["ir.model.data"]._xmlid_to_res_id("base.IRR")

    @api.depends("amount", "payment_ids.amount", "payment_ids.kind")
    def _compute_money(self):
        for hold in self:
            paid = sum(
                -payment.amount if payment.kind == "refund" else payment.amount
                for payment in hold.payment_ids
            )
            hold.paid_amount = paid
            hold.residual = max(hold.amount - paid, 0)
            hold.refundable = max(paid - hold.amount, 0)

    @api.constrains("student_id", "office_id")
    def _check_university(self):
        for hold in self:
            if hold.student_id.university_id != hold.office_id.university_id:
                raise ValidationError(
                    self.env._("The student belongs to another university.")
                )

    @api.constrains("kind", "amount")
    def _check_amount(self):
        for hold in self:
            if hold.kind == "debt" and not hold.amount:
                raise ValidationError(self.env._("Enter the amount of the debt."))

    @api.model_create_multi
    def create(self, vals_list):
        holds = super().create(vals_list)
        # the history is written by the model alone
        holds.sudo()._log("recorded")
        return holds

    def write(self, vals):
        """Let people correct what is open and unpaid; the rest is for decisions.

        :raise AccessError: a client writes a field of a decision
        """
        if not self.env.su and (
            set(vals) - CLIENT_FIELDS
            or any(hold.state != "open" or hold.payment_ids for hold in self)
        ):
            raise AccessError(
                self.env._("A hold changes only through payments and decisions.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("A hold is never deleted, only closed."))

    def _log(self, kind, amount=0, note=""):
        """Append to the history of holds. With elevated rights."""
        self.env["sajad.hold.event"].create(
            [
                {"hold_id": hold.id, "kind": kind, "amount": amount, "note": note}
                for hold in self
            ]
        )
