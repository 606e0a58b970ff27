from odoo import fields, models

KINDS = [
    ("dispute_opened", "A Dispute Was Opened"),
    ("dispute_message", "A Message in a Dispute"),
    ("dispute_offer", "An Offer in a Dispute"),
    ("dispute_soon", "A Negotiation Ends Soon"),
    ("dispute_over", "A Negotiation Is Over"),
    ("dispute_due", "A Final Opinion Is Due"),
    ("dispute_settled", "A Dispute Is Settled"),
    ("dispute_withdrawn", "A Dispute Was Withdrawn"),
    ("dispute_decided", "The Final Opinion on a Dispute"),
]


class SajadNotice(models.Model):
    """Notices about disputes (row D6)."""

    _inherit = "sajad.notice"

    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), "cascade")
    )
