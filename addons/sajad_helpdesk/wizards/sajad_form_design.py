from odoo import api, fields, models


class SajadFormDesign(models.TransientModel):
    """The questions of a support category are laid out as those of services (D1)."""

    _inherit = "sajad.form.design"

    support_category_id = fields.Many2one("sajad.support.category", ondelete="cascade")

    @api.depends("support_category_id")
    def _compute_line_ids(self):
        return super()._compute_line_ids()

    def _get_target(self):
        target = super()._get_target()
        if self.support_category_id:
            return self.support_category_id._origin, "form_definition"
        return target
