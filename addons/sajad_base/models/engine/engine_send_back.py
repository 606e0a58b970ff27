from odoo import models
from odoo.exceptions import UserError

from ...engine import states
from ...engine.journey import Node


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _get_return_steps(self, task):
        """Return the earlier steps to which the work can be sent back."""
        # steps and work of other offices, of the same request
        task = task.sudo()
        if not task:
            return self.env["sajad.flow.step"]
        journey = self._load(task.request_id)[task.request_id]
        upstream = journey.walk(task.step_id.id, "predecessors")
        # to who assigned it the work is given back instead, see _give_back
        head = journey.steps[task.step_id.id].assigned_by
        done = [i for i in upstream if journey.nodes[i].state == "done" and i != head]
        return self.env["sajad.flow.step"].browse(done).sorted("sequence")

    def _send_back(self, task, step, reason):
        """Send a request back to an earlier step, with a reason.

        Only what lies downstream of that step begins again, in a new round;
        finished parallel branches stay finished.

        :raise UserError: the user or the step cannot do this
        """
        allowed, memberships, problems = self._split_decidable(task)
        allowed = self._lock_tasks(allowed, problems)
        self._raise_problems(problems)
        journey = self._load(allowed.request_id)[allowed.request_id]
        node = journey.nodes[allowed.step_id.id]
        target = journey.nodes.get(step.id)
        upstream = journey.walk(node.step.id, "predecessors")
        if "allow_return" not in node.step.permissions or step.id not in upstream:
            raise UserError(
                self.env._("The work cannot be sent back to %(step)s.", step=step.name)
            )
        if target.state != "done":
            raise UserError(self.env._("%(step)s decided nothing.", step=step.name))
        log = self._new_log(memberships)
        log.add("sent_back", node.request, node, reason, node.values["cartable_id"])
        self._close_returned(node, reason, log)
        target_node = self._reopen(journey, target)
        self._save([journey])
        self._open([target_node], log)
        self._settle([journey], log)

    def _close_returned(self, node, reason, log):
        member = log.memberships.get(node.values["cartable_id"])
        node.set(
            state="done",
            outcome="returned",
            student_wait=False,
            user_id=False,
            return_reason=reason,
            date_done=log.now,
            # a closed account decided nothing, nor did who closed it
            done_by_id=log.uid if member else False,
            on_behalf_of_id=(member and member.on_behalf_of_id.id) or False,
        )

    def _reopen(self, journey, target):
        """Begin a new round of `target` and of all that follows it."""
        reopened = journey.walk(target.step.id, "successors") | {target.step.id}
        # the former round gives way first: pending counts look at what is current
        for step_id in reopened:
            old = journey.nodes[step_id]
            if old.state == "waiting":
                continue
            if old.state in states.OPEN_WORK:
                old.set(state="cancelled", student_wait=False)
            old.set(current=False)
            journey.removed.append(old)
            # what an expert was assigned comes back to that expert
            again = old.step.assigned_by and step_id == target.step.id
            journey.add(
                Node(
                    journey,
                    old.step,
                    state="waiting",
                    round=old.values["round"] + 1,
                    user_id=again and old.values["done_by_id"],
                )
            )
        for step_id in reopened:
            node = journey.nodes[step_id]
            node.set(pending_count=journey.initial_pending(node.step, reopened))
        target_node = journey.nodes[target.step.id]
        target_node.set(pending_count=0)
        return target_node
