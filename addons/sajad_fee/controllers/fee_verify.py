from odoo import http
from odoo.http import request

from odoo.addons.sajad_base.controllers.public_page import (
    refuse_too_many,
    render_page,
    set_lang,
)
from odoo.addons.sajad_base.tools.paper_code import mask


class FeeVerification(http.Controller):
    """Tells anybody who scans a receipt whether it is genuine, and little else."""

    @http.route(
        "/fees/verify/<string:token>",
        type="http",
        auth="public",
        website=False,
        sitemap=False,
        methods=["GET"],
        readonly=False,
    )
    def verify_receipt(self, token, lang=None, **kw):
        """Show what the QR code of a receipt stands for. Rows D5, B8"""
        lang = set_lang(lang)
        values = {"path": f"/fees/verify/{token}"}
        if wait := refuse_too_many("receipt"):
            return self._render("later", lang, wait=wait, **values)
        # visitors read no payments: what they see is chosen in the template
        Payment_sudo = request.env["sajad.fee.payment"].sudo()
        payment_sudo = Payment_sudo._find_by_token(token)
        if not payment_sudo:
            return self._render("unknown", lang, 404, **values)
        values |= {
            "payment": payment_sudo,
            "payer": mask(payment_sudo.partner_id.name),
        }
        return self._render("found", lang, **values)

    def _render(self, kind, lang, status=200, **values):
        return render_page("sajad_fee.verify_page", lang, status, kind=kind, **values)
