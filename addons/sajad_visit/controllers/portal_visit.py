from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.sajad_base.controllers.portal_request import SajadRequestPortal
from odoo.addons.sajad_base.engine.states import OPEN_REQUESTS

# nobody plans further ahead, and nobody reads longer lists
MAX_SLOTS = 60


class SajadVisitPortal(SajadRequestPortal):
    """Appointments of students who have to come in person (row B2)."""

    def _prepare_list_values(self):
        # Students have no access to visits; these are of the own requests.
        Request_sudo = request.env["sajad.request"].sudo()
        visits_sudo = Request_sudo._search_portal_visits(
            self._get_own_domain() & Domain("state", "in", OPEN_REQUESTS)
        )
        return {
            **super()._prepare_list_values(),
            "visits": [self._prepare_visit(visit) for visit in visits_sudo],
        }

    def _prepare_request_values(self, request_sudo, access_token=None, **kw):
        values = super()._prepare_request_values(request_sudo, access_token, **kw)
        visits_sudo = request_sudo._get_portal_visits()
        free = {}
        if values["is_owner"]:
            Slot = request.env["sajad.visit.slot"]
            free = Slot._get_free(visits_sudo.cartable_id, MAX_SLOTS)
        values["visits"] = {
            visit.task_id.id: self._prepare_visit(visit, free.get(visit.cartable_id))
            for visit in visits_sudo
        }
        return values

    def _prepare_visit(self, visit_sudo, slots=None):
        """Return what a template shows of a visit: its time, and those to choose."""
        days = {}
        for slot in slots or ():
            days.setdefault(slot._get_day_label(), []).append(slot)
        return {
            "visit": visit_sudo,
            "missed": visit_sudo.no_show_count,
            "is_too_late": visit_sudo._is_too_late(),
            "days": days,
        }

    @http.route(
        "/my/requests/<int:request_id>/visit/<int:visit_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_my_request_visit(self, request_id, visit_id, slot_id="", **kw):
        """Choose a time for a visit, or another one. Row B2"""
        request_sudo = self._get_own_request(request_id)
        visit_sudo = request_sudo and request_sudo._get_portal_visits().filtered(
            lambda visit: visit.id == visit_id
        )
        if not request_sudo:
            return request.redirect("/my")
        if not visit_sudo:
            # decided or cancelled meanwhile: the page says so
            return request.redirect(request_sudo.access_url)
        slots = request.env["sajad.visit.slot"]
        if slot_id.isdecimal() and len(slot_id) < 10:
            # whether it may be chosen is checked there
            slots = slots.sudo().browse(int(slot_id)).exists()
        try:
            with request.env.cr.savepoint():
                visit_sudo._book(slots)
        except UserError as error:
            values = self._prepare_request_values(request_sudo, problems=[str(error)])
            return request.render("sajad_base.portal_my_request", values)
        return request.redirect(f"{request_sudo.access_url}?message=booked")
