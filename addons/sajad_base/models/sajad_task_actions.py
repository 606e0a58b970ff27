from odoo import models

from ..engine.states import ASSIGN


class SajadTask(models.Model):
    """The buttons of work items: each checks access and state in the engine."""

    _inherit = "sajad.task"

    def action_approve(self):
        """Approve, or mark as seen where the step is for information (row A10).

        :raise UserError: with the reason, when nothing was decided
        :return: for several records, an action that shows one line per record
        """
        return self._report(self.env["sajad.engine"]._decide(self, "approved"))

    def action_claim(self):
        """Take the work for oneself (row A10)."""
        return self._report(self.env["sajad.engine"]._claim(self))

    def action_release(self):
        """Give the work back to the shared queue (row A10)."""
        return self._report(self.env["sajad.engine"]._release(self))

    def action_take_back(self):
        """Take the work back from the student."""
        self.env["sajad.engine"]._take_back(self)

    def action_undo(self):
        """Take the last decision back (row A11).

        :raise UserError: it is too late
        """
        for task in self:
            self.env["sajad.engine"]._undo(task)

    def action_decide(self):
        """Open the dialog of decisions for one or many work items (row A10)."""
        chosen = self.env.context.get("default_decision")
        if not chosen and self and all(task.mode == ASSIGN for task in self):
            return self.action_assign()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide"),
            "res_model": "sajad.task.decide",
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_task_ids": self.ids},
        }

    def _report(self, problems):
        """Raise the problem of one record; of many, show what happened to each."""
        if len(self) == 1 or len(problems) == len(self):
            self.env["sajad.engine"]._raise_problems(problems)
            return None
        if problems:
            wizard = self.env["sajad.task.decide"].create({"task_ids": self.ids})
            return wizard._show_result(self, problems)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s done.", count=len(self)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
