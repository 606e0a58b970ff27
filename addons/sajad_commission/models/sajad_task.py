from odoo import api, fields, models


class SajadTask(models.Model):
    """Whoever works on an appeal reads the decision that it objects to (row A7)."""

    _inherit = "sajad.task"

    appealed_decision = fields.Text(
        string="Decision Appealed Against", compute="_compute_appealed_decision"
    )

    @api.depends("request_id")
    def _compute_appealed_decision(self):
        for task in self:
            # the appeal is the user's work, and the letter belongs to it
            appealed_sudo = task.request_id.sudo().appeal_of_id
            items = appealed_sudo and appealed_sudo._get_decision_items()
            task.appealed_decision = "\n".join(
                item._get_letter_text() for item in items or []
            )
