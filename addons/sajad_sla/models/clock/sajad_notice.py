from odoo import fields, models

KINDS = [
    ("sla_warned", "Promised Time Comes Near"),
    ("sla_late", "Past the Promised Time"),
]


class SajadNotice(models.Model):
    """Offices are told of what is late or will be (row D4)."""

    _inherit = "sajad.notice"

    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), "cascade")
    )
