from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import states


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

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
        if not tasks:
            return
        locked = self._lock(tasks.request_id)
        tasks = tasks.filtered(lambda task: task.request_id in locked)
        journeys = self._load(tasks.request_id)
        log = self._new_log()
        nodes = self._get_nodes(tasks, journeys)
        returned = [] if after else self._get_assigned(nodes)
        self._return_to_heads(returned, before.name, log)
        for node in nodes:
            if node in returned:
                continue
            node.set(user_id=after.id)
            kind = "handed_over" if after else "released"
            log.add(
                kind,
                node.request,
                node,
                after.name or before.name,
                node.values["cartable_id"],
            )
        self._settle(list(journeys.values()), log)

    def _get_assigned(self, nodes):
        """Return the nodes that a head has assigned, and no student has now."""
        return [n for n in nodes if n.step.assigned_by and n.state == "ready"]

    def _release_orphans(self, cartables=None):
        """Take work back from those who do not decide in its cartable any more.

        Memberships end by themselves with the day, and accounts are closed (row A6).

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
