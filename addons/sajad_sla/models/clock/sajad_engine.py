from odoo import models

from ...engine.spans import HEARD
from .sajad_event import INTERNAL_KINDS


class SajadEngine(models.AbstractModel):
    """Clocks follow history, in the same transition (row D4)."""

    _inherit = "sajad.engine"

    def _apply_history(self, entries, moment):
        result = super()._apply_history(entries, moment)
        heard = [entry for entry in entries if entry.kind in HEARD]
        if heard:
            self.env["sajad.sla.keeper"]._follow(heard, moment)
        return result

    def _get_internal_kinds(self):
        return super()._get_internal_kinds() | INTERNAL_KINDS

    def _hear(self, requests, kind):
        """Record that somebody spoke in public. The caller has checked who.

        Through the door, so that of two answers at one moment each hears the other.
        """
        with self._transition(requests) as transition:
            for request in transition.requests:
                transition.log.add(kind, request)
