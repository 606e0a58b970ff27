from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # the conversation in the portal is mail's, and Odoo leaves it in English
        return [*super()._get_translation_frontend_modules_name(), "mail", "sajad_base"]
