from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

# a page inside a file must not act as a page of ours
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


class DossierFile(http.Controller):
    """The one address of files of dossiers (rows C2, C10)."""

    @http.route(
        "/sajad/dossier/file/<int:version_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def file(self, version_id, download=False, **_query):
        """Serve a version to whoever may read it, and write down who looked.

        What is not there and what is not theirs look the same: 404.
        """
        version = request.env["sajad.dossier.version"].browse(version_id).exists()
        try:
            attachment_sudo = version._get_attachment() if version else None
        except (AccessError, MissingError):
            attachment_sudo = None
        if not attachment_sudo:
            raise request.not_found()
        kind = "download" if download else "view"
        request.env["sajad.dossier.access"]._note(version, kind)
        return self._serve(version, attachment_sudo, as_attachment=bool(download))

    def _serve(self, version, attachment_sudo, as_attachment):
        stream = attachment_sudo._to_http_stream()
        stream.public = False
        stream.mimetype = version.mimetype
        # an ASCII name that every browser keeps: the dossier's number and the version
        ending = version.mimetype.rpartition("/")[2]
        number = version.document_id.dossier_id.student_number
        stream.download_name = f"{number}-{version.document_id.id}.{ending}"
        response = stream.get_response(as_attachment=as_attachment)
        response.headers.update(HEADERS)
        return response
