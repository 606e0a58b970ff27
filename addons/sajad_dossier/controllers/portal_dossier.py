from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.sajad_base.controllers.portal_request_list import (
    MAX_COUNT,
    PAGE_SIZE,
)

MESSAGES = ("added", "removed", "submitted", "discarded", "gone", "changed", "exported")


class DossierPortal(CustomerPortal):
    """My dossier: what is missing, what became of it, and who looked (row C4).

    People of the portal have no access to dossiers; what these pages show was found as
    the person's own. Whose it is not, learns not even that it exists.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "dossier_count" in counters:
            counts = request.env["sajad.dossier"]._get_home_counts()
            values["dossier_count"] = counts["total"]
        return values

    def _get_own_dossier(self, dossier_id):
        """Return the dossier with elevated rights when it is the user's."""
        own_sudo = request.env["sajad.dossier"]._get_own()
        return own_sudo.filtered(lambda dossier: dossier.id == dossier_id)

    def _get_own_item(self, dossier_id, item_id):
        """Return the entry of the checklist with elevated rights when it is own."""
        items_sudo = self._get_own_dossier(dossier_id)._get_portal_items()
        return items_sudo.filtered(lambda item: item.id == item_id)

    def _prepare_dossier_values(self, dossier_sudo, **kw):
        message = kw.pop("message", None)
        return {
            **self._prepare_portal_layout_values(),
            "page_name": "sajad_dossier",
            "dossier": dossier_sudo,
            "message": message if message in MESSAGES else None,
            "problems": [],
            **kw,
        }

    # ------------------------------------------------------------
    # DOSSIERS
    # ------------------------------------------------------------

    @http.route("/my/dossiers", type="http", auth="user", website=True, readonly=True)
    def portal_my_dossiers(self, **kw):
        """Show the dossiers of all own studies; one alone is opened. Row C4"""
        dossiers_sudo = request.env["sajad.dossier"]._get_own()
        if len(dossiers_sudo) == 1:
            return request.redirect(dossiers_sudo._get_portal_url())
        values = self._prepare_dossier_values(
            dossiers_sudo.browse(), dossiers=dossiers_sudo
        )
        return request.render("sajad_dossier.portal_my_dossiers", values)

    @http.route(
        "/my/dossiers/<int:dossier_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_dossier(self, dossier_id, message=None, **kw):
        """Show the checklist: missing, drafted, submitted, decided. Row C4"""
        dossier_sudo = self._get_own_dossier(dossier_id)
        if not dossier_sudo:
            raise request.not_found()
        return self._render_dossier(dossier_sudo, message=message)

    def _render_dossier(self, dossier_sudo, **kw):
        values = self._prepare_dossier_values(
            dossier_sudo,
            next_action=dossier_sudo._get_next_action(),
            checklist=dossier_sudo._get_checklist(),
            drafts=dossier_sudo.item_ids.draft_ids,
            others=dossier_sudo._get_other_documents(),
            notes=dossier_sudo._get_student_notes(),
            **kw,
        )
        return request.render("sajad_dossier.portal_my_dossier", values)

    # ------------------------------------------------------------
    # ONE ENTRY OF THE CHECKLIST
    # ------------------------------------------------------------

    @http.route(
        "/my/dossiers/<int:dossier_id>/items/<int:item_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_dossier_item(self, dossier_id, item_id, message=None, **kw):
        """Show one entry: why, its pages, what was decided. Row C4"""
        item_sudo = self._get_own_item(dossier_id, item_id)
        if not item_sudo:
            raise request.not_found()
        return self._render_item(item_sudo, message=message)

    def _render_item(self, item_sudo, **kw):
        draft_sudo = item_sudo.draft_ids
        types_sudo = item_sudo._get_portal_types()
        type_sudo = draft_sudo.type_id or types_sudo[:1]
        accepted = type_sudo and type_sudo._get_accepted()
        values = self._prepare_dossier_values(
            item_sudo.dossier_id,
            item=item_sudo,
            kind=item_sudo._get_portal_kind(),
            can_bring=item_sudo._can_bring(),
            draft=draft_sudo,
            types=types_sudo,
            accepted=accepted,
            is_full=accepted and len(draft_sudo.page_ids) >= accepted.max_count,
            documents=item_sudo._get_live_documents(),
            rejected=item_sudo._get_rejected(),
            history=item_sudo._get_portal_history(),
            **kw,
        )
        return request.render("sajad_dossier.portal_my_dossier_item", values)

    # ------------------------------------------------------------
    # WHO LOOKED
    # ------------------------------------------------------------

    @http.route(
        [
            "/my/dossiers/<int:dossier_id>/looks",
            "/my/dossiers/<int:dossier_id>/looks/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_dossier_looks(self, dossier_id, page=1, **kw):
        """Show who looked at the own dossier, and when. Row C4"""
        dossier_sudo = self._get_own_dossier(dossier_id)
        if not dossier_sudo:
            raise request.not_found()
        # the log of the own dossier, which was found above
        Look_sudo = request.env["sajad.dossier.access"].sudo()
        domain = dossier_sudo._get_looks_domain()
        pager = portal_pager(
            url=f"{dossier_sudo._get_portal_url()}/looks",
            total=Look_sudo.search_count(domain, limit=MAX_COUNT),
            page=page,
            step=PAGE_SIZE,
        )
        offset = max(pager["offset"], 0)
        looks_sudo = Look_sudo.search(domain, limit=PAGE_SIZE, offset=offset)
        values = self._prepare_dossier_values(
            dossier_sudo, looks=looks_sudo, pager=pager, is_looks=True
        )
        return request.render("sajad_dossier.portal_my_dossier_looks", values)
