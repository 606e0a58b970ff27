from odoo import api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["sajad.spelling", "res.users"]
    # the login too: numbers are typed on a Persian keyboard at the login page
    _spelling = {"name": "text", "login": "text"}

    @api.model
    def _respell_condition(self, condition):
        if condition.field_expr == "search_key":
            # the key is the person's, whose model knows its words
            return self._respell_path(
                Domain("partner_id.search_key", condition.operator, condition.value)
            )
        return super()._respell_condition(condition)

    @api.model
    def _get_respelled_names(self):
        return {*super()._get_respelled_names(), "search_key"}
