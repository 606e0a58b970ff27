from odoo import fields, models

KINDS = [
    ("fee_waiting", "Fee to Be Paid"),
    ("fee_expired", "Fee Not Paid in Time"),
    ("fee_waived", "Fee Waived"),
    ("fee_refund", "Fee Goes Back"),
    ("fee_refunded", "Fee Refunded"),
    ("fee_reversing", "Payment Not Confirmed"),
    ("fee_reversed", "Payment Goes Back"),
]


class SajadNotice(models.Model):
    """Notices about the fees of requests (row D5)."""

    _inherit = "sajad.notice"

    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), "cascade")
    )
