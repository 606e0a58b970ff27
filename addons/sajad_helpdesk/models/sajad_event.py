from odoo import fields, models

KINDS = ("closed", "changed", "merged", "linked", "parted")


class SajadEvent(models.Model):
    """What a support desk adds to the history of its requests (row D2)."""

    _inherit = "sajad.event"

    kind = fields.Selection(
        selection_add=[
            ("closed", "Closed"),
            ("changed", "Category or Priority Changed"),
            ("merged", "Merged"),
            ("linked", "Linked to an Incident"),
            ("parted", "Merging Undone"),
        ],
        # history stays as it was written, without the addon too
        ondelete=dict.fromkeys(KINDS, lambda events: None),
    )
