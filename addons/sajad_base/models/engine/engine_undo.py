from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine import states
from ...engine.journey import Journey

UNDO_WINDOW = timedelta(minutes=15)


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _get_undo_problem(self, task):
        """Return why the user cannot undo the decision, or an empty text."""
        if task.state != "done" or task.done_by_id.id != self.env.uid:
            return self.env._("This is no decision of yours.")
        if not task.current or task.outcome == "returned":
            return self.env._("The request has moved on.")
        if task.date_done < fields.Datetime.now() - UNDO_WINDOW:
            return self.env._("A decision can be undone for fifteen minutes.")
        # offices after this one, whatever the user may see of them
        request = task.request_id.sudo()
        structure = self.env["sajad.flow"]._get_structure(request.flow_id.id)
        following = Journey(request, structure).walk(task.step_id.id, "successors")
        for other in request.task_ids.filtered("current"):
            step = structure[other.step_id.id]
            # being assigned by this very decision is no act of the expert
            claimed = other.user_id and step.assigned_by != task.step_id.id
            touched = other.done_by_id or claimed or other.state == "student"
            if other.step_id.id in following and touched:
                return self.env._(
                    "%(step)s has begun already.", step=other.stage_id.name
                )
        if request.state == "cancelled":
            return self.env._("The request was cancelled.")
        # only who refused brings a refused request back
        if request.state == "refused" and task.outcome != "refused":
            return self.env._("The request was refused.")
        return ""

    def _undo(self, task):
        """Take back a decision within the window, until a successor acted.

        :raise UserError: it is too late, or the decision is not the user's
        """
        task.check_access("read")
        problem = self._get_undo_problem(task)
        if problem:
            raise UserError(problem)
        # access was checked, states are the engine's own
        task = task.sudo()
        request = task.request_id
        self._lock(request)
        log = self._new_log(self._get_memberships(task))
        journey = self._load(request)[request]
        node = journey.nodes[task.step_id.id]
        log.add("undone", request, node, cartable_id=task.cartable_id.id)
        if task.outcome == "refused":
            self._restore_cancelled(journey, log)
        elif not node.step.information:
            journey.count_up(node)
        if not node.step.information:
            self._reopen_request(request)
        node.set(
            state="ready",
            user_id=node.step.assigned_by and task.done_by_id.id,
            outcome=False,
            done_by_id=False,
            on_behalf_of_id=False,
            date_done=False,
        )
        self._settle([journey], log)

    def _restore_cancelled(self, journey, log):
        """Bring back the work that a refusal cancelled."""
        cancelled = [n for n in journey.nodes.values() if n.state == "cancelled"]
        for node in cancelled:
            node.set(state="waiting")
        self._open([n for n in cancelled if n.values["pending_count"] <= 0], log)

    def _reopen_request(self, request):
        if request.state in states.DECIDED_REQUESTS:
            self._set_state(
                request,
                "running",
                date_done=False,
                open_key=request._get_open_key(
                    request.process_id, request._get_requester()
                ),
            )
