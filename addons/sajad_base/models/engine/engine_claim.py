from odoo import models
from odoo.exceptions import UserError


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _claim(self, tasks):
        """Take work out of the shared queue for oneself (row A10).

        :return: {task: sentence} of those that were not claimed
        """
        return self._set_user(tasks, self.env.user, "claimed")

    def _release(self, tasks):
        """Give claimed work back to the shared queue.

        What a head assigned goes back to the head instead, see `_give_back`.

        :return: {task: sentence} of those that were not released
        """
        return self._set_user(tasks, self.env["res.users"], "released")

    def _hand_over(self, tasks, user):
        """Hand work over to a colleague who decides in the same cartable.

        :raise UserError: the colleague does not decide there
        :return: {task: sentence} of those that were not handed over
        """
        # only whether the colleague may decide is asked, as that colleague
        memberships = self.with_user(user)._get_memberships(tasks)
        if not set(tasks.cartable_id.ids) <= set(memberships):
            raise UserError(
                self.env._("%(name)s does not decide in this cartable.", name=user.name)
            )
        return self._set_user(tasks, user, "handed_over")

    def _set_user(self, tasks, user, kind):
        allowed, memberships, problems = self._split_decidable(tasks)
        if kind == "released":
            for task in allowed:
                if self._get_step(task).assigned_by and task.user_id:
                    problems[task] = self.env._(
                        "This work was assigned to you: give it back to who assigned."
                    )
            allowed = allowed.filtered(lambda task: task not in problems)
        allowed = self._lock_tasks(allowed, problems)
        log = self._new_log(memberships)
        journeys = self._load(allowed.request_id)
        for node in self._get_nodes(allowed, journeys):
            node.set(user_id=user.id)
            log.add(
                kind, node.request, node, user.name or "", node.values["cartable_id"]
            )
        self._settle(list(journeys.values()), log)
        return problems
