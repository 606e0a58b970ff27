import hashlib
import re

from odoo import http
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH, request

from odoo.addons.sajad_base.controllers.public_page import (
    refuse_too_many,
    render_page,
    set_lang,
)
from odoo.addons.sajad_base.tools.body_limit import let_in
from odoo.addons.sajad_persian.tools.normalize import normalize_number

PATH = "/sajad/dossier/verify"
SEPARATORS = re.compile(r"[\s:-]+")


def measure(stream):
    """Return the SHA-256 of an upload, which may be large, in parts."""
    digest = hashlib.sha256()
    while part := stream.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()


class DossierVerification(http.Controller):
    """Tells anybody whether a seal is the university's, and nothing of the person.

    What is uploaded is never opened: its checksum is looked for, and it is forgotten.
    """

    @http.route(
        [PATH, f"{PATH}/<string:seal>"],
        type="http",
        auth="public",
        website=False,
        sitemap=False,
        methods=["GET"],
    )
    def verify(self, seal=None, lang=None, **_query):
        """Show what the seal of a QR code stands for, or the form. Row C10"""
        lang = set_lang(lang)
        if not seal:
            return self._render("form", lang)
        return self._answer(lang, seal)

    # It changes nothing, and whoever comes has no session yet.
    @http.route(
        PATH,
        type="http",
        auth="public",
        website=False,
        sitemap=False,
        methods=["POST"],
        csrf=False,
        max_content_length=let_in(DEFAULT_MAX_CONTENT_LENGTH),
    )
    def verify_sent(self, seal="", file=None, lang=None, **_query):
        """Show what a typed seal or an uploaded file stands for. Row C10"""
        lang = set_lang(lang)
        if file:
            return self._answer(lang, measure(file.stream), is_file=True)
        if not seal.strip():
            return self._render("form", lang, incomplete=True)
        return self._answer(lang, seal)

    def _answer(self, lang, seal, is_file=False):
        if wait := refuse_too_many("dossier"):
            return self._render("later", lang, wait=wait)
        typed = SEPARATORS.sub("", normalize_number(seal[:100]) or "").lower()
        # visitors read no exports: what they see is chosen by the template
        export_sudo = request.env["sajad.dossier.export"].sudo()._find(typed)
        if not export_sudo:
            return self._render("unknown", lang, status=404, is_file=is_file)
        return self._render(
            "valid",
            lang,
            export=export_sudo,
            university=export_sudo.dossier_id.university_id.name,
            is_file=is_file,
            is_unchanged=typed == export_sudo.file_sha256,
        )

    def _render(self, kind, lang, status=200, **values):
        values = {"is_file": False, "path": PATH, **values}
        return render_page(
            "sajad_dossier.verify_page", lang, status, kind=kind, **values
        )
