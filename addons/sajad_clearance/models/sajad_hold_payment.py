from odoo import fields, models


class SajadHoldPayment(models.Model):
    """Money that came for a hold, or went back. Never changed, never deleted."""

    _name = "sajad.hold.payment"
    _description = "Payment of a Hold"
    _inherit = ["sajad.append.only", "sajad.date.guard"]
    _order = "id desc"
    _rec_name = "reference"

    hold_id = fields.Many2one(
        "sajad.hold", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="hold_id.currency_id")
    kind = fields.Selection(
        [("payment", "Payment"), ("refund", "Refund")], required=True, readonly=True
    )
    amount = fields.Monetary(required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    reference = fields.Char(readonly=True)
    transaction_id = fields.Many2one(
        "payment.transaction",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The online payment, empty when the office recorded it.",
    )

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A payment has an amount above zero."
    )
    _transaction_uniq = models.UniqueIndex(
        "(transaction_id, hold_id) WHERE transaction_id IS NOT NULL",
        "A transaction pays a hold once.",
    )

    def _get_client_refusal(self):
        return self.env._("A hold changes only through payments and decisions.")

    def _get_total(self):
        """Return the rials that came less those that went back."""
        return sum(-p.amount if p.kind == "refund" else p.amount for p in self)

    def _get_left_after(self):
        """Return what was left of the debt after this payment."""
        self.ensure_one()
        before = self.hold_id.payment_ids.filtered(lambda p: p.id <= self.id)
        return max(self.hold_id.amount - before._get_total(), 0)

    # ------------------------------------------------------------
    # RECEIPTS
    # ------------------------------------------------------------

    def _get_receipt_number(self):
        """Return the number on the receipt: payments are never deleted."""
        self.ensure_one()
        return f"{self.id:07d}"

    def _get_bank_reference(self):
        """Return the number that the bank gave to an online payment."""
        self.ensure_one()
        # transactions are closed to all but administrators; this number is printed
        return self.transaction_id.sudo().provider_reference or ""
