from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .dossier_file import serve_file


class DossierExport(http.Controller):
    """The one address of what was taken out of dossiers (row C10)."""

    @http.route(
        "/sajad/dossier/export/<int:export_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def export(self, export_id, **_query):
        """Serve an export to whoever made it, and write that down.

        What is not there, not theirs or expired look the same: 404.
        """
        export = request.env["sajad.dossier.export"].browse(export_id)
        try:
            # a student reads no exports; whose it is asks the method
            file_sudo = export.sudo().exists().with_env(request.env)._get_file()
        except (UserError, ValueError):
            raise request.not_found() from None
        # the method has let the person in; the log is nobody's to write
        request.env["sajad.dossier.access"]._note_file(export.sudo())
        return serve_file(
            file_sudo, file_sudo.mimetype, file_sudo.name, as_attachment=True
        )
