from odoo import api, fields, models


class SajadTaskDecide(models.TransientModel):
    """All decisions for one or many, and the next work after them (row A10)."""

    _inherit = "sajad.task.decide"

    decision = fields.Selection(
        selection_add=[("claim", "Claim"), ("release", "Release")],
        ondelete={"claim": "cascade", "release": "cascade"},
    )
    done_count = fields.Integer(compute="_compute_done_count")
    problem_count = fields.Integer(compute="_compute_done_count")

    @api.depends("line_ids.is_done")
    def _compute_done_count(self):
        for wizard in self:
            wizard.done_count = len(wizard.line_ids.filtered("is_done"))
            wizard.problem_count = len(wizard.line_ids) - wizard.done_count

    @api.depends("task_ids")
    def _compute_available_decisions(self):
        result = super()._compute_available_decisions()
        for wizard in self:
            tasks = wizard.task_ids._origin
            decisions = [wizard.available_decisions]
            if any(not task.user_id for task in tasks):
                decisions.append("claim")
            if self.env.user in tasks.user_id:
                decisions.append("release")
            wizard.available_decisions = ",".join(decisions)
        return result

    def _apply_claim(self, tasks):
        return self.env["sajad.engine"]._claim(tasks)

    def _apply_release(self, tasks):
        return self.env["sajad.engine"]._release(tasks)

    def action_apply_next(self):
        """Decide and open the next work, late first (row A10).

        :raise UserError: with the reason, when nothing was decided on one record
        """
        result = self.action_apply()
        return self.task_ids._open_next() if len(self.task_ids) == 1 else result
