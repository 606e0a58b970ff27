from odoo import models

from ...engine import states


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _decide(self, tasks, outcome, reason=""):
        """Decide on work items, one or many, and move their requests on (row A11).

        :param str outcome: "approved" or "refused"; what is only for information is
            marked as seen instead of approved
        :return: {task: sentence} of those that were not decided
        :rtype: dict
        :raise AccessError: a task is not visible to the user
        """
        allowed, memberships, problems = self._split_decidable(tasks)
        allowed = self._lock_tasks(allowed, problems)
        problems.update(self._get_decision_problems(allowed))
        allowed = allowed.filtered(lambda task: task not in problems)
        if outcome == "refused":
            allowed = self._check_refusal(allowed, problems)
        else:
            allowed = self._check_approval(allowed, problems)
        if not allowed:
            return problems
        log = self._new_log(memberships)
        journeys = self._load(allowed.request_id)
        nodes = self._get_nodes(allowed, journeys)
        for node in nodes:
            self._close(node, outcome, reason, log)
        self._save(journeys.values())
        if outcome == "approved":
            self._give_numbers(allowed)
        self._apply_effects(allowed, outcome)
        if outcome == "refused":
            self._refuse(nodes, log)
        else:
            # steps for information let their successors go when they opened
            self._pass_on([n for n in nodes if not n.step.information], log)
        self._settle(list(journeys.values()), log)
        return problems

    def _get_nodes(self, tasks, journeys):
        """Return the nodes of tasks, in their order."""
        return [journeys[task.request_id].nodes[task.step_id.id] for task in tasks]

    def _close(self, node, outcome, reason, log):
        """Finish a node with a decision of the user."""
        cartable_id = node.values.get("cartable_id")
        member = log.memberships.get(cartable_id)
        if node.step.information and outcome == "approved":
            outcome = "seen"
        node.set(
            state="done",
            outcome=outcome,
            student_wait=False,
            user_id=False,
            date_done=log.now,
            done_by_id=log.uid,
            on_behalf_of_id=(member and member.on_behalf_of_id.id) or False,
        )
        log.add(outcome, node.request, node, reason, cartable_id)

    def _check_permission(self, tasks, permission, problems):
        """Leave out the tasks whose step may not do this."""
        for task in tasks:
            if permission not in self._get_step(task).permissions:
                problems[task] = self.env._(
                    "%(step)s does not decide this way.", step=task.stage_id.name
                )
        return tasks.filtered(lambda task: task not in problems)

    def _check_refusal(self, tasks, problems):
        """Leave out the tasks that cannot end their requests."""
        for task in tasks:
            # what is only to be seen can be left over when all is decided
            if task.request_id.state not in states.OPEN_REQUESTS:
                problems[task] = self.env._("The request is finished already.")
        return self._check_permission(
            tasks.filtered(lambda task: task not in problems), "allow_refuse", problems
        )

    def _check_approval(self, tasks, problems):
        """Leave out the tasks that cannot be approved as they are."""
        for task in tasks:
            if self._get_step(task).assigns:
                problems[task] = self.env._(
                    "%(step)s decides by assigning: choose the expert.",
                    step=task.stage_id.name,
                )
        return self._check_terms(
            tasks.filtered(lambda task: task not in problems), problems
        )

    def _check_terms(self, tasks, problems):
        """Leave out the tasks that fail a check of their step or have a blocker."""
        for step, members in tasks.grouped("step_id").items():
            checked = self._get_step(members[0]).has_checks
            for check in step.check_ids if checked else ():
                passed = members.filtered_domain(check._parse_domain())
                for task in members - passed:
                    problems.setdefault(task, check.name)
        tasks = tasks.filtered(lambda task: task not in problems)
        for task, sentences in self._get_blockers(tasks).items():
            if sentences:
                problems[task] = "\n".join(sentences)
        return tasks.filtered(lambda task: task not in problems)

    def _refuse(self, nodes, log):
        """End the requests of refused work."""
        for node in nodes:
            self._end(node.journey, "refused", log)
            log.notify("refused", node.request, node)
