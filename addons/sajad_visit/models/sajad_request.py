from odoo import api, models
from odoo.fields import Domain


class SajadRequest(models.Model):
    """Visits of students who wait before an office (row B2)."""

    _inherit = "sajad.request"

    def _get_portal_visits(self):
        """Return the visits that students of these requests have before them."""
        return self._search_portal_visits(Domain("id", "in", self.ids))

    @api.model
    def _search_portal_visits(self, requests):
        """Return the visits that students have before them, by a domain of requests."""
        planned = Domain("request_id", "any", requests) & Domain(
            "state", "=", "planned"
        )
        # access to the requests was checked
        visits = self.env["sajad.visit"].sudo().search_fetch(planned)
        return visits.filtered(lambda visit: visit.task_id.student_wait == "visit")
