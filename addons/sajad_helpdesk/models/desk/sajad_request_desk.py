from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.engine.states import OPEN_WORK


class SajadRequest(models.Model):
    """What experts do on the support desk: each button checks in the engine (D2)."""

    _inherit = "sajad.request"

    support_can_decide = fields.Boolean(compute="_compute_support_can_decide")
    support_can_undo = fields.Boolean(compute="_compute_support_can_decide")

    @api.depends_context("uid")
    @api.depends("support_state", "support_user_id", "support_cartable_id")
    def _compute_support_can_decide(self):
        tasks = self._get_support_tasks((*OPEN_WORK, "done"))
        allowed = self.env["sajad.engine"]._filter_decidable(tasks).request_id
        undoable = tasks.filtered("can_undo").request_id
        for request in self:
            request.support_can_decide = request in allowed
            request.support_can_undo = request in undoable

    def _get_support_tasks(self, work_states=OPEN_WORK):
        """Return the current work of the requests that the user may see."""
        return self.env["sajad.task"].search(
            [
                ("request_id", "in", self.filtered("support_state").ids),
                ("current", "=", True),
                ("state", "in", work_states),
            ]
        )

    def _require_support_tasks(self):
        """Return the open work of the requests in the user's hands.

        :raise UserError: there is none
        """
        tasks = self._get_support_tasks()
        if not tasks:
            raise UserError(
                self.env._("None of this lies in a cartable of yours to be answered.")
            )
        return tasks

    def action_support_take(self):
        """Take requests out of the queue for oneself (row D2).

        :raise UserError: somebody else has the request, or it lies elsewhere
        """
        return self._require_support_tasks().action_claim()

    def action_support_decide(self):
        """Open the dialog of decisions, on referring or handing over (row D2)."""
        return self._require_support_tasks().action_decide()

    def action_support_take_back(self):
        """Go on without the answer of the requester (row D2)."""
        self._require_support_tasks().action_take_back()

    def action_support_undo(self):
        """Take back that a request was solved (row D2).

        :raise UserError: it is too late
        """
        tasks = self._get_support_tasks(("done",)).filtered("can_undo")
        if not tasks:
            raise UserError(self.env._("There is nothing of yours to take back."))
        tasks.action_undo()

    def action_support_answer(self):
        """Open the dialog in which requests are answered, one or many (row D2).

        :raise UserError: there is nothing to answer
        """
        return self.env["sajad.support.answer"]._open(self)

    def action_support_change(self):
        """Open the dialog of category and priority (row D2)."""
        self._require_support_tasks()
        return self._open_support_dialog("sajad.support.change")

    def _open_support_dialog(self, model):
        """Return the action of a dialog on the requests."""
        self.check_access("read")
        dialog = self.env[model].create({"request_ids": self.ids})
        return dialog._get_action()

    def _check_support_charge(self):
        """Raise when the user does not decide where the requests lie or lay.

        :raise UserError: naming the first of them
        """
        for request in self:
            if not request.support_state or not request.support_cartable_id.is_mine:
                raise UserError(
                    self.env._(
                        "You are not in charge of request %(number)s.",
                        number=request.name,
                    )
                )
