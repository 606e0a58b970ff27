from odoo import models


class SajadEngine(models.AbstractModel):
    """Appointments of students who have to come in person (row B2)."""

    _inherit = "sajad.engine"

    def _apply_visit_required(self, tasks):
        result = super()._apply_visit_required(tasks)
        # visits are the engine's own
        self.env["sajad.visit"].sudo()._expect(tasks)
        return result

    def _apply_student_released(self, nodes):
        result = super()._apply_student_released(nodes)
        visits = [n.task_id for n in nodes if n.original["student_wait"] == "visit"]
        if visits:
            # visits are the engine's own; whoever is not waited for need not come
            visits_sudo = self.env["sajad.visit"].sudo()
            visits_sudo.search(
                [("task_id", "in", visits), ("state", "=", "planned")]
            ).write({"state": "cancelled"})
        return result

    def _receive(self, visit):
        """Take the work back from a student who has come; the caller has checked."""
        # appointments are written by the engine, after the caller's checks
        visit_sudo = visit.sudo()
        visit_sudo.state = "came"
        visit_sudo.flush_recordset()
        self._resume_from_student(visit_sudo.task_id, "came", keep_user=True)

    def _miss(self, visit):
        """Record a missed appointment and let the student choose again."""
        # appointments are written by the engine, after the caller's checks
        visit_sudo = visit.sudo()
        visit_sudo.state = "no_show"
        visit_sudo.flush_recordset()
        self._record("no_show", visit_sudo.task_id)
        visit_sudo._notify("no_show")
        visit_sudo._expect(visit_sudo.task_id)
