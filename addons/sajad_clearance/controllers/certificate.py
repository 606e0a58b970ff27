from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.sajad_base.controllers.portal_request import SajadRequestPortal

REPORTS = {
    "fa": "sajad_clearance.sajad_clearance_certificate_report",
    "en": "sajad_clearance.sajad_clearance_certificate_report_en",
}


class CertificatePortal(SajadRequestPortal):
    """The student's own certificate (row B8)."""

    def _prepare_request_values(self, request_sudo, access_token=None, **kw):
        values = super()._prepare_request_values(request_sudo, access_token, **kw)
        # offered to the student, not to whoever has a link to the request
        certificates = (
            request_sudo.certificate_ids
            if values["is_owner"]
            else request_sudo.certificate_ids.browse()
        )
        values["certificates"] = certificates
        values["certificate"] = certificates.filtered(lambda c: c.state == "valid")
        return values

    @http.route(
        "/my/requests/<int:request_id>/certificate",
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_certificate(self, request_id, lang="fa", **kw):
        """Download the valid certificate of an own request. Row B8"""
        request_sudo = self._get_own_request(request_id)
        if not request_sudo:
            return request.redirect("/my")
        certificate_sudo = request_sudo.certificate_ids.filtered(
            lambda certificate: certificate.state == "valid"
        )
        if not certificate_sudo:
            return request.redirect(f"/my/requests/{request_id}")
        # the student may not read reports; that the request is the own was checked
        Report_sudo = request.env["ir.actions.report"].sudo()
        report = REPORTS.get(lang, REPORTS["fa"])
        content, kind = Report_sudo._render_qweb_pdf(report, certificate_sudo.ids)
        name = Report_sudo._get_file_name(report, certificate_sudo[:1], kind)
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
