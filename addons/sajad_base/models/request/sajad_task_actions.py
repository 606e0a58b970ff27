from odoo import models
from odoo.fields import Domain

from ...engine.states import ASSIGN

# beyond it decisions go on in the background
MANY = 1000


class SajadTask(models.Model):
    """The buttons of work items: each checks access and state in the engine."""

    _inherit = "sajad.task"

    def action_approve(self):
        """Approve, or mark as seen where the step is for information (row A10).

        :raise UserError: with the reason, when nothing was decided
        :return: for several records, an action that shows one line per record
        """
        if len(self) > MANY:
            return self._start_decisions("approve")
        return self._report(self.env["sajad.engine"]._decide(self, "approved"))

    def action_claim(self):
        """Take the work for oneself (row A10)."""
        if len(self) > MANY:
            return self._start_decisions("claim")
        return self._report(self.env["sajad.engine"]._claim(self))

    def action_release(self):
        """Give the work back to the shared queue (row A10)."""
        if len(self) > MANY:
            return self._start_decisions("release")
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

    def action_fill(self):
        """Open the dialog that fills in the form of the office for many (row A10).

        :raise UserError: there is no form, or not one and the same
        """
        return self.env["sajad.task.fill"]._open(self)

    def action_open_guide(self):
        """Open the guides of the process of this work (row A8)."""
        self.ensure_one()
        return self.process_id.action_open_guide()

    def _start_decisions(self, decision, **values):
        """Decide on many in the background; see `_batch_decide`."""
        # what nobody may read is not even counted
        self.check_access("read")
        name = self.env["sajad.task.decide"]._get_decision_label(decision)
        values["decision"] = decision
        Batch = self.env["sajad.batch"]
        return Batch._start(name, self, "_batch_decide", values=values)

    def _batch_decide(self, values):
        """Decide on these as the dialog of decisions does; return {work: problem}.

        :param dict values: of the dialog
        """
        wizard = self.env["sajad.task.decide"].create(values)
        return wizard._get_appliers()[wizard.decision](self)

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

    # ------------------------------------------------------------
    # THE NEXT WORK
    # ------------------------------------------------------------

    def action_approve_next(self):
        """Approve, or mark as seen, and open the next work, late first (row A10).

        :raise UserError: with the reason, when it was not decided
        """
        self.ensure_one()
        self.action_approve()
        return self._open_next()

    def _open_next(self):
        """Return the action of the web client that opens the next work."""
        following = self._get_next_work()
        return {
            "type": "ir.actions.client",
            "tag": "sajad_base.next_work",
            "params": {"resId": following.id, "name": following.student_name or ""},
        }

    def _get_next_work(self):
        """Return the next work that the user can decide on, in the inbox's order."""
        return self.search(
            Domain("cartable_id.is_mine", "=", True)
            & Domain("state", "=", "ready")
            & Domain("user_id", "in", (False, self.env.uid))
            & Domain("id", "not in", self.ids),
            order="date_due, date_ready, id",
            limit=1,
        )
