from odoo import fields, models


class SajadEvent(models.Model):
    """What a commission puts off stays on the agenda of another session (row A7)."""

    _inherit = "sajad.event"

    kind = fields.Selection(
        selection_add=[("postponed", "Postponed by the Commission")],
        # history stays as it was written, without the addon too
        ondelete={"postponed": lambda events: None},
    )
