from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.sajad_persian.tools.normalize import fold_words

from ..models.portal.sajad_process_guide import PICTURE_TYPES
from ..models.process.sajad_process_audience import AUDIENCES
from .portal_request_list import clean_search
from .portal_service import SajadServicePortal

PAGE_SIZE = 24


class SajadWindowPortal(SajadServicePortal):
    """The single window: every service with its guides, for visitors too (row A8)."""

    # ------------------------------------------------------------
    # THE CATALOGUE
    # ------------------------------------------------------------

    @http.route(
        ["/services", "/services/page/<int:page>"],
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def portal_services(self, page=1, search="", audience="", kind="", **kw):
        """Show every service to whoever asks. Row A8"""
        return self._render_catalogue("/services", page, search, audience, kind)

    @http.route(
        ["/my/services", "/my/services/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_services(self, page=1, search="", audience="", kind="", **kw):
        """Show every service, and to which of them one may apply. Row A8"""
        return self._render_catalogue("/my/services", page, search, audience, kind)

    def _render_catalogue(self, url, page, search, audience, kind):
        # What a service is and who may apply is no secret.
        Process_sudo = request.env["sajad.process"].sudo()
        audiences = {
            audience: Process_sudo._fields[name]._description_string(request.env)
            for audience, name in AUDIENCES.items()
        }
        kinds = dict(Process_sudo._fields["kind"]._description_selection(request.env))
        search = clean_search(search)
        values = self._prepare_window_values()
        own = self._get_own_audience(values["requesters"])
        audience = audience if audience in audiences or audience == "all" else own
        kind = kind if kind in kinds else ""
        domain = self._get_catalogue_domain(search, audience, kind, kinds)
        processes = Process_sudo.search_fetch(domain)
        order = list(kinds)
        processes = processes.sorted(lambda p: (order.index(p.kind), p.sequence, p.id))
        url_args = {"search": search, "audience": audience, "kind": kind}
        pager = portal_pager(
            url=url,
            url_args={name: value for name, value in url_args.items() if value},
            total=len(processes),
            page=page,
            step=PAGE_SIZE,
        )
        offset = max(pager["offset"], 0)
        services = self._prepare_services(
            processes[offset : offset + PAGE_SIZE], values["requesters"]
        )
        values.update(
            url_args,
            catalogue_url=url,
            audiences=audiences,
            kinds=kinds,
            is_filtered=bool(search or kind or audience != own),
            services=services,
            groups=[
                (kinds[key], [s for s in services if s["process"].kind == key])
                for key in kinds
                if any(s["process"].kind == key for s in services)
            ],
            pager=pager,
        )
        return request.render("sajad_base.portal_my_services", values)

    def _get_catalogue_domain(self, search, audience, kind, kinds):
        domain = Domain(request.env["sajad.process"]._get_catalogue_domain())
        if audience != "all":
            domain &= Domain(AUDIENCES[audience], "=", True)
        if kind:
            domain &= Domain("kind", "=", kind)
        if words := fold_words(search):
            # a heading finds all that stands under it
            headings = [
                key
                for key, label in kinds.items()
                if all(word in " ".join(fold_words(label)) for word in words)
            ]
            domain &= Domain("search_key", "ilike", search) | Domain(
                "kind", "in", headings
            )
        return domain

    def _prepare_window_values(self):
        is_visitor = request.env.user._is_public()
        values = {} if is_visitor else self._prepare_portal_layout_values()
        return {
            **values,
            "page_name": "sajad_service",
            "is_visitor": is_visitor,
            "no_breadcrumbs": is_visitor,
            # a visitor is nobody in particular
            "requesters": [] if is_visitor else self._get_requesters(),
        }

    def _get_own_audience(self, requesters):
        """Return for whom the catalogue is drawn at first: students to visitors."""
        return requesters[0]._get_requester_kind() if requesters else "student"

    def _prepare_services(self, processes, requesters):
        """Return what the cards of the services show, in few queries."""
        is_visitor = request.env.user._is_public()
        Request = request.env["sajad.request"]
        open_requests = {}
        # nobody has rights on drafts; an empty set unless they are the own ones
        drafts = request.env["sajad.request.draft"].sudo()
        if requesters:
            open_requests = Request._get_open_requests(processes, requesters)
            drafts = drafts._get_own()
        return [
            {
                **self._prepare_service_values(process, requesters, open_requests),
                "draft": drafts.filtered(lambda d, p=process: d.process_id == p)[:1],
                "is_visitor": is_visitor,
            }
            for process in processes
        ]

    # ------------------------------------------------------------
    # ONE SERVICE
    # ------------------------------------------------------------

    @http.route(
        "/services/<string:code>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def portal_service(self, code, **kw):
        """Show a service: its guides and what one needs, also on paper. Row A8"""
        process = self._get_service(code)
        if not process:
            raise request.not_found()
        values = self._prepare_window_values()
        (service,) = self._prepare_services(process, values["requesters"])
        values.update(
            process=process,
            service=service,
            guides=process.guide_ids._filter_readable(),
            catalogue_url="/services" if values["is_visitor"] else "/my/services",
        )
        return request.render("sajad_base.portal_service", values)

    def _get_service(self, code):
        """Return the service of the catalogue with elevated rights, or none."""
        # What a service is and who may apply is no secret.
        Process_sudo = request.env["sajad.process"].sudo()
        domain = Domain(Process_sudo._get_catalogue_domain())
        return Process_sudo.search(domain & Domain("code", "=", code), limit=1)

    @http.route(
        "/services/guides/<int:guide_id>/files/<int:file_id>",
        type="http",
        auth="public",
        readonly=True,
    )
    def portal_guide_file(self, guide_id, file_id, **kw):
        """Give a picture or file of a guide to those who may read it. Row A8"""
        # who reads which guide is checked right here
        guide_sudo = request.env["sajad.process.guide"].sudo().browse(guide_id).exists()
        readable = guide_sudo._filter_readable()
        if not readable or not self._get_service(readable.process_id.code):
            raise request.not_found()
        file_sudo = readable._get_own_file(file_id)
        if not file_sudo or file_sudo.type != "binary":
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(file_sudo)
        is_picture = file_sudo.mimetype in PICTURE_TYPES
        return stream.get_response(as_attachment=not is_picture)

    # ------------------------------------------------------------
    # AFTER SIGNING IN ANEW
    # ------------------------------------------------------------

    @http.route(
        [
            "/my/services/<string:code>/draft",
            "/my/services/<string:code>/draft/discard",
        ],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_service_draft_again(self, code, **kw):
        """Lead back to the form whoever had to sign in while sending it."""
        return request.redirect(f"/my/services/{code}/apply")

    @http.route(
        "/my/requests/<int:request_id>/<any(answer,cancel):action>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_my_request_again(self, request_id, action, **kw):
        """Lead back to the request whoever had to sign in while sending something."""
        return request.redirect(f"/my/requests/{request_id}")
