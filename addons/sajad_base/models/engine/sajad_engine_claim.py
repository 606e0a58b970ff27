from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import states


class SajadEngineClaim(models.AbstractModel):
    """Part of the engine: who of an office works on what (row A10)."""

    _name = "sajad.engine.claim"
    _description = "Engine of Requests"

    def _claim(self, tasks):
        """Take work out of the shared queue for oneself.

        :return: {task: sentence} of those that were not claimed
        """
        with self._decision(tasks) as transition:
            self._set_user(transition, transition.nodes, self.env.user, "claimed")
        return transition.problems

    def _release(self, tasks):
        """Give claimed work back to the shared queue.

        What a head assigned goes back to the head instead, see `_give_back`.

        :return: {task: sentence} of those that were not released
        """
        with self._decision(tasks) as transition:
            transition.leave_out(
                {
                    task: self.env._(
                        "This work was assigned to you: give it back to who assigned."
                    )
                    for task in transition.tasks
                    if task.user_id and self._get_step(task).assigned_by
                }
            )
            nobody = self.env["res.users"]
            self._set_user(transition, transition.nodes, nobody, "released")
        return transition.problems

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
        with self._decision(tasks) as transition:
            self._set_user(transition, transition.nodes, user, "handed_over")
        return transition.problems

    def _set_user(self, transition, nodes, user, kind, name=""):
        for node in nodes:
            node.set(user_id=user.id)
            transition.add_event(node, kind, user.name or name)

    # ------------------------------------------------------------
    # MEMBERS CHANGE
    # ------------------------------------------------------------

    def _pass_claims(self, cartables, before, after):
        """Give the claimed open work of one person to another (row A4).

        The caller has checked that `after` follows `before` in the cartables. With
        elevated rights.

        :param after: a user, or none: the work goes back to the shared queue, and
            what a head has assigned to that head
        """
        Task = self.env["sajad.task"]
        tasks = Task.search(
            Domain("cartable_id", "in", cartables.ids)
            & Domain("user_id", "=", before.id)
            & Domain(Task._get_open_domain())
        )
        kind = "handed_over" if after else "released"
        if not tasks:
            return
        with self._transition(tasks.request_id, tasks) as transition:
            nodes = transition.nodes
            returned = [] if after else self._get_assigned(nodes)
            self._return_to_heads(transition, returned, before.name)
            nodes = [node for node in nodes if node not in returned]
            self._set_user(transition, nodes, after, kind, before.name)

    def _get_assigned(self, nodes):
        """Return the nodes that a head has assigned, and no student has now."""
        return [n for n in nodes if n.step.assigned_by and n.state == "ready"]

    def _release_orphans(self, cartables=None):
        """Take work back from those who do not decide in its cartable any more.

        Memberships end by themselves with the day, and accounts are closed (row A6).
        With elevated rights.

        :param cartables: only the work in these
        """
        self.env.flush_all()
        rows = self.env.execute_query(self._get_orphan_query(cartables))
        for cartable_id, user_id in rows:
            cartable = self.env["sajad.cartable"].browse(cartable_id)
            before = self.env["res.users"].browse(user_id)
            self._pass_claims(cartable, before, before.browse())

    def _get_orphan_query(self, cartables=None):
        place = SQL("TRUE")
        if cartables is not None:
            place = SQL("task.cartable_id IN %s", tuple(cartables.ids) or (0,))
        return SQL(
            """
            SELECT DISTINCT task.cartable_id, task.user_id
              FROM sajad_task task
             WHERE task.state IN %(in_cartable)s
               AND task.user_id IS NOT NULL
               AND %(place)s
               AND NOT EXISTS (
                   SELECT FROM (%(deciders)s) decider
                    WHERE decider.cartable_id = task.cartable_id
                      AND decider.user_id = task.user_id)
            """,
            place=place,
            in_cartable=states.IN_CARTABLE,
            deciders=self.env["sajad.cartable.member"]._get_decider_sql(),
        )
