from odoo import http
from odoo.http import request

from ..tools.body_limit import MAX_PAPERS, let_in
from .portal_request import SajadRequestPortal
from .portal_service import SajadServicePortal


class SajadDraftPortal(SajadServicePortal):
    """Half-filled forms: kept on demand and with errors, found again (row B9)."""

    def _get_form_url(self, process, requester, message):
        return (
            f"/my/services/{process.code}/apply"
            f"?requester={requester._get_requester_key()}&message={message}"
        )

    @http.route(
        "/my/services/<string:code>/draft",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=let_in(MAX_PAPERS),
    )
    def portal_service_draft(self, code, **post):
        """Keep a form as it is, however incomplete, to go on later. Row B9"""
        form, leads_to = self._take_form(code, post)
        if not form:
            return request.redirect(leads_to)
        process, requesters, requester, clashes, files = form
        files.keep()
        draft = self._keep_draft(process, requester, {**post, **clashes}, files)
        if not files.problems and not clashes:
            return request.redirect(
                self._get_form_url(process, requester, "draft_kept")
            )
        return self._render_apply(
            process,
            requesters,
            requester,
            post,
            clashes=clashes,
            errors=files.problems,
            files=files,
            draft=draft,
        )

    @http.route(
        "/my/services/<string:code>/draft/discard",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_service_draft_discard(self, code, **post):
        """Throw the own half-filled form away, with its files. Row B9"""
        process = self._get_apply_process(code)
        requesters = self._get_apply_requesters(process)
        if not requesters:
            return request.redirect("/my/services")
        requester = self._get_apply_requester(requesters, post)
        self._discard_draft(process, requester)
        return request.redirect(
            self._get_form_url(process, requester, "draft_discarded")
        )


class SajadDraftListPortal(SajadRequestPortal):
    def _prepare_list_values(self):
        drafts = request.env["sajad.request.draft"]._get_own()
        return {**super()._prepare_list_values(), "drafts": drafts}
