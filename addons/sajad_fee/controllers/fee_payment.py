from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .rial_payment import RialPayment


class FeePayment(RialPayment):
    """Pay the fee of an own request through the payment engine (row D5)."""

    def _get_own_fee(self, request_id):
        """Return the fee of an own request with elevated rights.

        :raise NotFound: the request is somebody else's, or costs nothing
        """
        # whose it is, is asked right here
        request_sudo = request.env["sajad.request"].sudo().browse(request_id).exists()
        if not request_sudo or not request_sudo._is_own() or not request_sudo.fee_ids:
            raise NotFound()
        return request_sudo.fee_ids

    @http.route(
        "/my/requests/<int:request_id>/pay", type="http", auth="user", website=True
    )
    def portal_pay_fee(self, request_id, **kw):
        """Show the fee and the providers to pay with. Row D5"""
        fee_sudo = self._get_own_fee(request_id)
        if fee_sudo.state != "waiting":
            return request.redirect(fee_sudo.request_id.access_url)
        values = {
            "page_name": "sajad_request",
            "sajad_request": fee_sudo.request_id,
            "fee": fee_sudo,
            "confirming": fee_sudo._get_confirming(),
            "started": fee_sudo._get_started(),
            "failed": fee_sudo._get_failed(),
        }
        url = fee_sudo.request_id.access_url
        values |= self._prepare_rial_values(
            self._get_subject(fee_sudo),
            round(fee_sudo.residual),
            f"{url}/pay/transaction",
            url,
        )
        return request.render("sajad_fee.portal_pay_fee", values)

    def _get_subject(self, fee):
        return f"fee-{fee.id}"

    @http.route(
        "/my/requests/<int:request_id>/pay/transaction", type="jsonrpc", auth="user"
    )
    def portal_fee_transaction(self, request_id, amount, access_token, **kwargs):
        """Create the draft transaction and return its processing values. Row D5

        :raise NotFound: a fee of another, or an amount that the page did not show
        :raise UserError: the fee is not owed any more, or is being paid already
        """
        self._validate_transaction_kwargs(kwargs)
        fee_sudo = self._get_own_fee(request_id)
        subject = self._get_subject(fee_sudo)
        total = self._read_signed_amount(subject, amount, access_token)
        if fee_sudo._get_confirming():
            raise UserError(
                request.env._(
                    "A payment of this fee is being confirmed. Please wait for it."
                )
            )
        if fee_sudo.state != "waiting" or total != round(fee_sudo.residual):
            raise UserError(
                request.env._("The fee changed meanwhile. Reload the page.")
            )
        self._check_provider(total, kwargs)
        tx_sudo = self._create_rial_transaction(
            "F", fee_sudo, total, kwargs, {"sajad_fee_id": fee_sudo.id}
        )
        url = fee_sudo.request_id.access_url
        tx_sudo.landing_route = f"{url}/payment/{tx_sudo.id}"
        return tx_sudo._get_processing_values()

    @http.route(
        "/my/requests/<int:request_id>/payment/<int:tx_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_fee_payment(self, request_id, tx_id, **kw):
        """Show how a payment of an own request ended. Row D5"""
        fee_sudo = self._get_own_fee(request_id)
        tx_sudo = fee_sudo._get_own_transactions([("id", "=", tx_id)])
        if not tx_sudo:
            raise NotFound()
        values = {
            "page_name": "sajad_request",
            "sajad_request": fee_sudo.request_id,
            "fee": fee_sudo,
            "tx": tx_sudo,
            "payment": fee_sudo.payment_ids.filtered(
                lambda payment: payment.transaction_id == tx_sudo
            ),
        }
        return request.render("sajad_fee.portal_fee_payment", values)

    @http.route(
        "/my/requests/<int:request_id>/receipts", type="http", auth="user", website=True
    )
    def portal_fee_receipts(self, request_id, payment=None, **kw):
        """Print the receipts of an own request, or one of them. Rows D5, E4"""
        payments_sudo = self._get_own_fee(request_id).payment_ids
        if payment:
            payments_sudo = payments_sudo.filtered(lambda p: str(p.id) == payment)
        if not payments_sudo:
            raise NotFound()
        # the payments are the person's own, who has no access to reports
        Report_sudo = request.env["ir.actions.report"].sudo()
        report = "sajad_fee.sajad_fee_receipt_report"
        content, _kind = Report_sudo._render_qweb_pdf(report, payments_sudo.ids)
        name = Report_sudo._get_file_name(report, payments_sudo)
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", http.content_disposition(name, "inline")),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers)
