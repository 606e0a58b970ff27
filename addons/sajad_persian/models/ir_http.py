from odoo import models
from odoo.http import request
from odoo.tools.misc import get_lang


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "sajad_persian"]

    @classmethod
    def _match(cls, path_info):
        """Show visitors Persian where it is the language of the house.

        Most browsers in Iran say English. Whoever chooses another language at the foot
        of a page, or in an address, gets it. A program that has a key says itself what
        it reads.
        """
        is_program = "Authorization" in request.httprequest.headers
        has_chosen = request.session.uid or request.cookies.get("frontend_lang")
        if not has_chosen and not is_program:
            Default = request.env["ir.default"]
            # nobody is signed in
            default = Default.sudo()._get("res.partner", "lang") or ""
            if default.startswith("fa"):
                request.update_context(lang=default)
        return super()._match(path_info)

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
