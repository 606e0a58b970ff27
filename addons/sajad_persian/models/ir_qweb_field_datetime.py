from odoo import api, models
from odoo.tools.misc import get_lang


class IrQwebFieldDatetime(models.AbstractModel):
    _inherit = "ir.qweb.field.datetime"

    @api.model
    def user_lang(self):
        """Return the language as Odoo keeps it in memory.

        Its record has the same formats, and costs each page with a time a query of all
        columns of a language.
        """
        return get_lang(self.env)
