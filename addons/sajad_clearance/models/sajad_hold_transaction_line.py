from odoo import fields, models


class SajadHoldTransactionLine(models.Model):
    """What a transaction of the payment engine pays for each hold (row B7).

    The amount is frozen when the student goes to pay: what happens to the hold
    meanwhile never changes what the money was sent for.
    """

    _name = "sajad.hold.transaction.line"
    _description = "Hold in a Transaction"
    _inherit = ["sajad.append.only"]
    _order = "transaction_id desc, id"
    _rec_name = "hold_id"

    transaction_id = fields.Many2one(
        "payment.transaction",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    hold_id = fields.Many2one(
        "sajad.hold", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="hold_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)

    _hold_uniq = models.UniqueIndex(
        "(transaction_id, hold_id)", "A transaction pays a hold once."
    )
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A payment has an amount above zero."
    )

    def _get_client_refusal(self):
        return self.env._("A hold changes only through payments and decisions.")
