from odoo import api, fields, models
from odoo.exceptions import AccessError


class SajadHoldEvent(models.Model):
    """Append-only history of holds (row A11)."""

    _name = "sajad.hold.event"
    _description = "History of Holds"
    _order = "id desc"
    _rec_name = "kind"
    _log_access = False

    hold_id = fields.Many2one(
        "sajad.hold", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("recorded", "Recorded"),
            ("changed", "Changed"),
            ("paid", "Paid"),
            ("refunded", "Given Back"),
            ("planned", "In Instalments"),
            ("guaranteed", "Guaranteed"),
            ("settled", "Settled"),
            ("waived", "Waived"),
            ("cancelled", "Recorded by Mistake"),
            ("reopened", "Opened Again"),
            ("disputed", "Disputed"),
            ("dispute_accepted", "Objection Accepted"),
            ("dispute_rejected", "Objection Rejected"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.uid
    )
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    currency_id = fields.Many2one(related="hold_id.currency_id")
    amount = fields.Monetary(readonly=True)
    note = fields.Text(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("History is never written by hand."))
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("History is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("History is never deleted."))
