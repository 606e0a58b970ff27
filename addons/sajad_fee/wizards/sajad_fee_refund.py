from odoo import api, fields, models
from odoo.exceptions import UserError


class SajadFeeRefund(models.TransientModel):
    """Asks how money goes back: through the provider, or by hand (row D5)."""

    _name = "sajad.fee.refund"
    _description = "Refund a Fee"

    fee_ids = fields.Many2many("sajad.fee", required=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_amounts")
    refundable = fields.Monetary(string="Refund Due", compute="_compute_amounts")
    online_amount = fields.Monetary(
        string="Through the Provider",
        compute="_compute_amounts",
        help="What the providers of the payments can give back by themselves.",
    )
    way = fields.Selection(
        [("online", "Through the provider"), ("hand", "By hand")],
        required=True,
        compute="_compute_way",
        store=True,
        readonly=False,
        precompute=True,
    )
    reference = fields.Char(help="The number of the paper of the bank.")
    note = fields.Char()

    @api.depends("fee_ids")
    def _compute_amounts(self):
        for wizard in self:
            fees = wizard.fee_ids._origin
            parts = [part for fee in fees for part in fee._get_refund_parts()]
            wizard.currency_id = fees.currency_id[:1]
            wizard.refundable = sum(fees.mapped("refundable"))
            wizard.online_amount = sum(amount for _transaction, amount in parts)

    @api.depends("fee_ids")
    def _compute_way(self):
        for wizard in self:
            online = wizard.online_amount and wizard.online_amount == wizard.refundable
            wizard.way = "online" if online else "hand"

    def action_apply(self):
        """Give the money back. Row D5

        :raise AccessError: the user keeps no fees
        :raise UserError: nothing has to go back, or not in this way
        """
        self.ensure_one()
        fees = self.fee_ids
        fees._check_keeper()
        if not fees.filtered("refundable"):
            raise UserError(self.env._("Nothing has to go back."))
        # who may was asked
        fees_sudo = fees.sudo()
        if self.way == "online":
            self._refund_online(fees_sudo)
        else:
            self._refund_by_hand(fees_sudo)
        return {"type": "ir.actions.act_window_close"}

    def _refund_online(self, fees_sudo):
        if not sum(fee._refund_online() for fee in fees_sudo):
            raise UserError(
                self.env._(
                    "The provider gives nothing back by itself, or was asked already. "
                    "Give the money back by hand and record it here."
                )
            )

    def _refund_by_hand(self, fees_sudo):
        reference = (self.reference or "").strip()
        if not reference:
            raise UserError(self.env._("Write the number of the paper of the bank."))
        for fee in fees_sudo.filtered("refundable"):
            fee._refund_by_hand(fee.refundable, reference, self.note or "")
