from odoo import fields, models


class SajadHoldPayment(models.Model):
    """Payments that came through the payment engine, and their receipts."""

    _inherit = "sajad.hold.payment"

    transaction_id = fields.Many2one(
        "payment.transaction",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The online payment, empty when the office recorded it.",
    )

    _transaction_uniq = models.UniqueIndex(
        "(transaction_id, hold_id) WHERE transaction_id IS NOT NULL",
        "A transaction pays a hold once.",
    )

    def _get_receipt_number(self):
        """Return the number on the receipt: payments are never deleted."""
        self.ensure_one()
        return f"{self.id:07d}"

    def _get_bank_reference(self):
        """Return the number that the bank gave to an online payment."""
        self.ensure_one()
        # transactions are closed to all but administrators; this number is printed
        return self.transaction_id.sudo().provider_reference or ""

    def _get_left_after(self):
        """Return what was left of the debt after this payment."""
        self.ensure_one()
        before = self.hold_id.payment_ids.filtered(lambda p: p.id <= self.id)
        paid = sum(-p.amount if p.kind == "refund" else p.amount for p in before)
        return max(self.hold_id.amount - paid, 0)
