from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # why a date that was typed on a public page was refused
        return [*super()._get_translation_frontend_modules_name(), "sajad_jalali"]

    def session_info(self):
        result = super().session_info()
        result["sajad_calendar"] = self.env.user.sajad_calendar
        return result
