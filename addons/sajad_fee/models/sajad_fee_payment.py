from odoo import api, fields, models

from odoo.addons.sajad_base.tools import paper_code

from ..tools import budget_year
from ..tools.rials import get_currency_id


class SajadFeePayment(models.Model):
    """Money that came for a fee, or went back. Never changed, never deleted (row D5).

    Service, university and budget year are those of the fee, so that income is
    counted from this table alone.
    """

    _name = "sajad.fee.payment"
    _description = "Payment of a Fee"
    _inherit = ["sajad.append.only"]
    _order = "id desc"
    _rec_name = "reference"

    fee_id = fields.Many2one(
        "sajad.fee", required=True, readonly=True, index=True, ondelete="restrict"
    )
    request_id = fields.Many2one(related="fee_id.request_id")
    process_id = fields.Many2one(
        "sajad.process",
        string="Service",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    university_id = fields.Many2one(
        "sajad.university",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    year = fields.Selection(
        selection=lambda self: [(year, year) for year in budget_year.get_years()],
        string="Budget Year",
        required=True,
        readonly=True,
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        default=lambda self: get_currency_id(self.env),
    )
    kind = fields.Selection(
        [("payment", "Payment"), ("refund", "Refund")], required=True, readonly=True
    )
    amount = fields.Monetary(required=True, readonly=True, aggregator=None)
    signed_amount = fields.Monetary(
        string="Income",
        compute="_compute_signed_amount",
        store=True,
        precompute=True,
        help="What came, less what went back.",
    )
    date = fields.Date(required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Paid by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    reference = fields.Char(
        readonly=True, help="The number of the payment, or of the paper of the bank."
    )
    note = fields.Char(readonly=True)
    transaction_id = fields.Many2one(
        "payment.transaction",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The online payment, empty when the office recorded it.",
    )

    token = fields.Char(
        required=True, readonly=True, default=lambda self: paper_code.make_token()
    )
    token_digest = fields.Char(
        compute="_compute_token_digest", store=True, precompute=True, readonly=True
    )

    _token_uniq = models.UniqueIndex("(token_digest)", "This token is in use.")
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A payment has an amount above zero."
    )
    _transaction_uniq = models.UniqueIndex(
        "(transaction_id) WHERE transaction_id IS NOT NULL",
        "A transaction is recorded once.",
    )

    @api.depends("amount", "kind")
    def _compute_signed_amount(self):
        for payment in self:
            sign = -1 if payment.kind == "refund" else 1
            payment.signed_amount = sign * payment.amount

    @api.depends("token")
    def _compute_token_digest(self):
        for payment in self:
            payment.token_digest = paper_code.digest(payment.token)

    def _get_client_refusal(self):
        return self.env._("A fee changes only through payments and decisions.")

    # ------------------------------------------------------------
    # RECEIPTS
    # ------------------------------------------------------------

    def action_print(self):
        """Print the receipts. Rows D5, E4"""
        self.check_access("read")
        report = self.env.ref("sajad_fee.sajad_fee_receipt_report")
        return report.report_action(self)

    def _get_receipt_number(self):
        """Return the number on the receipt: payments are never deleted."""
        self.ensure_one()
        return f"{self.id:07d}"

    def _get_bank_reference(self):
        """Return the number that the bank gave to an online payment."""
        self.ensure_one()
        # transactions are closed to all but administrators; this number is printed
        return self.transaction_id.sudo().provider_reference or ""

    def _get_verify_url(self):
        """Return the public page that says whether the receipt is genuine."""
        self.ensure_one()
        return f"{self.get_base_url()}/fees/verify/{self.token}"

    def _get_sheet_request(self):
        """Return the request, for a receipt that the user may read."""
        self.ensure_one()
        self.check_access("read")
        # fee officers need not read requests to print what was paid for them
        return self.sudo().request_id

    @api.model
    def _find_by_token(self, token):
        """Return the payment of a link, or nothing. With elevated rights."""
        token = (token or "")[:64]
        found = self.search([("token_digest", "=", paper_code.digest(token))], limit=1)
        matches = paper_code.is_same(found.token or "-", token)
        return found if matches and paper_code.TOKEN.fullmatch(token) else self.browse()
