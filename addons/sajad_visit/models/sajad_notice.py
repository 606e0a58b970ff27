from odoo import fields, models

KINDS = [
    ("visit_reminder", "Reminder of a Visit"),
    ("no_show", "Did Not Come"),
    ("slot_gone", "Appointment Cancelled by the Office"),
]


class SajadNotice(models.Model):
    """Students are told of their appointments (row B2)."""

    _inherit = "sajad.notice"

    visit_id = fields.Many2one("sajad.visit", ondelete="cascade")
    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), "cascade")
    )
