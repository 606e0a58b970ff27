import re

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.sajad_persian.tools.normalize import normalize_number

from ..engine.states import OPEN_REQUESTS
from .form_files import FormFiles

PAGE_SIZE = 20
# Nobody turns more pages; counting a large table exactly is slow.
MAX_COUNT = 50 * PAGE_SIZE
MAX_SEARCH = 100
WILDCARDS = re.compile(r"[%_\\]")


def clean_search(text):
    """Return what was typed into a search box, without the signs of patterns."""
    return WILDCARDS.sub(" ", (text or "")[:MAX_SEARCH]).strip()


class SajadRequestPortal(CustomerPortal):
    """My requests: the list, one request, answers and cancelling (row A9)."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "request_count" in counters:
            # the domain names the own ones
            Request_sudo = request.env["sajad.request"].sudo()
            values["request_count"] = Request_sudo.search_count(
                self._get_own_domain(), limit=MAX_COUNT
            )
        return values

    # ------------------------------------------------------------
    # LIST
    # ------------------------------------------------------------

    def _get_own_domain(self):
        # staff read the requests of others too; these pages show one's own
        return request.env["sajad.request"]._get_own_domain()

    def _get_whose_filters(self):
        """Return {key: filter} for whoever asks on behalf of institutions, too."""
        institutions_sudo = request.env.user.sajad_institution_ids
        if not institutions_sudo:
            return {}
        return {
            "own": {
                "label": request.env._("My own"),
                "domain": Domain("institution_id", "=", False),
            },
            **{
                institution._get_requester_key(): {
                    "label": institution.name,
                    "domain": Domain("institution_id", "=", institution.id),
                }
                for institution in institutions_sudo
            },
        }

    def _get_request_sortings(self):
        """Hook: how the list can be sorted."""
        return {
            "newest": {"label": request.env._("Newest"), "order": "id desc"},
            "oldest": {"label": request.env._("Oldest"), "order": "id"},
            "status": {"label": request.env._("Status"), "order": "state, id desc"},
        }

    def _get_request_filters(self):
        """Hook: the filters of the list by status."""
        return {
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
            "todo": {
                "label": request.env._("Waiting for Me"),
                "domain": self._get_todo_domain(),
            },
            "open": {
                "label": request.env._("In Progress"),
                "domain": Domain("state", "in", OPEN_REQUESTS),
            },
            "done": {
                "label": request.env._("Done"),
                "domain": Domain("state", "=", "done"),
            },
            "refused": {
                "label": request.env._("Refused"),
                "domain": Domain("state", "=", "refused"),
            },
            "cancelled": {
                "label": request.env._("Cancelled"),
                "domain": Domain("state", "=", "cancelled"),
            },
        }

    def _get_todo_domain(self):
        # Students have no access to work items; these are of the own requests.
        Task_sudo = request.env["sajad.task"].sudo()
        query = Task_sudo._search(
            [
                ("request_id", "any", self._get_own_domain()),
                ("current", "=", True),
                ("state", "=", "student"),
            ]
        )
        return Domain("id", "in", query.subselect("request_id"))

    def _get_request_search_domain(self, search):
        """Hook: what the search box looks in."""
        if not search:
            return Domain.TRUE
        processes_sudo = (
            request.env["sajad.process"]
            # names of services are no secret, yet portal users have no access to them
            .sudo()
            .with_context(active_test=False)
            .search([("search_key", "ilike", search)])
        )
        number = normalize_number(search)
        return (
            Domain("name", "ilike", number)
            | Domain("registration_number", "ilike", number)
            | Domain("process_id", "in", processes_sudo.ids)
        )

    def _get_own_processes(self):
        """Return the processes of the own requests, for the filter by kind."""
        groups = (
            request.env["sajad.request"]
            # names of services are no secret, yet portal users have no access to them
            .sudo()
            ._read_group(self._get_own_domain(), ["process_id"])
        )
        return request.env["sajad.process"].sudo().union(*(p for (p,) in groups))

    @http.route(
        ["/my/requests", "/my/requests/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_requests(
        self, page=1, sortby=None, filterby=None, kind=None, search="", whose="", **kw
    ):
        """Show the own requests of all kinds. Row A9"""
        # the domain names the own ones; what they refer to is shown, too
        Request_sudo = request.env["sajad.request"].sudo()
        sortings, filters = self._get_request_sortings(), self._get_request_filters()
        sortby = sortby if sortby in sortings else "newest"
        filterby = filterby if filterby in filters else "all"
        whose_filters = self._get_whose_filters()
        whose = whose if whose in whose_filters else ""
        search = clean_search(search)
        processes_sudo = self._get_own_processes()
        process_sudo = processes_sudo.filtered(lambda process: process.code == kind)
        domain = (
            self._get_own_domain()
            & filters[filterby]["domain"]
            & self._get_request_search_domain(search)
        )
        if process_sudo:
            domain &= Domain("process_id", "=", process_sudo.id)
        if whose:
            domain &= whose_filters[whose]["domain"]
        total = Request_sudo.search_count(domain, limit=MAX_COUNT)
        url_args = {
            "sortby": sortby,
            "filterby": filterby,
            "kind": process_sudo.code,
            "search": search,
            "whose": whose,
        }
        pager = portal_pager(
            url="/my/requests",
            url_args={key: value for key, value in url_args.items() if value},
            total=total,
            page=page,
            step=PAGE_SIZE,
        )
        requests_sudo = Request_sudo
        if total:
            offset = max(pager["offset"], 0)
            order = sortings[sortby]["order"]
            requests_sudo = Request_sudo.search(
                domain, order=order, limit=PAGE_SIZE, offset=offset
            )
        request.session["my_requests_history"] = requests_sudo.ids
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="sajad_request",
            requests=requests_sudo,
            summaries=requests_sudo._get_portal_summaries(),
            processes=processes_sudo,
            kind=process_sudo.code,
            sortings=sortings,
            sortby=sortby,
            filters=filters,
            filterby=filterby,
            search=search,
            whose_filters=whose_filters,
            whose=whose,
            is_filtered=bool(search or process_sudo or whose or filterby != "all"),
            pager=pager,
        )
        values.update(self._prepare_list_values())
        return request.render("sajad_base.portal_my_requests", values)

    def _prepare_list_values(self):
        """Hook: what stands above the list."""
        return {}

    # ------------------------------------------------------------
    # ONE REQUEST
    # ------------------------------------------------------------

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
            "form_values": request_sudo.read(["properties"])[0]["properties"],
            "files": request_sudo._get_portal_files(),
            "can_answer": is_owner and request_sudo._can_answer(),
            "can_cancel": is_owner and request_sudo._can_cancel(),
            "uploads": FormFiles(f"answer-{request_sudo.id}").draw()
            if is_owner
            else {},
            "answer": "",
            "problems": [],
            **kw,
        }
        return self._get_page_view_values(
            request_sudo, access_token, values, "my_requests_history", False
        )

    def _get_visible_request(self, request_id, access_token=None):
        """Return the request with elevated rights when the user may see it, or None."""
        # staff have no rule for what they ask themselves; whose it is, is asked here
        own_sudo = request.env["sajad.request"].sudo().browse(request_id).exists()
        if own_sudo and own_sudo._is_own():
            return own_sudo
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
        readonly=True,
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
        readonly=True,
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
        "/my/requests/<int:request_id>/answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_request_answer(self, request_id, answer="", **kw):
        """Answer an office that returned the request; nothing typed is lost. Row A9"""
        request_sudo = self._get_own_request(request_id)
        if not request_sudo:
            return request.redirect("/my")
        files = FormFiles.take(f"answer-{request_id}")
        problems = list(files.problems.values())
        if not problems:
            try:
                with request.env.cr.savepoint():
                    request_sudo._portal_answer(answer[:10000])
                    files.attach(request_sudo)
                return request.redirect(f"/my/requests/{request_id}?message=answered")
            except UserError as error:
                problems = [str(error)]
        files.keep()
        values = self._prepare_request_values(
            request_sudo, answer=answer, problems=problems, uploads=files.draw()
        )
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
