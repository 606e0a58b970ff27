from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from ..tools.body_limit import MAX_PAPERS, let_in
from .portal_answer import SajadAnswerPortal
from .portal_request_list import SajadRequestListPortal
from .public_page import limit_calls


def _is_without_token(_controller, _rule, _args):
    """Whether a call only reads: who comes with a token is counted."""
    return "access_token" not in request.httprequest.args


class SajadRequestPortal(SajadAnswerPortal, SajadRequestListPortal):
    """One of my requests: its page, its files, answers and cancelling (row A9)."""

    def _prepare_request_values(self, request_sudo, access_token=None, **kw):
        """Hook: what the page of one request shows."""
        is_owner = request_sudo._is_own()
        values = {
            "page_name": "sajad_request",
            "sajad_request": request_sudo,
            "is_owner": is_owner,
            "may_comment": is_owner
            or request_sudo.with_user(request.env.user).has_access("read"),
            "next_action": request_sudo._get_next_action(),
            "timeline": request_sudo._get_portal_timeline(),
            "form_values": request_sudo._get_answers()[request_sudo.id],
            "files": request_sudo._get_portal_files(),
            "can_answer": is_owner and request_sudo._can_answer(),
            "can_cancel": is_owner and request_sudo._can_cancel(),
            "problems": [],
        }
        if values["can_answer"]:
            values.update(self._prepare_answer_values(request_sudo))
        values.update(kw)
        self._read_neighbours(request_sudo)
        return self._get_page_view_values(
            request_sudo, access_token, values, "my_requests_history", False
        )

    def _read_neighbours(self, request_sudo):
        """Read at once what the links to the requests before and after are made of."""
        ids = request.session.get("my_requests_history", [])
        if request_sudo.id in ids:
            place = ids.index(request_sudo.id)
            near = ids[max(place - 1, 0) : place + 2]
            request_sudo.browse(near).fetch(["access_token"])

    def _get_visible_request(self, request_id, access_token=None):
        """Return the request with elevated rights when the user may see it, or None."""
        # staff have no rule for what they ask themselves; whose it is, is asked here
        own_sudo = request.env["sajad.request"].sudo()._find_whole(request_id)
        if own_sudo and own_sudo._is_own():
            return own_sudo
        if access_token:
            limit_calls("request_token", 5)
        try:
            self._document_check_access("sajad.request", request_id, access_token)
        except (AccessError, MissingError):
            return None
        # the check returns a record of the superuser; here it stays the user's
        return request.env["sajad.request"].sudo().browse(request_id)

    def _get_own_request(self, request_id):
        """Return the request with elevated rights when it is the user's, or None."""
        request_sudo = self._get_visible_request(request_id)
        return request_sudo if request_sudo and request_sudo._is_own() else None

    @http.route(
        "/my/requests/<int:request_id>",
        type="http",
        auth="public",
        website=True,
        readonly=_is_without_token,
    )
    def portal_my_request(self, request_id, access_token=None, message=None, **kw):
        """Show one request: what to do next, its way and its data. Row A9"""
        request_sudo = self._get_visible_request(request_id, access_token)
        if not request_sudo and request.env.user._is_public():
            # links of notices lead here; whether it exists is said to nobody
            path = f"/my/requests/{request_id}"
            return request.redirect_query("/web/login", {"redirect": path})
        if not request_sudo:
            # nobody learns whether the request exists
            return request.redirect("/my")
        values = self._prepare_request_values(
            request_sudo, access_token, message=message
        )
        return request.render("sajad_base.portal_my_request", values)

    @http.route(
        "/my/requests/<int:request_id>/files/<int:file_id>",
        type="http",
        auth="public",
        website=True,
        readonly=_is_without_token,
    )
    def portal_my_request_file(self, request_id, file_id, access_token=None, **kw):
        """Download a file of a request to those who may see the request. Row E5"""
        request_sudo = self._get_visible_request(request_id, access_token)
        if not request_sudo:
            return request.redirect("/my")
        file_sudo = request_sudo._get_portal_files().filtered(lambda f: f.id == file_id)
        if not file_sudo:
            raise request.not_found()
        # access was checked through the request
        stream = request.env["ir.binary"]._get_stream_from(file_sudo)
        return stream.get_response(as_attachment=True)

    @http.route(
        "/my/requests/<int:request_id>/sheet",
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_request_sheet(self, request_id, **kw):
        """Print the own form with the table of signatures. Row B8"""
        request_sudo = self._get_own_request(request_id)
        if not request_sudo:
            return request.redirect("/my")
        # students may not read reports; that the request is the own was checked
        Report_sudo = request.env["ir.actions.report"].sudo()
        content, _kind = Report_sudo._render_qweb_pdf(
            "sajad_base.sajad_request_sheet",
            request_sudo.ids,
            data={"is_requester": True},
        )
        name = http.content_disposition(
            Report_sudo._get_file_name("sajad_base.sajad_request_sheet", request_sudo)
        )
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", name),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route(
        "/my/requests/<int:request_id>/answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=let_in(MAX_PAPERS),
    )
    def portal_my_request_answer(self, request_id, answer="", **post):
        """Answer an office that returned the request; nothing typed is lost. Row A9"""
        request_sudo = self._get_own_request(request_id)
        if not request_sudo:
            return request.redirect("/my")
        if not request_sudo._can_answer():
            # nobody waits for it: nothing is read, and nothing kept
            problems = [request_sudo._get_no_answer_text()]
            wrong = {"problems": problems, "answer": answer}
        else:
            wrong = self._take_answer(request_sudo, answer, post)
        if not wrong:
            return request.redirect(f"/my/requests/{request_id}?message=answered")
        values = self._prepare_request_values(request_sudo, **wrong)
        return request.render("sajad_base.portal_my_request", values)

    @http.route(
        "/my/requests/<int:request_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_request_cancel(self, request_id, **kw):
        """Cancel an own open request. Row A9"""
        request_sudo = self._get_own_request(request_id)
        if not request_sudo:
            return request.redirect("/my")
        try:
            with request.env.cr.savepoint():
                request_sudo._portal_cancel()
        except UserError as error:
            values = self._prepare_request_values(request_sudo, problems=[str(error)])
            return request.render("sajad_base.portal_my_request", values)
        return request.redirect(f"/my/requests/{request_id}?message=cancelled")
