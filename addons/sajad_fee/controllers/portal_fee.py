from odoo.fields import Domain
from odoo.http import request

from odoo.addons.sajad_base.controllers.portal_request import SajadRequestPortal
from odoo.addons.sajad_base.controllers.portal_service import SajadServicePortal


class FeeServicePortal(SajadServicePortal):
    """The form of a service that costs something ends on its payment (row D5)."""

    def _get_sent_url(self, request_sudo):
        if request_sudo._get_next_kind() == "payment":
            return f"{request_sudo.access_url}/pay"
        return super()._get_sent_url(request_sudo)


class FeeRequestPortal(SajadRequestPortal):
    """Requests that wait for their payment, and what was paid (row D5)."""

    def _prepare_request_values(self, request_sudo, access_token=None, **kw):
        values = super()._prepare_request_values(request_sudo, access_token, **kw)
        if values["is_owner"]:
            values["fee"] = request_sudo._get_fee()
        if values["next_action"]["kind"] == "payment":
            # it was received when its fee has come
            values["message"] = None
            values["failed"] = request_sudo._get_fee()._get_failed()
        return values

    def _get_request_filters(self):
        filters = super()._get_request_filters()
        return {
            **filters,
            "payment": {
                "label": request.env._("Waiting for Payment"),
                "domain": request.env["sajad.request"]._get_waiting_domain,
            },
        }

    def _get_todo_domain(self):
        waiting = request.env["sajad.request"]._get_waiting_domain()
        return Domain(super()._get_todo_domain()) | waiting
