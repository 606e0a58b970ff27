from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.sajad_base.controllers.portal_request_list import (
    MAX_COUNT,
    PAGE_SIZE,
    SajadRequestListPortal,
)

from ..models.dispute.sajad_dispute import OPEN_DISPUTES


class SajadDisputeListPortal(SajadRequestListPortal):
    """My disputes: those of one's own requests (row D6)."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "dispute_count" in counters:
            values["dispute_count"] = self._get_own_disputes().search_count(
                self._get_own_dispute_domain(), limit=MAX_COUNT
            )
        return values

    def _get_own_disputes(self):
        # requesters have no rights on disputes; the domain names the own ones
        return request.env["sajad.dispute"].sudo()

    def _get_own_dispute_domain(self):
        return Domain("request_id", "any", self._get_own_domain())

    def _get_dispute_filters(self):
        is_open = Domain("state", "in", OPEN_DISPUTES)
        return {
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
            "open": {"label": request.env._("Open"), "domain": is_open},
            "closed": {"label": request.env._("Ended"), "domain": ~is_open},
        }

    @http.route(
        ["/my/disputes", "/my/disputes/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_disputes(self, page=1, filterby=None, **kw):
        """Show the disputes of the own requests, the newest first. Row D6"""
        filters = self._get_dispute_filters()
        filterby = filterby if filterby in filters else "all"
        domain = self._get_own_dispute_domain() & filters[filterby]["domain"]
        Dispute_sudo = self._get_own_disputes()
        pager = portal_pager(
            url="/my/disputes",
            url_args={"filterby": filterby} if filterby != "all" else {},
            total=Dispute_sudo.search_count(domain, limit=MAX_COUNT),
            page=page,
            step=PAGE_SIZE,
        )
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "sajad_dispute",
            "disputes": Dispute_sudo.search(
                domain, limit=PAGE_SIZE, offset=max(pager["offset"], 0)
            ),
            "filters": filters,
            "filterby": filterby,
            "is_filtered": filterby != "all",
            "pager": pager,
        }
        return request.render("sajad_sla.portal_my_disputes", values)
