from odoo import models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_base.tools.sentences import list_quoted


class SajadEngine(models.AbstractModel):
    """Dossiers in the flow: documents decide with the step (rows C5, C9)."""

    _inherit = "sajad.engine"

    def _get_blockers(self, tasks):
        """Hold steps back whose documents are undecided, or whose dossier has gaps."""
        blockers = super()._get_blockers(tasks)
        for found in (tasks._get_document_problems(), self._get_gaps(tasks)):
            for task, sentences in found.items():
                blockers[task] = blockers.get(task, []) + sentences
        return blockers

    def _get_gaps(self, tasks):
        """Return {task: [sentence]} where a step asks for a complete dossier (C9)."""
        Step = self.env["sajad.flow.step"]
        asking = {
            task: phase
            for task in tasks
            if (phase := Step._get_dossier_check(task.step_id.id))
        }
        gaps = {}
        for task, phase in asking.items():
            dossier = task.request_id.student_id.dossier_ids
            missing = dossier._get_missing_items(None if phase == "all" else phase)
            if not dossier:
                gaps[task] = [self.env._("The student has no dossier.")]
            elif missing:
                names = list_quoted(self.env, missing.requirement_id.mapped("name"))
                gaps[task] = [self.env._("The dossier lacks: %(names)s", names=names)]
        return gaps

    def _return_rejected(self, tasks):
        """Return requests to their students with all rejected documents at once.

        :return: {task: sentence} of those that were not returned
        :raise AccessError: a task is not visible to the user
        """
        self._check_visible(tasks)
        # who decides is asked when they are returned
        tasks_sudo = tasks.sudo()
        undecided = tasks_sudo._get_undecided_documents()
        by_request = tasks_sudo.request_id._get_dossier_documents()
        problems = {}
        for task, task_sudo in zip(tasks, tasks_sudo, strict=True):
            documents = by_request.get(task_sudo.request_id, undecided.get(task_sudo))
            rejected = documents and documents.filtered(lambda d: d.state == "rejected")
            if undecided.get(task_sudo):
                names = list_quoted(self.env, undecided[task_sudo].mapped("name"))
                problems[task] = self.env._(
                    "Decide on these first, so that the student gets all at once: "
                    "%(names)s",
                    names=names,
                )
            elif not rejected:
                problems[task] = self.env._("No document is rejected.")
            else:
                reason = rejected._get_rejection_text()
                problems.update(self._return_to_student(task, reason))
        return problems

    def _answer(self, request, text):
        """Take no answer while a rejected document is as it was (row C5)."""
        # the student reads of the own dossier what the pages show
        documents = request.sudo()._get_dossier_documents().get(request, ())
        rejected = [d.name for d in documents if d.state == "rejected"]
        if rejected:
            raise UserError(
                self.env._(
                    "Bring better files in your dossier first: %(names)s",
                    names=list_quoted(self.env, rejected),
                )
            )
        return super()._answer(request, text)

    def _end_empty(self, requests, reason):
        """End requests that have no document left, and on which nobody decided (C8).

        Called with elevated rights; the caller has checked who may.

        :param str reason: for the history
        """
        documents = requests._get_dossier_documents()
        empty = requests.filtered(
            lambda request: not documents[request] and self._can_cancel(request)
        )
        if not empty:
            return
        with self._transition(empty) as transition:
            for journey in transition.journeys.values():
                journey.end("cancelled")
                transition.log.add("cancelled", journey.request, reason=reason)

    def _apply_done(self, requests):
        """Begin the final check, or end it: the dossier becomes inactive (row C9)."""
        result = super()._apply_done(requests)
        leaving = requests.filtered("process_id.starts_final_check").student_id
        leaving.dossier_ids._send_for_check("graduation")
        Note = self.env["sajad.dossier.note"]
        for phase, checked in requests.grouped("dossier_phase").items():
            if phase:
                Note._note_completeness(checked.dossier_id, phase)
        checked = requests.filtered(
            lambda r: r.dossier_phase == "graduation" and not r.dossier_id.end_kind
        )
        today = get_country_today()
        checked.dossier_id.write({"end_kind": "graduated", "date_end": today})
        checked.ended_dossier = True
        return result

    def _undo(self, task):
        """Undo what the last approval of the final check said of the dossier, too."""
        result = super()._undo(task)
        # the decision was the user's own; what followed from it is the system's
        request_sudo = task.request_id.sudo()
        if request_sudo.ended_dossier and request_sudo.state != "done":
            request_sudo.dossier_id.write({"end_kind": False, "date_end": False})
            request_sudo.ended_dossier = False
        return result
