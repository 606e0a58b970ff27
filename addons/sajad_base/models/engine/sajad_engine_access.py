from contextlib import contextmanager

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine import states

# what the checks before a decision read of a work item
TASK_FIELDS = (
    "request_id",
    "step_id",
    "stage_id",
    "cartable_id",
    "state",
    "student_wait",
    "user_id",
    "student_name",
    # the form of the office, which the checks of its step ask
    "properties",
)


class SajadEngineAccess(models.AbstractModel):
    """Part of the engine: who decides on work, and the door for it."""

    _name = "sajad.engine.access"
    _description = "Engine of Requests"

    @contextmanager
    def _decision(self, tasks, get_problem=None):
        """Let a user decide on work: the door of the engine for people.

        Work on which the user cannot decide, or which somebody else is moving at the
        moment, is left out with a sentence::

            with self._decision(tasks) as t:
                t.leave_out({task: sentence})
                for node in t.nodes: ...
            return t.problems

        :param get_problem: (task, memberships) -> sentence; asks for other rights
        :return: a `Transition` whose requests are locked
        :raise AccessError: a task is not visible to the user
        """
        self._check_visible(tasks)
        memberships = self._get_memberships(tasks)
        problems = self._get_problems(tasks, memberships, get_problem)
        allowed = tasks.filtered(lambda task: task not in problems)
        with self._transition(
            allowed.request_id, allowed, memberships, problems
        ) as transition:
            yield transition

    def _get_memberships(self, tasks):
        """Return {cartable id: membership} in which the user decides today."""
        Member = self.env["sajad.cartable.member"]
        # own rows, whatever the user may read of colleagues
        members = Member.sudo().search_fetch(
            Domain("user_id", "=", self.env.uid)
            & Domain("cartable_id", "in", tasks.cartable_id.ids)
            & Member._get_decider_domain(),
            ["cartable_id", "kind", "on_behalf_of_id"],
            order="kind desc, id desc",
        )
        # the last one wins: a responsible person needs no substitution
        return {member.cartable_id.id: member for member in members}

    def _get_problems(self, tasks, memberships, get_problem=None):
        """Return {task: sentence} for the work on which the user cannot decide now."""
        get_problem = get_problem or self._get_problem
        # colleagues, requests and following work are read for the sentences only
        found = {task: get_problem(task, memberships) for task in tasks.sudo()}
        return {task: problem for task, problem in found.items() if problem}

    def _get_problem(self, task, memberships):
        """Return why the user cannot decide on the task now, or an empty text.

        :param task: with elevated rights
        """
        if task.state not in states.IN_CARTABLE:
            return self.env._("This work is not to be decided now.")
        if task.cartable_id.id not in memberships:
            return self.env._("You are not in charge of this cartable.")
        if task.user_id and task.user_id.id != self.env.uid:
            return self.env._("%(name)s has claimed this work.", name=task.user_id.name)
        if task.student_wait == "answer":
            return self.env._("The student has to answer first.")
        if task.request_id._is_own():
            return self.env._("Nobody decides on an own request.")
        return ""

    def _filter_decidable(self, tasks):
        """Return the tasks on which the user can decide now."""
        problems = self._get_problems(tasks, self._get_memberships(tasks))
        return tasks.filtered(lambda task: task not in problems)

    def _check_visible(self, tasks):
        """Read the tasks of a decision, and their access rule, in one query.

        :raise AccessError: a task is not visible to the user
        """
        visible = tasks.search_fetch([("id", "in", tasks.ids)], TASK_FIELDS)
        if len(visible) != len(tasks):
            tasks.check_access("read")

    def _get_step(self, task):
        """Return the cached plain values of the step of a task."""
        return self.env["sajad.flow"]._get_structure(task.request_id.flow_id.id)[
            task.step_id.id
        ]

    def _raise_problems(self, problems):
        """Raise the sentences of a decision that did not happen at all."""
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems.values())))
