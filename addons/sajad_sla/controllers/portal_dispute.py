from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.sajad_base.controllers.form_files import FormFiles
from odoo.addons.sajad_base.controllers.portal_request import SajadRequestPortal
from odoo.addons.sajad_base.tools.body_limit import MAX_PAPERS, let_in

from ..models.dispute.sajad_dispute import FINAL_DISPUTES
from .portal_agreement import give_pdf

MAX_TEXT = 10000


class SajadDisputePortal(SajadRequestPortal):
    """Disputes of requesters: opened on the request, followed on a page (row D6)."""

    def _prepare_request_values(self, request_sudo, access_token=None, **kw):
        values = super()._prepare_request_values(request_sudo, access_token, **kw)
        last = values["is_owner"] and request_sudo._get_dispute_last_day()
        if last:
            values.update(
                disputes=request_sudo.dispute_ids,
                dispute_problem=request_sudo._get_dispute_problem(),
                dispute_last_day=last,
            )
        return values

    # ------------------------------------------------------------
    # OPEN
    # ------------------------------------------------------------

    @http.route(
        "/my/requests/<int:request_id>/dispute",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_my_request_dispute(self, request_id, **kw):
        """Show the form that opens a dispute on an own closed request. Row D6"""
        request_sudo = self._get_own_request(request_id)
        if not request_sudo:
            return request.redirect("/my")
        if request_sudo._get_dispute_problem():
            return request.redirect(self._get_dispute_url(request_sudo))
        return self._render_dispute_form(request_sudo)

    @http.route(
        "/my/requests/<int:request_id>/dispute",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=let_in(MAX_PAPERS),
    )
    def portal_my_request_dispute_open(self, request_id, claim="", wish="", **kw):
        """Open a dispute; what was typed is kept when it cannot be. Row D6"""
        request_sudo = self._get_own_request(request_id)
        if not request_sudo:
            return request.redirect("/my")
        if request_sudo._get_dispute_problem():
            # the second click of one form leads to what the first one opened
            return request.redirect(self._get_dispute_url(request_sudo))
        files = FormFiles.take(f"dispute-{request_id}")
        problems = [*files.problems.values()]
        if not problems:
            try:
                with request.env.cr.savepoint():
                    dispute_sudo = request_sudo._portal_open_dispute(
                        claim[:MAX_TEXT],
                        wish[:MAX_TEXT],
                        files.taken["files"],
                        files.kept["files"],
                    )
                path = f"/my/disputes/{dispute_sudo.id}?message=opened"
                return request.redirect(path)
            except UserError as error:
                problems = [str(error)]
        files.keep()
        return self._render_dispute_form(request_sudo, files, problems, claim, wish)

    def _get_dispute_url(self, request_sudo):
        """Return the page of the dispute of a request, or that of the request."""
        dispute_sudo = request_sudo.dispute_ids[:1]
        if dispute_sudo and dispute_sudo.state != "withdrawn":
            return f"/my/disputes/{dispute_sudo.id}"
        return f"/my/requests/{request_sudo.id}"

    def _render_dispute_form(
        self, request_sudo, files=None, problems=(), claim="", wish=""
    ):
        files = files or FormFiles(f"dispute-{request_sudo.id}")
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "sajad_request",
            "sajad_request": request_sudo,
            "last_day": request_sudo._get_dispute_last_day(),
            "upload": files.draw()["files"],
            "problems": problems,
            "claim": claim,
            "wish": wish,
        }
        return request.render("sajad_sla.portal_dispute_open", values)

    # ------------------------------------------------------------
    # FOLLOW
    # ------------------------------------------------------------

    def _get_own_dispute(self, dispute_id):
        """Return the dispute with elevated rights when it is the user's, or none."""
        # requesters have no rights on disputes; whose it is, is asked here
        dispute_sudo = request.env["sajad.dispute"].sudo().browse(dispute_id).exists()
        if dispute_sudo and dispute_sudo.request_id._is_own():
            return dispute_sudo
        return dispute_sudo.browse()

    @http.route(
        "/my/disputes/<int:dispute_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_dispute(self, dispute_id, message=None, **kw):
        """Show a dispute: what both sides did, and what can be done now. Row D6"""
        dispute_sudo = self._get_own_dispute(dispute_id)
        if not dispute_sudo:
            # nobody learns whether it exists
            return request.redirect("/my")
        return self._render_dispute(dispute_sudo, message=message)

    def _render_dispute(self, dispute_sudo, files=None, **kw):
        files = files or FormFiles(f"dispute-say-{dispute_sudo.id}")
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "sajad_dispute",
            "sajad_request": dispute_sudo.request_id,
            "dispute": dispute_sudo,
            "can_write": dispute_sudo._is_negotiable(),
            "can_withdraw": dispute_sudo._is_open(),
            "has_paper": dispute_sudo.state in FINAL_DISPUTES,
            "upload": files.draw()["files"],
            "problems": [],
            "text": "",
            **kw,
        }
        return request.render("sajad_sla.portal_dispute", values)

    @http.route(
        "/my/disputes/<int:dispute_id>/<any(say,accept,withdraw):action>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_my_dispute_again(self, dispute_id, action, **kw):
        """Lead back to the dispute whoever had to sign in while sending something."""
        return request.redirect(f"/my/disputes/{dispute_id}")

    @http.route(
        "/my/disputes/<int:dispute_id>/say",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=let_in(MAX_PAPERS),
    )
    def portal_my_dispute_say(self, dispute_id, text="", kind="message", **kw):
        """Write to the provider, or offer how to settle. Row D6"""
        dispute_sudo = self._get_own_dispute(dispute_id)
        if not dispute_sudo:
            return request.redirect("/my")
        files = FormFiles.take(f"dispute-say-{dispute_id}")
        taken, kept = files.taken["files"], files.kept["files"]
        problems = [*files.problems.values()] or self._do(
            dispute_sudo, "_portal_say", kind, text[:MAX_TEXT], taken, kept
        )
        if not problems:
            return request.redirect(f"/my/disputes/{dispute_id}?message=said")
        files.keep()
        return self._render_dispute(dispute_sudo, files, problems=problems, text=text)

    @http.route(
        "/my/disputes/<int:dispute_id>/accept",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_dispute_accept(self, dispute_id, offer_id="", **kw):
        """Accept the provider's offer: the dispute is settled. Row D6"""
        offer = int(offer_id) if offer_id.isdecimal() else 0
        return self._end_dispute(dispute_id, "settled", "_portal_accept", offer)

    @http.route(
        "/my/disputes/<int:dispute_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_dispute_withdraw(self, dispute_id, **kw):
        """Take the own dispute back. Row D6"""
        return self._end_dispute(dispute_id, "withdrawn", "_portal_withdraw")

    def _end_dispute(self, dispute_id, message, method, *args):
        dispute_sudo = self._get_own_dispute(dispute_id)
        if not dispute_sudo:
            return request.redirect("/my")
        problems = self._do(dispute_sudo, method, *args)
        if problems:
            return self._render_dispute(dispute_sudo, problems=problems)
        return request.redirect(f"/my/disputes/{dispute_id}?message={message}")

    def _do(self, dispute_sudo, method, *args):
        """Call a step as the user; return the sentences of what prevented it."""
        try:
            with request.env.cr.savepoint():
                getattr(dispute_sudo, method)(*args)
        except UserError as error:
            dispute_sudo.invalidate_recordset()
            return [str(error)]
        return []

    # ------------------------------------------------------------
    # FILES AND PAPER
    # ------------------------------------------------------------

    @http.route(
        "/my/disputes/<int:dispute_id>/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_dispute_file(self, dispute_id, file_id, **kw):
        """Download a file of either side. Row D6"""
        dispute_sudo = self._get_own_dispute(dispute_id)
        files_sudo = dispute_sudo.entry_ids.file_ids
        file_sudo = files_sudo.filtered(lambda file: file.id == file_id)
        if not file_sudo:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(file_sudo)
        return stream.get_response(as_attachment=True)

    @http.route(
        "/my/disputes/<int:dispute_id>/paper", type="http", auth="user", website=True
    )
    def portal_my_dispute_paper(self, dispute_id, **kw):
        """Print the final opinion, or what was agreed. Row D6"""
        dispute_sudo = self._get_own_dispute(dispute_id)
        if not dispute_sudo or dispute_sudo.state not in FINAL_DISPUTES:
            return request.redirect("/my")
        return give_pdf("sajad_sla.sajad_dispute_sheet", dispute_sudo)
