from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        result = super().session_info()
        result["sajad_calendar"] = self.env.user.sajad_calendar
        return result
