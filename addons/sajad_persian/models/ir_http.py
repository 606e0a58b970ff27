from odoo import models
from odoo.tools.misc import get_lang


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _sajad_get_html_data(self, html_data=None):
        """Return the attributes of <html>: the language, and how its digits look.

        Fonts and screen readers choose by `lang`, which Odoo leaves out of the web
        client and of the portal.
        """
        lang = get_lang(self.env).code
        data = {"lang": lang.replace("_", "-")} | (html_data or {})
        # visitors of the login page may not read the company
        if lang.startswith("fa") and self.env.company.sudo().sajad_persian_digits:
            data["data-sajad-digits"] = "fa"
        return data
