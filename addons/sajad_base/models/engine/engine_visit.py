from odoo import models


class SajadEngine(models.AbstractModel):
    """Appointments of students who have to come in person (row B2)."""

    _inherit = "sajad.engine"

    def _require_visit(self, tasks, place, time, reason):
        problems = super()._require_visit(tasks, place, time, reason)
        changed = tasks.filtered(lambda task: task not in problems)
        # visits are the engine's own
        self.env["sajad.visit"].sudo()._expect(changed.sudo())
        return problems

    def _save(self, journeys):
        result = super()._save(journeys)
        ended = [
            node.task_id
            for journey in journeys
            for node in (*journey.removed, *journey.nodes.values())
            if node.original.get("student_wait") == "visit"
            and (node.values["student_wait"] != "visit" or node in journey.removed)
        ]
        if ended:
            # visits are the engine's own; whoever is not waited for need not come
            visits_sudo = self.env["sajad.visit"].sudo()
            visits_sudo.search(
                [("task_id", "in", ended), ("state", "=", "planned")]
            ).write({"state": "cancelled"})
        return result

    def _receive(self, visit):
        """Take the work back from a student who has come; the caller has checked."""
        # appointments are written by the engine, after the caller's checks
        visit_sudo = visit.sudo()
        visit_sudo.state = "came"
        visit_sudo.flush_recordset()
        claimed_by = visit_sudo.task_id.user_id
        self._resume_from_student(visit_sudo.task_id, "came", "")
        if claimed_by:
            visit_sudo.task_id.user_id = claimed_by

    def _miss(self, visit):
        """Record a missed appointment and let the student choose again."""
        # appointments are written by the engine, after the caller's checks
        visit_sudo = visit.sudo()
        visit_sudo.state = "no_show"
        visit_sudo.flush_recordset()
        self._log_visit("no_show", visit_sudo)
        visit_sudo._notify("no_show")
        visit_sudo._expect(visit_sudo.task_id)

    def _log_visit(self, kind, visit):
        """Append an event of a visit, which moves nothing."""
        log = self._new_log()
        # the request that the engine moves, checked by the caller
        request = visit.sudo().request_id
        journey = self._load(request)[request]
        # the step of the visit, for the history
        log.add(kind, request, journey.nodes.get(visit.sudo().task_id.step_id.id))
        self._write_log(log)
