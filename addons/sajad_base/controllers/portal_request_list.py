import re

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.sajad_persian.tools.normalize import normalize_number

from ..engine.states import OPEN_REQUESTS

PAGE_SIZE = 20
# Nobody turns more pages; counting a large table exactly is slow.
MAX_COUNT = 50 * PAGE_SIZE
MAX_SEARCH = 100
WILDCARDS = re.compile(r"[%_\\]")


def clean_search(text):
    """Return what was typed into a search box, without the signs of patterns."""
    return WILDCARDS.sub(" ", (text or "")[:MAX_SEARCH]).strip()


def turn_pages(search, count, page, step, **kwargs):
    """Return (pager, the rows of the page); a first page that is not full says all.

    :param search: called with `limit` and `offset`
    :param count: called without anything, where there may be more
    """
    rows = search(limit=step, offset=0) if page <= 1 else None
    total = count() if rows is None or len(rows) >= step else len(rows)
    pager = portal_pager(total=total, page=page, step=step, **kwargs)
    if rows is None:
        rows = search(limit=step, offset=max(pager["offset"], 0))
    return pager, rows


class SajadRequestListPortal(CustomerPortal):
    """My requests: the list of all kinds (row A9)."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "request_count" in counters:
            # the domain names the own ones
            Request_sudo = request.env["sajad.request"].sudo()
            values["request_count"] = Request_sudo.search_count(
                self._get_own_domain(), limit=MAX_COUNT
            )
        return values

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
        """Hook: the filters of the list by status; a domain, or what returns one."""
        return {
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
            "todo": {
                "label": request.env._("Waiting for Me"),
                # asked for only when it is chosen: it looks for work
                "domain": self._get_todo_domain,
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
        # of the own requests, for their names
        processes_sudo = request.env["sajad.process"].sudo()
        processes_sudo = processes_sudo.union(*(p for (p,) in groups))
        # nothing else of them is shown
        processes_sudo.fetch(["code", "name"])
        return processes_sudo

    # ------------------------------------------------------------
    # LIST
    # ------------------------------------------------------------

    def _prepare_list_choices(
        self, sortby=None, filterby=None, kind=None, search="", whose=""
    ):
        """Return what the list offers to choose and what was chosen of it."""
        sortings, filters = self._get_request_sortings(), self._get_request_filters()
        whose_filters = self._get_whose_filters()
        processes_sudo = self._get_own_processes()
        return {
            "sortings": sortings,
            "sortby": sortby if sortby in sortings else "newest",
            "filters": filters,
            "filterby": filterby if filterby in filters else "all",
            "whose_filters": whose_filters,
            "whose": whose if whose in whose_filters else "",
            "processes": processes_sudo,
            "kind": kind if kind in processes_sudo.mapped("code") else False,
            "search": clean_search(search),
        }

    def _get_list_domain(self, choices):
        """Return the condition of the chosen requests among the own ones."""
        chosen = choices["filters"][choices["filterby"]]["domain"]
        domain = (
            self._get_own_domain()
            & (chosen() if callable(chosen) else chosen)
            & self._get_request_search_domain(choices["search"])
        )
        if kind := choices["kind"]:
            processes_sudo = choices["processes"].filtered(lambda p: p.code == kind)
            domain &= Domain("process_id", "in", processes_sudo.ids)
        if whose := choices["whose"]:
            domain &= choices["whose_filters"][whose]["domain"]
        return domain

    def _prepare_request_list_values(self, page, choices):
        """Return one page of the chosen requests."""
        # the domain names the own ones; what they refer to is shown, too
        Request_sudo = request.env["sajad.request"].sudo()
        domain = self._get_list_domain(choices)
        names = ("sortby", "filterby", "kind", "search", "whose")
        fields = Request_sudo._get_portal_list_fields()
        order = choices["sortings"][choices["sortby"]]["order"]
        pager, requests_sudo = turn_pages(
            lambda **part: Request_sudo.search_fetch(
                domain, fields, order=order, **part
            ),
            lambda: Request_sudo.search_count(domain, limit=MAX_COUNT),
            url="/my/requests",
            url_args={name: choices[name] for name in names if choices[name]},
            page=page,
            step=PAGE_SIZE,
        )
        is_all = choices["filterby"] == "all"
        return {
            "page_name": "sajad_request",
            "requests": requests_sudo,
            "summaries": requests_sudo._get_portal_summaries(),
            "is_filtered": not is_all
            or any(choices[name] for name in ("search", "kind", "whose")),
            "pager": pager,
        }

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
        choices = self._prepare_list_choices(sortby, filterby, kind, search, whose)
        values = {
            **self._prepare_portal_layout_values(),
            **choices,
            **self._prepare_request_list_values(page, choices),
            **self._prepare_list_values(),
        }
        request.session["my_requests_history"] = values["requests"].ids
        return request.render("sajad_base.portal_my_requests", values)

    def _prepare_list_values(self):
        """Hook: what stands above the list."""
        return {}
