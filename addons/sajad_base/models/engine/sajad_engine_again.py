from odoo import models
from odoo.exceptions import UserError


class SajadEngineAgain(models.AbstractModel):
    """Part of the engine: another office takes work over, or the last one again."""

    _name = "sajad.engine.again"
    _description = "Engine of Requests"

    # ------------------------------------------------------------
    # TO AN OFFICE BESIDE
    # ------------------------------------------------------------

    def _get_refer_steps(self, task):
        """Return the steps beside this one to which its work can be referred."""
        if not task or "allow_refer" not in self._get_step(task).permissions:
            return self.env["sajad.flow.step"]
        # steps and work of other offices, of the same request
        node = self._new_transition(task.request_id, task).nodes[0]
        beside = [other.step.id for other in node.journey.get_beside(node)]
        return self.env["sajad.flow.step"].browse(beside).sorted("sequence")

    def _refer(self, tasks, stage, reason):
        """Give work to an office beside this one, which decides instead (row D2).

        The condition of its step is not asked: who refers knows better.

        :param stage: of the office that takes over
        :return: {task: sentence} of those that were not referred
        :raise AccessError: a task is not visible to the user
        """
        with self._decision(tasks) as transition:
            engine = transition.engine
            transition.leave_out(engine._get_refer_problems(transition, stage))
            opening = []
            for node in transition.nodes:
                target = self._find_beside(node, stage)
                transition.close(
                    node, "referred", reason, kind="referred", return_reason=reason
                )
                opening.append(node.journey.begin_again(target))
            transition.save()
            engine._route(opening, transition.log)
        return transition.problems

    def _find_beside(self, node, stage):
        """Return the node of a stage beside this one, or None."""
        beside = node.journey.get_beside(node)
        return next((n for n in beside if n.step.stage_id == stage.id), None)

    def _get_refer_problems(self, transition, stage):
        tasks, nodes = transition.tasks, transition.nodes
        problems = {
            task: self.env._(
                "The work cannot be referred to %(stage)s.", stage=stage.name
            )
            for task, node in zip(tasks, nodes, strict=True)
            if not self._find_beside(node, stage)
        }
        return {**problems, **self._get_permission_problems(tasks, "allow_refer")}

    # ------------------------------------------------------------
    # AFTER THE END
    # ------------------------------------------------------------

    def _reopen(self, request, reason=""):
        """Open a finished request again: the office that decided last goes on.

        In a new round, by the same expert who decided if still in charge. The caller
        has checked who may do this and until when (row D1).

        :raise UserError: the request is not finished, or no office has decided on it
        """
        if request.state != "done":
            raise UserError(self.env._("The request is not finished."))
        with self._transition(request) as transition:
            journey = transition.journeys[transition.requests]
            last = self._find_last(journey)
            user_id = last.values["done_by_id"]
            node = journey.begin_again(last)
            transition.add_event(node, "reopened", reason)
            transition.save()
            transition.open([node])
            deciders = self._get_deciders({node.values.get("cartable_id")})
            if any(user_id in users.ids for users in deciders.values()):
                node.set(user_id=user_id)

    def _find_last(self, journey):
        """Return the node of the decision with which the request ended.

        :raise UserError: no office has decided
        """
        decided = journey.request.task_ids.filtered(
            lambda task: task.current and task.outcome == "approved" and task.done_by_id
        )
        last = decided.sorted(lambda task: (task.date_done, task.id))[-1:]
        if not last:
            raise UserError(self.env._("No office has decided on this request."))
        return journey.nodes[last.step_id.id]
