from odoo import models

from ...engine import states


class SajadEngineDecide(models.AbstractModel):
    """Part of the engine: work is approved or refused (row A11)."""

    _name = "sajad.engine.decide"
    _description = "Engine of Requests"

    def _decide(self, tasks, outcome, reason=""):
        """Decide on work items, one or many, and move their requests on.

        :param str outcome: "approved" or "refused"; what is only for information is
            marked as seen instead of approved
        :return: {task: sentence} of those that were not decided
        :rtype: dict
        :raise AccessError: a task is not visible to the user
        """
        with self._decision(tasks) as transition:
            engine = transition.engine
            transition.leave_out(engine._get_decision_problems(transition.tasks))
            if outcome == "refused":
                transition.leave_out(engine._get_refusal_problems(transition.tasks))
                engine._refuse(transition, reason)
            else:
                transition.leave_out(engine._get_approval_problems(transition.tasks))
                engine._approve(transition, reason)
        return transition.problems

    def _approve(self, transition, reason):
        nodes = transition.nodes
        for node in nodes:
            outcome = "seen" if node.step.information else "approved"
            transition.close(node, outcome, reason)
        self._carry_out(transition, "approved")
        # steps for information let their successors go when they opened
        transition.pass_on([n for n in nodes if not n.step.information])

    def _refuse(self, transition, reason):
        nodes = transition.nodes
        for node in nodes:
            transition.close(node, "refused", reason)
        self._carry_out(transition, "refused")
        for node in nodes:
            node.journey.end("refused")
            transition.log.notify("refused", node.request, node)

    def _carry_out(self, transition, outcome):
        """Let decisions that are made have their effects, before requests move."""
        if not transition.tasks:
            return
        transition.save()
        if outcome == "approved":
            self._give_numbers(transition)
        self._apply_effects(transition.tasks, outcome)

    def _give_numbers(self, transition):
        """Number the requests that a secretariat approves (row B3).

        One draw per university, however many. A request keeps its number for ever: an
        undone and repeated approval gives no second one, and nobody else gets it.
        """
        log = transition.log
        numbering = transition.tasks.filtered(lambda t: self._get_step(t).numbering)
        new = numbering.request_id.filtered(lambda r: not r.registration_number)
        for university, members in new.grouped("university_id").items():
            year, numbers = self.env["sajad.register"]._draw(
                university, "registration", len(members), log.now
            )
            ordered = members.sorted("id")
            for request, number in zip(ordered, numbers, strict=True):
                text = f"{year}/{number:04d}"
                request.write(
                    {"registration_number": text, "registration_date": log.now}
                )
                log.add("registered", request, reason=text)

    # ------------------------------------------------------------
    # CHECKS
    # ------------------------------------------------------------

    def _get_permission_problems(self, tasks, permission):
        """Return {task: sentence} where the step may not do this."""
        return {
            task: self.env._(
                "%(step)s does not decide this way.", step=task.stage_id.name
            )
            for task in tasks
            if permission not in self._get_step(task).permissions
        }

    def _get_refusal_problems(self, tasks):
        """Return {task: sentence} for work that cannot end its request."""
        problems = self._get_permission_problems(tasks, "allow_refuse")
        for task in tasks:
            # what is only to be seen can be left over when all is decided
            if task.request_id.state not in states.OPEN_REQUESTS:
                problems[task] = self.env._("The request is finished already.")
        return problems

    def _get_approval_problems(self, tasks):
        """Return {task: sentence} for work that cannot be approved as it is."""
        assigning = tasks.filtered(lambda task: self._get_step(task).assigns)
        problems = {
            task: self.env._(
                "%(step)s decides by assigning: choose the expert.",
                step=task.stage_id.name,
            )
            for task in assigning
        }
        return {**problems, **self._get_term_problems(tasks - assigning)}

    def _get_term_problems(self, tasks):
        """Return {task: sentence} where a check of the step fails, or a blocker is."""
        problems = {}
        for step, members in tasks.grouped("step_id").items():
            checked = self._get_step(members[0]).has_checks
            for check in step.check_ids if checked else ():
                for task in members - check._filter_passed(members):
                    problems.setdefault(task, check._describe()["sentence"])
        passed = tasks.filtered(lambda task: task not in problems)
        for task, sentences in self._get_blockers(passed).items():
            if sentences:
                problems[task] = "\n".join(sentences)
        return problems
