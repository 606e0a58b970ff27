from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.journey import Journey

UNDO_WINDOW = timedelta(minutes=15)


class SajadEngineBack(models.AbstractModel):
    """Part of the engine: work goes back to who had it, or a decision is undone."""

    _name = "sajad.engine.back"
    _description = "Engine of Requests"

    # ------------------------------------------------------------
    # TO AN EARLIER STEP
    # ------------------------------------------------------------

    def _get_return_steps(self, task):
        """Return the earlier steps to which the work can be sent back."""
        if not task:
            return self.env["sajad.flow.step"]
        # steps and work of other offices, of the same request
        node = self._new_transition(task.request_id, task).nodes[0]
        upstream = node.journey.walk(node.step.id, "predecessors")
        # to who assigned it the work is given back instead, see _give_back
        upstream.discard(node.step.assigned_by)
        done = [i for i in upstream if node.journey.nodes[i].state == "done"]
        return self.env["sajad.flow.step"].browse(done).sorted("sequence")

    def _send_back(self, task, step, reason):
        """Send a request back to an earlier step, with a reason.

        Only what lies downstream of that step begins again, in a new round;
        finished parallel branches stay finished.

        :raise UserError: the user or the step cannot do this
        """
        with self._decision(task) as transition:
            self._raise_problems(transition.problems)
            node = transition.nodes[0]
            self._check_return(node, step)
            transition.close(
                node, "returned", reason, kind="sent_back", return_reason=reason
            )
            first = node.journey.begin_again(node.journey.nodes[step.id])
            transition.save()
            transition.open([first])

    def _check_return(self, node, step):
        upstream = node.journey.walk(node.step.id, "predecessors")
        if "allow_return" not in node.step.permissions or step.id not in upstream:
            raise UserError(
                self.env._("The work cannot be sent back to %(step)s.", step=step.name)
            )
        if node.journey.nodes[step.id].state != "done":
            raise UserError(self.env._("%(step)s decided nothing.", step=step.name))

    def _give_back(self, tasks, reason):
        """Give assigned work back to the head, who assigns again (row B3).

        :return: {task: sentence} of those that were not given back
        :raise AccessError: a task is not visible to the user
        """
        with self._decision(tasks) as transition:
            transition.leave_out(
                {
                    task: self.env._("Nobody has assigned this work.")
                    for task in transition.tasks
                    if not self._get_step(task).assigned_by
                }
            )
            self._return_to_heads(transition, transition.nodes, reason)
        return transition.problems

    def _return_to_heads(self, transition, nodes, reason):
        """Close assigned work and open that of the heads, who assign again."""
        heads = []
        for node in nodes:
            transition.close(
                node, "returned", reason, kind="given_back", return_reason=reason
            )
            head = node.journey.nodes[node.step.assigned_by]
            heads.append(node.journey.begin_again(head))
        if heads:
            transition.save()
            transition.open(heads)

    # ------------------------------------------------------------
    # UNDO
    # ------------------------------------------------------------

    def _get_undo_problem(self, task):
        """Return why the user cannot undo the decision, or an empty text."""
        if task.state != "done" or task.done_by_id.id != self.env.uid:
            return self.env._("This is no decision of yours.")
        if not task.current or task.outcome in ("returned", "referred"):
            return self.env._("The request has moved on.")
        if task.date_done < fields.Datetime.now() - UNDO_WINDOW:
            return self.env._("A decision can be undone for fifteen minutes.")
        # offices after this one, whatever the user may see of them
        request_sudo = task.request_id.sudo()
        touched = self._get_touched(task.step_id.id, request_sudo)
        if touched:
            return self.env._("%(step)s has begun already.", step=touched)
        if request_sudo.state == "cancelled":
            return self.env._("The request was cancelled.")
        # only who refused brings a refused request back
        if request_sudo.state == "refused" and task.outcome != "refused":
            return self.env._("The request was refused.")
        return ""

    def _get_touched(self, step_id, request):
        """Return the name of a step after this one where somebody has acted."""
        steps = self.env["sajad.flow"]._get_structure(request.flow_id.id)
        following = Journey(request, steps).walk(step_id, "successors")
        for task in request.task_ids.filtered("current"):
            # being assigned by this very decision is no act of the expert
            assigned = steps[task.step_id.id].assigned_by == step_id
            claimed = task.user_id and not assigned
            touched = task.done_by_id or claimed or task.state == "student"
            if task.step_id.id in following and touched:
                return task.stage_id.name
        return ""

    def _undo(self, task):
        """Take back a decision within the window, until a successor acted.

        :raise UserError: it is too late, or the decision is not the user's
        """
        task.check_access("read")
        problem = self._get_undo_problem(task)
        if problem:
            raise UserError(problem)
        memberships = self._get_memberships(task)
        with self._transition(task.request_id, task, memberships) as transition:
            node = transition.nodes[0]
            transition.add_event(node, "undone")
            if node.values["outcome"] == "refused":
                transition.open(node.journey.restore())
            elif not node.step.information:
                node.journey.count_up(node)
            node.set(
                state="ready",
                user_id=node.step.assigned_by and node.values["done_by_id"],
                outcome=False,
                done_by_id=False,
                on_behalf_of_id=False,
                date_done=False,
            )
