from odoo import api, fields, models
from odoo.exceptions import AccessError


class SajadHoldPayment(models.Model):
    """Money that came for a hold, or went back. Never changed, never deleted."""

    _name = "sajad.hold.payment"
    _description = "Payment of a Hold"
    _inherit = ["sajad.date.guard"]
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

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A payment has an amount above zero."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_su()
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("A payment is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("A payment is never deleted."))

    def _check_su(self):
        if not self.env.su:
            raise AccessError(
                self.env._("A hold changes only through payments and decisions.")
            )
