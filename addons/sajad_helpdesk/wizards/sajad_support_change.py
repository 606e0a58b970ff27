from odoo import fields, models
from odoo.exceptions import UserError

from ..models.sajad_support_category import PRIORITIES


class SajadSupportChange(models.TransientModel):
    """The dialog of category and priority, for one request or many (row D2)."""

    _name = "sajad.support.change"
    _description = "Category and Priority"
    _inherit = ["sajad.support.dialog"]

    category_id = fields.Many2one(
        "sajad.support.category", string="New Category", ondelete="cascade"
    )
    priority = fields.Selection(PRIORITIES, string="New Priority")

    def action_apply(self):
        """Change what is filled in; history tells from what.

        :raise UserError: nothing is filled in, or a request lies elsewhere
        """
        self.ensure_one()
        if not self.category_id and not self.priority:
            raise UserError(self.env._("Choose a category or a priority."))
        self.request_ids._support_change(self.category_id, self.priority)
        return {"type": "ir.actions.act_window_close"}
