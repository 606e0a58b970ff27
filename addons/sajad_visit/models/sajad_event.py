from odoo import fields, models

KINDS = [
    ("booked", "Appointment Chosen"),
    ("came", "Came in Person"),
    ("no_show", "Did Not Come"),
]


def keep(events):
    """Leave history as it was written, without the addon too."""


class SajadEvent(models.Model):
    """What becomes of visits stands in the history of the request (row B2)."""

    _inherit = "sajad.event"

    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), keep)
    )
