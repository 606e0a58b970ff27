from odoo import api, fields, models


class SajadTaskAssignExpert(models.TransientModel):
    """An expert who can be picked, with the work that the expert has."""

    _name = "sajad.task.assign.expert"
    _description = "Expert to Assign to"
    _order = "open_count, id"

    wizard_id = fields.Many2one(
        "sajad.task.assign", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Expert", required=True, readonly=True, ondelete="cascade"
    )
    open_count = fields.Integer(string="Open Works", readonly=True)
    share = fields.Integer(
        string="In the Proposal",
        compute="_compute_share",
        help="How many of these works the proposal gives to the expert.",
    )
    is_current = fields.Boolean(string="Has It Now", readonly=True)

    @api.depends("wizard_id.line_ids.user_id")
    def _compute_share(self):
        for expert in self:
            users = [line.user_id for line in expert.wizard_id.line_ids]
            expert.share = users.count(expert.user_id)

    def action_pick(self):
        """Give all the work of the dialog to this expert.

        :raise UserError: with the reason, when nothing was assigned
        """
        self.ensure_one()
        wizard = self.wizard_id
        return wizard._apply(dict.fromkeys(wizard.task_ids, self.user_id))
