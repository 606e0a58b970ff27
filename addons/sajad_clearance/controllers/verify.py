from odoo import http
from odoo.http import request

from odoo.addons.sajad_base.controllers.public_page import (
    refuse_too_many,
    render_page,
    set_lang,
)


class CertificateVerification(http.Controller):
    """Tells anybody whether a certificate is valid, and as little else as it can.

    A wrong link, an unknown number and a wrong code get the same answer.
    """

    @http.route(
        ["/clearance/verify", "/clearance/verify/<string:token>"],
        type="http",
        auth="public",
        website=False,
        sitemap=False,
        methods=["GET"],
    )
    def verify(self, token=None, lang=None, **kw):
        """Show what the link of a QR code stands for, or the form. Row B8"""
        lang = set_lang(lang)
        if not token:
            return self._render("form", lang)
        return self._answer(lang, f"/clearance/verify/{token}", token=token)

    # It changes nothing, and whoever comes has no session yet.
    @http.route(
        "/clearance/verify",
        type="http",
        auth="public",
        website=False,
        sitemap=False,
        methods=["POST"],
        csrf=False,
    )
    def verify_typed(self, number="", code="", lang=None, **kw):
        """Show what a typed number and code stand for. Row B8"""
        lang = set_lang(lang)
        number, code = number.strip()[:64], code.strip()[:64]
        if not number or not code:
            return self._render("form", lang, number=number, incomplete=True)
        return self._answer(lang, "/clearance/verify", number=number, code=code)

    def _answer(self, lang, path, token=None, number="", code=""):
        address = request.httprequest.remote_addr
        if wait := refuse_too_many("certificate"):
            return self._render("later", lang, wait=wait)
        # visitors read neither certificates nor the log: what they see is chosen below
        Verification_sudo = request.env["sajad.clearance.verification"].sudo()
        if token is not None:
            found_sudo = Verification_sudo._find_by_token(token)
        else:
            found_sudo = Verification_sudo._find_by_code(number, code)
        if not found_sudo:
            return self._render("unknown", lang, status=404, number=number)
        Verification_sudo._log(found_sudo, address)
        return self._render(
            found_sudo.state,
            lang,
            path=path if token is not None else None,
            certificate=Verification_sudo._get_answer(found_sudo),
        )

    def _render(self, kind, lang, status=200, **values):
        path = values.pop("path", None) or "/clearance/verify"
        values = {"certificate": {}, "number": "", **values}
        return render_page(
            "sajad_clearance.verify_page", lang, status, kind=kind, path=path, **values
        )
