from odoo import models

from ...engine import states


class SajadEngine(models.AbstractModel):
    """Steps that are decided by assigning: a head picks the expert (row B3)."""

    _inherit = "sajad.engine"

    def _assign_experts(self, experts, reason=""):
        """Finish the heads' work by putting the next step's into an expert's hands.

        :param dict experts: {task of the head: user who decides in the cartable of
            the step after it}
        :return: {task: sentence} of those that were not assigned
        :rtype: dict
        :raise AccessError: a task is not visible to the user
        """
        tasks = self.env["sajad.task"].union(*experts)
        allowed, memberships, problems = self._split_decidable(tasks)
        allowed = self._lock_tasks(allowed, problems)
        for task in allowed:
            if not self._get_step(task).assigns:
                problems[task] = self.env._(
                    "%(step)s assigns nobody.", step=task.stage_id.name
                )
        allowed = allowed.filtered(lambda task: task not in problems)
        allowed = self._check_terms(allowed, problems)
        journeys = self._load(allowed.request_id)
        users = {task: experts[task.with_env(tasks.env)] for task in allowed}
        allowed = self._check_experts(users, journeys, problems)
        if not allowed:
            return problems
        log = self._new_log(memberships)
        nodes = self._get_nodes(allowed, journeys)
        for node, task in zip(nodes, allowed, strict=True):
            self._close(node, "assigned", self._tell_expert(users[task], reason), log)
        self._save(journeys.values())
        self._give_numbers(allowed)
        self._apply_effects(allowed, "approved")
        self._pass_on(nodes, log)
        for node, task in zip(nodes, allowed, strict=True):
            following = self._get_following(node)
            if following.state == "ready":
                following.set(user_id=users[task].id)
        self._settle(list(journeys.values()), log)
        return problems

    def _reassign(self, experts, reason=""):
        """Give work that a head has assigned to somebody else, while it is open.

        :param dict experts: {task of the head: user}
        :return: {task: sentence} of those that were not changed
        :raise AccessError: a task is not visible to the user
        """
        tasks = self.env["sajad.task"].union(*experts)
        self._check_visible(tasks)
        memberships = self._get_memberships(tasks)
        problems = {}
        # From here on the engine acts: access was checked, states are its own.
        allowed = tasks.sudo()
        for task in allowed:
            problem = self._get_reassign_problem(task, memberships)
            if problem:
                problems[task] = problem
        allowed = allowed.filtered(lambda task: task not in problems)
        allowed = self._lock_tasks(allowed, problems)
        journeys = self._load(allowed.request_id)
        users = {task: experts[task.with_env(tasks.env)] for task in allowed}
        allowed = self._check_experts(users, journeys, problems)
        log = self._new_log(memberships)
        for node, task in zip(self._get_nodes(allowed, journeys), allowed, strict=True):
            text = self._tell_expert(users[task], reason)
            log.add("reassigned", node.request, node, text, task.cartable_id.id)
            self._get_following(node).set(user_id=users[task].id)
        self._settle(list(journeys.values()), log)
        return problems

    def _get_reassign_problem(self, task, memberships):
        """Return why the user cannot assign the work anew, or an empty text."""
        if not task.current or task.outcome != "assigned":
            return self.env._("This work was not assigned.")
        if task.cartable_id.id not in memberships:
            return self.env._("You are not in charge of this cartable.")
        following = self._get_following_task(task)
        if following.state not in states.IN_CARTABLE:
            return self.env._("The expert has decided already.")
        if task.request_id._is_own():
            return self.env._("Nobody decides on an own request.")
        return ""

    def _filter_reassignable(self, tasks):
        """Return the tasks for which the user may pick another expert now."""
        assigned = tasks.filtered(lambda t: t.current and t.outcome == "assigned")
        memberships = self._get_memberships(assigned) if assigned else {}
        # the expert's work lies in a cartable that the head does not see
        return assigned.filtered(
            lambda task: not self._get_reassign_problem(task.sudo(), memberships)
        )

    def _get_following(self, node):
        """Return the node that an assigning one gives to an expert."""
        return node.journey.successors(node)[0]

    def _get_following_task(self, task):
        """Return the current work, with elevated rights, that `task` assigns."""
        step = self._get_step(task)
        # the expert's work lies in a cartable that the head does not see
        return task.sudo().request_id.task_ids.filtered(
            lambda other: other.current and other.step_id.id in step.successors
        )

    def _tell_expert(self, user, reason):
        """Return what history says of an assignment."""
        return f"{user.name}: {reason}" if reason else user.name
