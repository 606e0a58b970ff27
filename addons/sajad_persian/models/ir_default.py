from odoo import api, models
from odoo.tools import ormcache


class IrDefault(models.Model):
    """The language of the house is asked for with each page, and seldom changed."""

    _inherit = "ir.default"

    @api.model
    def _get(
        self,
        model_name,
        field_name,
        user_id=False,
        company_id=False,
        condition=False,
    ):
        is_house_lang = (model_name, field_name) == ("res.partner", "lang")
        if is_house_lang and self.env.su and not (user_id or company_id or condition):
            return self._get_house_lang()
        return super()._get(model_name, field_name, user_id, company_id, condition)

    # whatever writes a default clears the cache
    @api.model
    @ormcache()
    def _get_house_lang(self):
        # what it keeps is Odoo's answer to that question
        # pylint: disable-next=super-method-mismatch
        return super()._get("res.partner", "lang")
