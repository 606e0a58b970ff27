from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.http import request

from odoo.addons.payment.logging import get_payment_logger

_logger = get_payment_logger(__name__)

# anybody may send; what a bank says of a payment is a few hundred bytes
MAX_BODY = 64 * 1024
# `limited` is for who counts calls, as sajad_base does; the bank has one address and is
# let through more often


class ZibalController(http.Controller):
    """Where people come back from the bank, and where it tells the same itself."""

    @http.route(
        "/payment/zibal/return",
        type="http",
        methods=["GET", "POST"],
        auth="public",
        csrf=False,
        save_session=False,
        max_content_length=MAX_BODY,
        limited=10,
    )
    def zibal_return(self, **data):
        """Ask the bank for the payment that somebody says was made.

        Nothing of what is brought is believed but which payment to ask for.
        """
        self._settle(data)
        return request.redirect("/payment/status")

    @http.route(
        "/payment/zibal/notify",
        type="http",
        methods=["POST"],
        auth="public",
        csrf=False,
        save_session=False,
        max_content_length=MAX_BODY,
        limited=100,
    )
    def zibal_notify(self):
        """The same without a browser, as JSON; what is none is no fault of ours."""
        try:
            data = request.get_json_data()
        except ValueError as error:
            raise BadRequest("no JSON") from error
        self._settle(data if isinstance(data, dict) else {})
        return request.make_json_response("")

    def _settle(self, data):
        number, reference = str(data.get("trackId", "")), str(data.get("orderId", ""))
        _logger.info("Zibal speaks of payment %s (%s)", number, reference)
        transaction_sudo = (
            request.env["payment.transaction"]
            # the bank, and people who are signed in no more, come as the public user
            .sudo()
            .search(
                [
                    ("provider_id.code", "=", "zibal"),
                    ("provider_reference", "=", number),
                    ("reference", "=", reference),
                ],
                limit=1,
            )
        )
        if transaction_sudo and transaction_sudo.state != "done":
            transaction_sudo._zibal_settle()
