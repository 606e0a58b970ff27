from odoo import models


class SajadRequest(models.Model):
    """Visits of students who wait before an office (row B2)."""

    _inherit = "sajad.request"

    def _get_portal_visits(self):
        """Return the visits that students of these requests have before them."""
        visits = (
            self.env["sajad.visit"]
            # access to the requests was checked
            .sudo()
            .search([("request_id", "in", self.ids), ("state", "=", "planned")])
        )
        return visits.filtered(lambda visit: visit.task_id.student_wait == "visit")
