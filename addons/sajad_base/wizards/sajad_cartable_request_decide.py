from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.cartable.sajad_cartable_request_actions import MANY


class SajadCartableRequestDecide(models.TransientModel):
    """Return or reject cartable requests with a reason, one or many (row A4)."""

    _name = "sajad.cartable.request.decide"
    _description = "Decide on Cartable Requests"

    request_ids = fields.Many2many("sajad.cartable.request")
    decision = fields.Selection(
        [
            ("approved", "Approve"),
            ("returned", "Return to the University"),
            ("rejected", "Reject"),
        ],
        required=True,
        default="returned",
    )
    reason = fields.Text()
    line_ids = fields.One2many(
        "sajad.cartable.request.decide.line", "wizard_id", string="Result"
    )

    def action_apply(self):
        """Decide; of many requests show what happened to each.

        :raise UserError: with the reason, when the only request was not decided
        """
        self.ensure_one()
        requests = self.request_ids
        if not requests:
            raise UserError(self.env._("There is nothing to decide on."))
        if len(requests) > MANY:
            return requests._start_decisions(self.decision, self.reason)
        problems = requests._decide(self.decision, self.reason)
        if len(requests) == 1:
            for problem in problems.values():
                raise UserError(problem)
            return {"type": "ir.actions.act_window_close"}
        return self._show_result(problems)

    def _show_result(self, problems):
        self.line_ids = [
            Command.create(
                {
                    "request_id": request.id,
                    "is_done": request not in problems,
                    "message": problems.get(request) or self.env._("Done"),
                }
            )
            for request in self.request_ids
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Result"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
