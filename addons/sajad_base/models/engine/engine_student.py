from odoo import models
from odoo.exceptions import UserError

from ...engine import states


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _require_visit(self, tasks, place, time, reason):
        """Preliminary confirmation: ask students to come in person (row B2).

        The work stays where it is and its clock stops; the students are told where
        to go, when and why.

        :return: {task: sentence} of those that were not changed
        """
        visit = {
            "visit_required": True,
            "visit_place": place,
            "visit_time": time,
            "visit_reason": reason,
        }
        problems = self._hand_to_student(tasks, "visit", "allow_visit", visit, reason)
        changed = tasks.filtered(lambda task: task not in problems)
        if changed:
            # elevated as hooks are; the user may require visits, as was checked
            self._apply_visit_required(changed.sudo())
        return problems

    def _return_to_student(self, tasks, reason):
        """Send requests back to be completed, with a reason.

        :return: {task: sentence} of those that were not changed
        """
        values = {"return_reason": reason}
        problems = self._hand_to_student(
            tasks, "answer", "allow_return", values, reason
        )
        changed = tasks.filtered(lambda task: task not in problems)
        # the student reads the reason on the request
        changed.request_id.sudo().write(values)
        return problems

    def _hand_to_student(self, tasks, wait, permission, values, reason):
        allowed, memberships, problems = self._split_decidable(tasks)
        allowed = self._lock_tasks(allowed, problems)
        allowed = self._check_permission(allowed, permission, problems)
        log = self._new_log(memberships)
        journeys = self._load(allowed.request_id)
        kind = "visit" if wait == "visit" else "returned"
        for node in self._get_nodes(allowed, journeys):
            cartable_id = node.values["cartable_id"]
            node.set(state="student", student_wait=wait, date_student=log.now, **values)
            log.add(kind, node.request, node, reason, cartable_id)
            log.notify(kind, node.request, node)
        self._settle(list(journeys.values()), log)
        return problems

    def _take_back(self, tasks):
        """Take work back from the student without an answer or a visit.

        :raise UserError: the user is not in charge, or the student has nothing
        """
        self._check_visible(tasks)
        # access was checked, states are the engine's own
        tasks = self._filter_with_student(tasks).sudo()
        if not tasks:
            raise UserError(self.env._("There is nothing of yours to take back."))
        self._resume_from_student(tasks, "released", "")

    def _filter_with_student(self, tasks):
        """Return the work that the user may take back from the student."""
        tasks = tasks.filtered(
            lambda t: (
                t.state == "student" and (not t.user_id or t.user_id.id == self.env.uid)
            )
        )
        memberships = self._get_memberships(tasks) if tasks else {}
        return tasks.filtered(lambda t: t.cartable_id.id in memberships)

    def _answer(self, request, text):
        """Take the student's answer: what was returned goes back to its office.

        The caller has checked that the request is the student's.

        :raise UserError: nothing waits for an answer
        """
        # the caller has checked whose request it is
        request = request.sudo()
        tasks = request.task_ids.filtered(
            lambda t: t.current and t.student_wait == "answer"
        )
        if not tasks:
            raise UserError(self.env._("The request does not wait for your answer."))
        self._resume_from_student(tasks, "answered", text)

    def _resume_from_student(self, tasks, kind, text, keep_user=False):
        """Make work the office's again. The caller has checked; with elevated rights.

        :param str kind: of the event that tells why
        :param bool keep_user: who had claimed the work goes on with it
        """
        self._lock(tasks.request_id)
        log = self._new_log()
        journeys = self._load(tasks.request_id)
        nodes = self._get_nodes(tasks, journeys)
        for node in nodes:
            log.add(kind, node.request, node, text)
        users = {node: node.values["user_id"] for node in nodes if keep_user}
        self._route(nodes, log)
        for node, user_id in users.items():
            if node.state == "ready":
                node.set(user_id=user_id)
        self._settle(list(journeys.values()), log)

    def _cancel(self, request, reason=""):
        """Cancel a request for its student while nothing was decided.

        The caller has checked that the request is the student's.

        :raise UserError: an office has decided already, or the request is closed
        """
        # the caller has checked whose request it is
        request = request.sudo()
        if not self._can_cancel(request):
            raise UserError(
                self.env._("An office has decided already; the request goes on.")
            )
        self._lock(request)
        log = self._new_log()
        journey = self._load(request)[request]
        self._end(journey, "cancelled", log)
        log.add("cancelled", request, reason=reason)
        self._settle([journey], log)

    def _can_cancel(self, request):
        """Whether a student may still withdraw the request."""
        if request.state not in states.WITHDRAWABLE:
            return False
        # the student reads no work items
        return not request.sudo().task_ids.filtered("done_by_id")
