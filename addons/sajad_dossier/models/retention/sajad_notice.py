from odoo import fields, models

KINDS = [
    ("destruction", "A List of Destruction Waits"),
    ("document_soon", "A Document Is Due Soon"),
    ("document_late", "A Document Is Overdue"),
]


class SajadNotice(models.Model):
    """Notices about lists of destruction and deadlines (rows C2, C4)."""

    _inherit = "sajad.notice"

    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), "cascade")
    )
