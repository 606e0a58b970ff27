from odoo import models


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _get_decision_problems(self, tasks):
        """Keep what a commission decides until an open session has it (row A7).

        The context only says which agenda is carried out; it grants nothing, for
        the items are asked again for an open session and its decision.
        """
        problems = super()._get_decision_problems(tasks)
        roles = self.env["sajad.role"]._get_commission_ids()
        held = tasks.filtered(lambda task: self._get_step(task).role_id in roles)
        if not held:
            return problems
        # that the user decides in the cartable was checked; here only the agenda is
        Item_sudo = self.env["sajad.commission.item"].sudo()
        items = Item_sudo.search(
            [
                ("id", "in", self.env.context.get("sajad_commission_items", [])),
                ("task_id", "in", held.ids),
                ("session_id.state", "=", "open"),
                ("decision", "in", ("accepted", "conditional", "rejected")),
            ]
        )
        unheard = held.filtered(lambda task: task.id not in items.task_id.ids)
        for task in unheard:
            problems[task] = self.env._("The commission decides on this in a session.")
        return problems

    def _postpone(self, tasks, reason):
        """Remember that a commission has put work off to another session (row A7)."""
        with self._decision(tasks) as transition:
            self._raise_problems(transition.problems)
            for node in transition.nodes:
                transition.add_event(node, "postponed", reason)
