from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

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
)


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

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

    def _get_problem(self, task, memberships):
        """Return why the user cannot decide on the task now, or an empty text."""
        if task.state not in states.IN_CARTABLE:
            return self.env._("This work is not to be decided now.")
        if task.cartable_id.id not in memberships:
            return self.env._("You are not in charge of this cartable.")
        if task.user_id and task.user_id.id != self.env.uid:
            return self.env._("%(name)s has claimed this work.", name=task.user_id.name)
        if task.student_wait == "answer":
            return self.env._("The student has to answer first.")
        # whose request it is, only to compare
        if task.request_id.sudo()._is_own():
            return self.env._("Nobody decides on an own request.")
        return ""

    def _filter_decidable(self, tasks):
        """Return the tasks on which the user can decide now."""
        memberships = self._get_memberships(tasks)
        # names of colleagues and requests are read for the sentence only
        return tasks.filtered(
            lambda task: not self._get_problem(task.sudo(), memberships)
        )

    def _split_decidable(self, tasks):
        """Tell the tasks on which the user can decide from those with a problem.

        :return: (decidable tasks with elevated rights, memberships by cartable id,
            {task: sentence})
        :rtype: tuple
        """
        self._check_visible(tasks)
        memberships = self._get_memberships(tasks)
        problems = {}
        # From here on the engine acts: access was checked, states are its own.
        for task in tasks.sudo():
            problem = self._get_problem(task, memberships)
            if problem:
                problems[task.with_env(tasks.env)] = problem
        decidable = tasks - tasks.browse(task.id for task in problems)
        # decided on by the engine, after these checks
        return decidable.sudo(), memberships, problems

    def _check_visible(self, tasks):
        """Read the tasks of a decision, and their access rule, in one query.

        :raise AccessError: a task is not visible to the user
        """
        visible = tasks.search_fetch([("id", "in", tasks.ids)], TASK_FIELDS)
        if len(visible) != len(tasks):
            tasks.check_access("read")

    def _lock(self, requests):
        """Lock the requests of a transition and count it; return the locked ones.

        Writing the row is what keeps two offices that finish the last two parallel
        steps at one moment from both missing the join: the second fails to
        serialize and is tried again by Odoo. A single request waits for the other
        transition; of many, those in use are left out and reported.
        """
        if len(requests) > 1:
            requests = requests.try_lock_for_update(allow_referencing=True)
        if requests:
            self.env.execute_query(
                SQL(
                    "UPDATE sajad_request SET revision = COALESCE(revision, 0) + 1, "
                    "write_date = %s WHERE id IN %s RETURNING id",
                    fields.Datetime.now(),
                    tuple(requests.ids),
                )
            )
            requests.invalidate_recordset(["revision", "write_date"], flush=False)
        return requests

    def _get_step(self, task):
        """Return the cached plain values of the step of a task."""
        return self.env["sajad.flow"]._get_structure(task.request_id.flow_id.id)[
            task.step_id.id
        ]

    def _lock_tasks(self, tasks, problems):
        """Lock the requests of tasks; those in use join the problems."""
        locked = self._lock(tasks.request_id)
        for task in tasks:
            if task.request_id not in locked:
                problems[task] = self.env._(
                    "Somebody is working on this request; try again."
                )
        return tasks.filtered(lambda task: task.request_id in locked)

    def _raise_problems(self, problems):
        """Raise the sentences of a decision that did not happen at all."""
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems.values())))
