from odoo import models


class SajadEngine(models.AbstractModel):
    """A request that costs something is submitted when its money has come (row D5)."""

    _inherit = "sajad.engine"

    def _check_in_time(self, requests):
        # who was asked to pay had come in time; the service has to be there still
        priced = requests.filtered("fee_ids")
        priced.process_id._check_offered()
        return super()._check_in_time(requests - priced)

    def _cancel(self, request, reason=""):
        result = super()._cancel(request, reason)
        # the requester was checked; whose money goes back is told so
        request._get_fee()._tell_refund()
        return result

    def _hold_back(self, requests):
        held = super()._hold_back(requests)
        return held | self.env["sajad.fee"]._price(requests - held)
