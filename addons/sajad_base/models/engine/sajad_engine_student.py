from odoo import models
from odoo.exceptions import UserError

from ...engine import states
from ...engine.journey import Journey


class SajadEngineStudent(models.AbstractModel):
    """Part of the engine: students submit, come, answer and withdraw."""

    _name = "sajad.engine.student"
    _description = "Engine of Requests"

    # ------------------------------------------------------------
    # SUBMIT
    # ------------------------------------------------------------

    def _submit(self, requests):
        """Start drafts on the published versions of their processes (row A6).

        All steps of the version become work items at once, so that the timeline and
        the boards read the same rows. The caller has checked who may submit.
        What is held back, such as for its fee, stays a draft and is submitted later.

        :raise UserError: a process takes no request now, or a request is no draft
        """
        # drafts are in nobody else's hands: there is nothing to lock
        transition = self._new_transition(requests)
        engine, log, requests = transition.engine, transition.log, transition.requests
        if any(request.state != "draft" for request in requests):
            raise UserError(self.env._("The request was submitted already."))
        engine._check_in_time(requests)
        requests._check_reachable()
        engine._check_submit(requests)
        requests -= engine._hold_back(requests)
        if not requests:
            return
        transition.requests = requests
        engine._start(requests, log)
        journeys = {request: engine._new_journey(request) for request in requests}
        transition.replace(journeys)
        roots = []
        for request, journey in journeys.items():
            log.add("submitted", request)
            log.notify("submitted", request)
            roots += journey.begin()
        transition.open(roots)
        engine._settle(transition)

    def _start(self, requests, log):
        """Pin versions and routes on drafts."""
        places = [(r.process_id, r.university_id, r.faculty_id) for r in requests]
        scopes = self.env["sajad.scope"]._get_or_create(places)
        by_request = dict(zip(requests, places, strict=True))
        grouped = requests.grouped(lambda r: scopes[by_request[r]])
        for scope, members in grouped.items():
            self._set_state(
                members,
                "running",
                log,
                flow_id=scope.process_id.published_flow_id.id,
                scope_id=scope.id,
                date_submit=log.now,
            )

    def _new_journey(self, request):
        steps = self.env["sajad.flow"]._get_structure(request.flow_id.id)
        return Journey(request, steps)

    # ------------------------------------------------------------
    # THE STUDENT HAS TO ACT
    # ------------------------------------------------------------

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
        with self._decision(tasks) as transition:
            self._hand_to_student(transition, "visit", "allow_visit", visit, reason)
        if transition.tasks:
            transition.engine._apply_visit_required(transition.tasks)
        return transition.problems

    def _return_to_student(self, tasks, reason):
        """Send requests back to be completed, with a reason.

        :return: {task: sentence} of those that were not changed
        """
        values = {"return_reason": reason}
        with self._decision(tasks) as transition:
            self._hand_to_student(transition, "answer", "allow_return", values, reason)
            # the student reads the reason on the request
            transition.requests.write(values)
        return transition.problems

    def _hand_to_student(self, transition, wait, permission, values, reason):
        transition.leave_out(
            self._get_permission_problems(transition.tasks, permission)
        )
        log = transition.log
        kind = "visit" if wait == "visit" else "returned"
        for node in transition.nodes:
            node.set(state="student", student_wait=wait, date_student=log.now, **values)
            transition.add_event(node, kind, reason)
            log.notify(kind, node.request, node)

    # ------------------------------------------------------------
    # THE WORK IS THE OFFICE'S AGAIN
    # ------------------------------------------------------------

    def _take_back(self, tasks):
        """Take work back from the student without an answer or a visit.

        :raise UserError: the user is not in charge, or the student has nothing
        """
        self._check_visible(tasks)
        tasks = self._filter_with_student(tasks)
        if not tasks:
            raise UserError(self.env._("There is nothing of yours to take back."))
        self._resume_from_student(tasks, "released")

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
        # the student reads no work items; the caller has checked whose request it is
        tasks_sudo = request.sudo().task_ids.filtered(
            lambda t: t.current and t.student_wait == "answer"
        )
        if not tasks_sudo:
            raise UserError(self.env._("The request does not wait for your answer."))
        self._resume_from_student(tasks_sudo, "answered", text)

    def _resume_from_student(self, tasks, kind, text="", keep_user=False):
        """Make work the office's again, all or none. The caller has checked.

        :param str kind: of the event that tells why
        :param bool keep_user: who had claimed the work goes on with it
        :raise UserError: a request is in use
        """
        with self._transition(tasks.request_id, tasks) as transition:
            self._raise_problems(transition.problems)
            nodes = transition.nodes
            users = {node: node.values["user_id"] for node in nodes if keep_user}
            for node in nodes:
                transition.add_event(node, kind, text)
            transition.engine._route(nodes, transition.log)
            for node, user_id in users.items():
                if node.state == "ready":
                    node.set(user_id=user_id)

    # ------------------------------------------------------------
    # WITHDRAW
    # ------------------------------------------------------------

    def _cancel(self, request, reason=""):
        """Cancel a request for its student while nothing was decided.

        The caller has checked that the request is the student's.

        :raise UserError: an office has decided already, or the request is closed
        """
        if not self._can_cancel(request):
            raise UserError(
                self.env._("An office has decided already; the request goes on.")
            )
        with self._transition(request) as transition:
            for journey in transition.journeys.values():
                journey.end("cancelled")
                transition.log.add("cancelled", journey.request, reason=reason)

    def _can_cancel(self, request):
        """Whether a student may still withdraw the request."""
        if request.state not in states.WITHDRAWABLE:
            return False
        # the student reads no work items; of the current ones most pages know it
        request_sudo = request.sudo()
        decided = "done_by_id"
        return not (
            request_sudo.current_task_ids.filtered(decided)
            or request_sudo.task_ids.filtered(decided)
        )
