from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.http import request

from odoo.addons.sajad_fee.controllers.rial_payment import RialPayment, read_amount

from ..models.sajad_hold_portal import MAX_HOLDS


def parse_ids(text):
    """Return the ids in "12-15", in order; none where it is something else."""
    parts = (text or "").split("-")
    if len(parts) > MAX_HOLDS or not all(p.isdecimal() and len(p) < 10 for p in parts):
        return []
    return sorted({int(part) for part in parts})


class HoldPayment(RialPayment):
    """Pay debts through the payment engine (row B7)."""

    def _get_payable_holds(self, ids):
        """Return the own holds of the ids with elevated rights.

        :raise NotFound: one is not the person's own
        """
        domain = Domain("id", "in", ids) & Domain(
            "partner_id", "=", request.env.user.partner_id.id
        )
        # own holds only: the domain names their owner
        holds_sudo = request.env["sajad.hold"].sudo().search(domain, order="id")
        if not ids or holds_sudo.ids != ids:
            raise NotFound()
        return holds_sudo

    # ------------------------------------------------------------
    # THE PAGE
    # ------------------------------------------------------------

    @http.route("/my/holds/pay", type="http", auth="user", website=True)
    def portal_pay_holds(self, holds="", part=None, amount=None, **kw):
        """Show what is paid, and the providers to pay with. Row B7

        :param holds: ids as in "12-15", or none for all debts
        :param part: "next" for the next instalment, "other" for `amount`
        """
        holds_sudo = self._get_asked_holds(holds)
        values = {
            "page_name": "sajad_hold",
            "pay_holds": holds_sudo,
            "hold": holds_sudo if len(holds_sudo) == 1 else None,
            "problems": [],
            "confirming": holds_sudo._get_confirming(),
            "started": holds_sudo._get_started(),
            "failed": holds_sudo._get_failed(),
            "typed_amount": amount,
        }
        try:
            wanted = self._get_asked_amount(holds_sudo, part, amount)
            amounts = holds_sudo._get_pay_amounts(wanted)
        except UserError as error:
            values["problems"] = [str(error)]
            return request.render("sajad_clearance.portal_pay_holds", values)
        total = round(sum(amounts.values()))
        ids = "-".join(str(hold_id) for hold_id in holds_sudo.ids)
        values.update(
            self._prepare_rial_values(
                ids, total, f"/my/holds/{ids}/transaction", "/my/holds"
            ),
            amounts=amounts,
            total=total,
        )
        return request.render("sajad_clearance.portal_pay_holds", values)

    def _get_asked_holds(self, holds):
        picked = request.httprequest.args.getlist("hold_ids")
        text = holds or "-".join(picked[: MAX_HOLDS + 1])
        if text:
            return self._get_payable_holds(parse_ids(text))
        # own holds only: the domain names their owner
        Hold_sudo = request.env["sajad.hold"].sudo()
        domain = Hold_sudo._get_payable_domain() & Domain(
            "partner_id", "=", request.env.user.partner_id.id
        )
        holds_sudo = Hold_sudo.search(domain, order="id", limit=MAX_HOLDS)
        # what is being confirmed does not keep the others from being paid
        lines_sudo = holds_sudo._get_confirming().hold_line_ids
        return (holds_sudo - lines_sudo.hold_id) or holds_sudo

    def _get_asked_amount(self, holds, part, amount):
        if part == "next" and len(holds) == 1:
            return holds._get_next_amount() or None
        if part == "other":
            # what is no number is too small, and the limits are told
            return read_amount(amount or "")
        return None

    # ------------------------------------------------------------
    # THE TRANSACTION
    # ------------------------------------------------------------

    @http.route("/my/holds/<string:ids>/transaction", type="jsonrpc", auth="user")
    def portal_hold_transaction(self, ids, amount, access_token, **kwargs):
        """Create the draft transaction and return its processing values. Row B7

        :raise NotFound: a hold of another, or an amount that the page did not show
        :raise UserError: the debts changed meanwhile, or a payment is under way
        """
        self._validate_transaction_kwargs(kwargs)
        total = self._read_signed_amount(ids, amount, access_token)
        holds_sudo = self._get_payable_holds(parse_ids(ids))
        if holds_sudo._get_confirming():
            raise UserError(
                request.env._(
                    "A payment of this debt is being confirmed. Please wait for it."
                )
            )
        amounts = self._get_signed_amounts(holds_sudo, total)
        self._check_provider(total, kwargs)
        tx_sudo = self._create_hold_transaction(amounts, kwargs)
        return tx_sudo._get_processing_values()

    def _create_hold_transaction(self, amounts, kwargs):
        """Create the transaction that pays each hold its amount.

        :param amounts: {hold: rials}, as the page showed them
        """
        lines = [
            Command.create({"hold_id": hold.id, "amount": part})
            for hold, part in amounts.items()
        ]
        tx_sudo = self._create_rial_transaction(
            "H",
            next(iter(amounts)),
            round(sum(amounts.values())),
            kwargs,
            {"hold_line_ids": lines},
        )
        tx_sudo.landing_route = f"/my/holds/payment/{tx_sudo.id}"
        return tx_sudo

    def _get_signed_amounts(self, holds, total):
        """Return {hold: amount}; the signed sum has to be right still."""
        part = total if len(holds) == 1 else None
        amounts = holds._get_pay_amounts(part)
        if sum(amounts.values()) != total:
            raise UserError(
                request.env._("The debts changed meanwhile. Reload the page, then pay.")
            )
        return amounts

    # ------------------------------------------------------------
    # BACK FROM THE BANK
    # ------------------------------------------------------------

    @http.route(
        "/my/holds/payment/<int:tx_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_hold_payment(self, tx_id, **kw):
        """Show how an own payment ended. Row B7"""
        domain = [
            ("id", "=", tx_id),
            ("partner_id", "=", request.env.user.partner_id.id),
            ("hold_line_ids", "!=", False),
        ]
        # own transactions only: the domain names their owner
        tx_sudo = request.env["payment.transaction"].sudo().search(domain)
        if not tx_sudo:
            return request.not_found()
        values = {
            "page_name": "sajad_hold",
            "hold": None,
            "tx": tx_sudo,
            "lines": tx_sudo.hold_line_ids,
            "payments": tx_sudo._get_hold_payments("payment"),
        }
        return request.render("sajad_clearance.portal_hold_payment", values)
