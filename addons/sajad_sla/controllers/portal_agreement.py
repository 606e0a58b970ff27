from odoo import http
from odoo.http import request

from odoo.addons.sajad_base.controllers.portal_request import SajadRequestPortal
from odoo.addons.sajad_base.controllers.portal_window import SajadWindowPortal


class SajadAgreementPortal(SajadWindowPortal):
    """The agreements of services: read by everybody, also on paper (rows A8, D3)."""

    def _prepare_service_values(self, process, requesters, open_requests):
        values = super()._prepare_service_values(process, requesters, open_requests)
        return {**values, "agreement": process._get_published_agreement()}

    @http.route(
        "/services/<string:code>/agreement",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def portal_agreement(self, code, version=None, **kw):
        """Show the agreement of a service, the version in force or an older one."""
        shown_sudo = self._get_agreement(code, version)
        values = self._prepare_window_values()
        values.update(_prepare_agreement(shown_sudo))
        return request.render("sajad_sla.portal_agreement", values)

    @http.route(
        "/services/<string:code>/agreement/pdf",
        type="http",
        auth="public",
        # on paper in the language of the page, whatever the browser says
        website=True,
        limited=1,
    )
    def portal_agreement_pdf(self, code, version=None, **kw):
        """Give a version of the agreement on paper. Row D3"""
        shown_sudo = self._get_agreement(code, version)
        return give_pdf("sajad_sla.sajad_agreement_sheet", shown_sudo)

    def _get_agreement(self, code, number):
        """Return a version that was published, with elevated rights.

        :raise NotFound: of no service of the catalogue, a draft, or none at all
        """
        process_sudo = self._get_service(code)
        if not process_sudo:
            raise request.not_found()
        shown_sudo = process_sudo._get_published_agreement()
        if number:
            # what was published once is read by everybody; drafts are not
            versions_sudo = process_sudo.agreement_ids._get_public_versions()
            shown_sudo = versions_sudo.filtered(lambda v: str(v.number) == number)
        if not shown_sudo:
            raise request.not_found()
        return shown_sudo


class SajadRequestAgreementPortal(SajadRequestPortal):
    @http.route(
        "/my/requests/<int:request_id>/agreement",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_request_agreement(self, request_id, **kw):
        """Show the agreement under which a request was made. Row D3"""
        request_sudo = self._get_visible_request(request_id)
        if not request_sudo or not request_sudo.agreement_version_id:
            return request.redirect("/my")
        values = {
            **self._prepare_portal_layout_values(),
            **_prepare_agreement(request_sudo.agreement_version_id),
            "page_name": "sajad_request",
            "sajad_request": request_sudo,
        }
        return request.render("sajad_sla.portal_agreement", values)


def _prepare_agreement(shown_sudo):
    """Return what the page of a version of an agreement shows."""
    process_sudo = shown_sudo.process_id
    return {
        "agreement": shown_sudo,
        "process": process_sudo,
        "facts": shown_sudo._get_facts(),
        "versions": shown_sudo.agreement_id._get_public_versions(),
        "is_ended": shown_sudo.agreement_id.is_ended,
        "ends": process_sudo._get_call_text(),
    }


def give_pdf(report, records_sudo):
    """Return the paper of records to which access was checked."""
    # visitors and students may not read reports; what is printed was checked
    Report_sudo = request.env["ir.actions.report"].sudo()
    content, _kind = Report_sudo._render_qweb_pdf(report, records_sudo.ids)
    name = Report_sudo._get_file_name(report, records_sudo)
    return request.make_response(
        content,
        [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", http.content_disposition(name)),
            ("Cache-Control", "no-store"),
        ],
    )
