import uuid

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.sajad_base.controllers.portal_request import SajadRequestPortal
from odoo.addons.sajad_base.tools.clock import get_country_day


class CommissionPortal(SajadRequestPortal):
    """Letters of decisions and appeals of the student (row A7)."""

    def _prepare_request_values(self, request_sudo, access_token=None, **kw):
        is_owner = request_sudo._is_own()
        kw.setdefault("appeal_text", "")
        # other kinds of requests have neither letters nor appeals
        may_appeal = is_owner and request_sudo.process_id.appeal_process_id
        return super()._prepare_request_values(
            request_sudo,
            access_token,
            decision_items=request_sudo._get_decision_items() if is_owner else [],
            appeal_sudo=is_owner and request_sudo.appeal_ids,
            appealed_sudo=is_owner and request_sudo.appeal_of_id,
            appeal_until=may_appeal and get_country_day(request_sudo._get_appeal_end()),
            can_appeal=may_appeal and not request_sudo._get_appeal_problem(),
            appeal_token=str(uuid.uuid4()),
            **kw,
        )

    @http.route(
        "/my/requests/<int:request_id>/letters/<int:item_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def portal_my_request_letter(self, request_id, item_id, **_kw):
        """Print the letter of a decision for its own student. Row A7"""
        request_sudo = self._get_own_request(request_id)
        if not request_sudo:
            return request.redirect("/my")
        item_sudo = request_sudo._get_decision_items().filtered(
            lambda item: item.id == item_id
        )
        if not item_sudo:
            return request.not_found()
        # the owner was checked; the letter is what the commission wrote
        Report_sudo = request.env["ir.actions.report"].sudo()
        report = "sajad_commission.sajad_commission_letter"
        content, _type = Report_sudo._render_qweb_pdf(report, item_sudo.ids)
        name = Report_sudo._get_file_name(report, item_sudo)
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", http.content_disposition(name)),
        ]
        return request.make_response(content, headers)

    @http.route(
        "/my/requests/<int:request_id>/appeal",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_request_appeal(
        self, request_id, appeal_text="", submit_token="", **_kw
    ):
        """Take the student's objection to a decision; nothing typed is lost. Row A7"""
        request_sudo = self._get_own_request(request_id)
        if not request_sudo:
            return request.redirect("/my")
        try:
            with request.env.cr.savepoint():
                appeal_sudo = request_sudo._portal_appeal(
                    appeal_text[:10000], submit_token[:36]
                )
        except UserError as error:
            values = self._prepare_request_values(
                request_sudo, problems=[str(error)], appeal_text=appeal_text
            )
            return request.render("sajad_base.portal_my_request", values)
        return request.redirect(f"/my/requests/{appeal_sudo.id}")

    @http.route(
        "/my/requests/<int:request_id>/appeal",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_my_request_appeal_again(self, request_id, **_kw):
        """Lead back to the request whoever had to sign in while appealing."""
        return request.redirect(f"/my/requests/{request_id}")
