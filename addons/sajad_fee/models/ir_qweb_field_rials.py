from odoo import api, models

from ..tools.rials import to_figures


class IrQwebFieldRials(models.AbstractModel):
    """Amounts on the pages of students: whole rials, thousands apart.

    The sign of the currency is unknown to many; its name is not.
    """

    _name = "ir.qweb.field.sajad_rials"
    _description = "Qweb Field: Rials"
    _inherit = ["ir.qweb.field"]

    @api.model
    def value_to_html(self, value, options):
        return to_figures(self.env, value)
