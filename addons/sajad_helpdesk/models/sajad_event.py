from odoo import fields, models


class SajadEvent(models.Model):
    """What a support desk adds to the history of its requests (row D2)."""

    _inherit = "sajad.event"

    kind = fields.Selection(
        selection_add=[("closed", "Closed")],
        # history stays as it was written, without the addon too
        ondelete={"closed": lambda events: None},
    )
