from odoo import http
from odoo.http import request

LANGS = {"fa": "fa_IR", "en": "en_US"}
# Nothing of this page is for search machines, other sites or anybody's cache, and it
# needs no script.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; "
    "font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


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
        lang = self._set_lang(lang)
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
        lang = self._set_lang(lang)
        number, code = number.strip()[:64], code.strip()[:64]
        if not number or not code:
            return self._render("form", lang, number=number, incomplete=True)
        return self._answer(lang, "/clearance/verify", number=number, code=code)

    def _answer(self, lang, path, token=None, number="", code=""):
        address = request.httprequest.remote_addr
        # a table that visitors do not see
        seconds = request.env["sajad.clearance.throttle"].sudo()._take(address)
        if seconds:
            response = self._render(
                "later", lang, status=429, minutes=-(-seconds // 60)
            )
            response.headers["Retry-After"] = str(seconds)
            return response
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

    def _set_lang(self, lang):
        """Choose the language of the page: Persian where nobody asks for another."""
        installed = request.env["res.lang"]._get_data(code=LANGS["fa"])
        lang = lang if lang in LANGS else "fa"
        if lang == "fa" and not installed:
            lang = "en"
        request.update_context(lang=LANGS[lang])
        return lang

    def _render(self, kind, lang, status=200, **values):
        content = request.env["ir.qweb"]._render(
            "sajad_clearance.verify_page",
            {
                "kind": kind,
                "page_lang": lang,
                "direction": "rtl" if lang == "fa" else "ltr",
                "path": values.pop("path", None) or "/clearance/verify",
                "certificate": {},
                "number": "",
                **values,
            },
        )
        headers = [("Content-Type", "text/html; charset=utf-8"), *HEADERS.items()]
        return request.make_response(
            "<!DOCTYPE html>" + str(content), headers, status=status
        )
