from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import Stream, request

# a page inside a file must not act as a page of ours
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    # one look is one request; a viewer that asks for parts would be many
    "Accept-Ranges": "none",
}


def serve_file(attachment_sudo, mimetype, name, as_attachment=False):
    """Return the answer with a file of a dossier, with a type that nobody chooses.

    :param name: in ASCII, which every browser keeps, without its ending
    """
    return serve(attachment_sudo._to_http_stream(), mimetype, name, as_attachment)


def serve(stream, mimetype, name, as_attachment=False):
    """Return the answer with the bytes of a file of a dossier; see `serve_file`."""
    # whoever asks for a part all the same gets the whole, in one look
    request.httprequest.environ.pop("HTTP_RANGE", None)
    stream.public = False
    stream.mimetype = mimetype
    stream.download_name = f"{name}.{mimetype.rpartition('/')[2]}"
    response = stream.get_response(as_attachment=as_attachment)
    response.headers.update(HEADERS)
    return response


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
        # who may was asked; students read no versions
        version_sudo = version.sudo()
        document_sudo = version_sudo.document_id
        number = f"{document_sudo.dossier_id.student_number}-{document_sudo.id}"
        mimetype = version_sudo._get_shown_type()
        stream = attachment_sudo._to_http_stream()
        if document_sudo.type_id.is_watermarked:
            content = request.env["sajad.dossier.pdf"]._mark(version_sudo)
            stream = Stream(type="data", data=content, size=len(content))
        return serve(stream, mimetype, number, as_attachment=bool(download))
