from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .portal_dossier import DossierPortal

KINDS = ("pdf", "archive")


class DossierExportPortal(DossierPortal):
    """Students take their own dossier with them (rows C4, C10)."""

    @http.route(
        "/my/dossiers/<int:dossier_id>/export",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_dossier_export(self, dossier_id, kind="", **_post):
        """Make a PDF or an archive of the own dossier, to be downloaded. Row C10"""
        dossier_sudo = self._get_own_dossier(dossier_id)
        if not dossier_sudo or kind not in KINDS:
            raise request.not_found()
        # with the student's own rights: what is taken out is theirs
        dossier = dossier_sudo.sudo(False)
        try:
            with request.env.cr.savepoint():
                dossier._check_not_too_often()
                dossier._export(kind)
        except UserError as error:
            return self._render_dossier(dossier_sudo, problems=[str(error)])
        return request.redirect(f"{dossier_sudo._get_portal_url()}?message=exported")
