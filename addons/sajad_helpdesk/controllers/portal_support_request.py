from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.sajad_base.controllers.portal_request import SajadRequestPortal

MAX_TEXT = 10000


class SupportRequestPortal(SajadRequestPortal):
    """A support request of one's own: opened again, closed, rated (row D1)."""

    def _prepare_request_values(self, request_sudo, access_token=None, **kw):
        if request_sudo.support_state:
            is_owner = request_sudo._is_own()
            kw = {
                "is_support": True,
                "reopen_text": "",
                "feedback": "",
                "can_reopen": is_owner and request_sudo._can_support_reopen(),
                "can_close": is_owner and request_sudo._can_support_close(),
                "rating": is_owner and request_sudo._get_open_rating(),
                "given_ratings": request_sudo._get_support_ratings().filtered(
                    "consumed"
                ),
                "talk_problem": request_sudo._get_support_talk_problem(),
                **kw,
            }
        return super()._prepare_request_values(request_sudo, access_token, **kw)

    def _get_own_support(self, request_id):
        """Return the own support request with elevated rights, or None."""
        request_sudo = self._get_own_request(request_id)
        return request_sudo if request_sudo and request_sudo.support_state else None

    def _try(self, request_sudo, act, message, **typed):
        """Act, and show the page: with what is wrong, nothing typed is lost."""
        try:
            with request.env.cr.savepoint():
                act()
        except UserError as error:
            values = self._prepare_request_values(
                request_sudo, problems=[str(error)], **typed
            )
            return request.render("sajad_base.portal_my_request", values)
        return request.redirect(f"{request_sudo.access_url}?message={message}")

    @http.route(
        "/my/requests/<int:request_id>/reopen",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_support_reopen(self, request_id, reopen_text="", **kw):
        """Open an own solved request again, saying what is missing. Row D1"""
        request_sudo = self._get_own_support(request_id)
        if not request_sudo:
            return request.redirect("/my")
        text = reopen_text[:MAX_TEXT]
        return self._try(
            request_sudo,
            lambda: request_sudo._portal_support_reopen(text),
            "reopened",
            reopen_text=text,
        )

    @http.route(
        "/my/requests/<int:request_id>/close",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_support_close(self, request_id, **kw):
        """Say that an own solved request is settled. Row D1"""
        request_sudo = self._get_own_support(request_id)
        if not request_sudo:
            return request.redirect("/my")
        return self._try(request_sudo, request_sudo._portal_support_close, "closed")

    @http.route(
        "/my/requests/<int:request_id>/rate",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_support_rate(self, request_id, rate="", feedback="", **kw):
        """Rate the answer to an own request, once. Row D1"""
        request_sudo = self._get_own_support(request_id)
        if not request_sudo:
            return request.redirect("/my")
        rating_sudo = request_sudo._get_open_rating()
        number = int(rate) if rate.isdecimal() else 0
        return self._try(
            request_sudo,
            lambda: request_sudo._support_rate(rating_sudo, number, feedback),
            "rated",
            feedback=feedback,
        )

    @http.route(
        "/my/requests/<int:request_id>/<any(reopen,close,rate):action>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_support_again(self, request_id, action, **kw):
        """Lead back to the request whoever had to sign in while sending something."""
        return request.redirect(f"/my/requests/{request_id}")
