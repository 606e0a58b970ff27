import secrets

from werkzeug.exceptions import BadRequest, NotFound

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.http import request

from odoo.addons.payment import utils as payment_utils
from odoo.addons.payment.controllers.portal import PaymentPortal
from odoo.addons.sajad_base.tools.typed import parse_amount

from ..models.sajad_hold_portal import MAX_HOLDS


def parse_ids(text):
    """Return the ids in "12-15", in order; none where it is something else."""
    parts = (text or "").split("-")
    if len(parts) > MAX_HOLDS or not all(p.isdecimal() and len(p) < 10 for p in parts):
        return []
    return sorted({int(part) for part in parts})


def read_amount(text):
    """Return whole rials of what was typed, 0 where it is no amount."""
    try:
        return parse_amount(text)
    except ValueError:
        return 0


class HoldPayment(PaymentPortal):
    """Pay debts through the payment engine (row B7).

    The server alone computes amounts: it signs what the page showed, and computes it
    again when the student goes to the bank.
    """

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
            "typed_amount": amount,
        }
        try:
            wanted = self._get_asked_amount(holds_sudo, part, amount)
            amounts = holds_sudo._get_pay_amounts(wanted)
        except UserError as error:
            values["problems"] = [str(error)]
            return request.render("sajad_clearance.portal_pay_holds", values)
        total = round(sum(amounts.values()))
        values.update(
            self._prepare_provider_values(holds_sudo, total),
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

    def _prepare_provider_values(self, holds, total):
        """Return what the form of the payment engine needs, for one signed amount."""
        partner = request.env.user.partner_id
        currency = holds.currency_id
        ids = "-".join(str(hold_id) for hold_id in holds.ids)
        report = {}
        providers_sudo, methods_sudo = self._get_compatible(partner, total, report)
        return {
            "reference_prefix": False,
            "amount": total,
            "currency": currency,
            "partner_id": partner.id,
            "providers_sudo": providers_sudo,
            "payment_methods_sudo": methods_sudo,
            # nothing of a card is kept, so there is none to choose
            "tokens_sudo": request.env["payment.token"],
            "show_tokenize_input_mapping": dict.fromkeys(providers_sudo.ids, False),
            "availability_report": report,
            "transaction_route": f"/my/holds/{ids}/transaction",
            "landing_route": "/my/holds",
            "access_token": payment_utils.generate_access_token(partner.id, ids, total),
        }

    def _get_compatible(self, partner, total, report=None):
        currency = request.env.ref("base.IRR")
        providers_sudo = (
            request.env["payment.provider"]
            # providers are closed to portal users; only their names are shown
            .sudo()
            ._get_compatible_providers(
                request.env.company.id,
                partner.id,
                total,
                currency_id=currency.id,
                report=report,
            )
        )
        methods_sudo = (
            request.env["payment.method"]
            # the same for the methods of the providers
            .sudo()
            ._get_compatible_payment_methods(
                providers_sudo.ids, partner.id, currency_id=currency.id, report=report
            )
        )
        return providers_sudo, methods_sudo

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
        partner = request.env.user.partner_id
        total = read_amount(amount)
        if not payment_utils.check_access_token(access_token, partner.id, ids, total):
            raise NotFound()
        holds_sudo = self._get_payable_holds(parse_ids(ids))
        if holds_sudo._get_confirming():
            raise UserError(
                request.env._(
                    "A payment of this debt is being confirmed. Please wait for it."
                )
            )
        amounts = self._get_signed_amounts(holds_sudo, total)
        self._check_provider(partner, total, kwargs)
        tx_sudo = self._create_hold_transaction(partner, amounts, kwargs)
        return tx_sudo._get_processing_values()

    def _create_hold_transaction(self, partner, amounts, kwargs):
        """Create the transaction that pays each hold its amount.

        :param amounts: {hold: rials}, as the page showed them
        """
        first = next(iter(amounts))
        tx_sudo = self._create_transaction(
            provider_id=kwargs["provider_id"],
            payment_method_id=kwargs["payment_method_id"],
            token_id=None,
            amount=round(sum(amounts.values())),
            currency_id=first.currency_id.id,
            partner_id=partner.id,
            flow=kwargs["flow"],
            tokenization_requested=False,
            landing_route="/my/holds",
            # a number that people read out: no second calendar in it
            reference_prefix=f"H{first.id}-{secrets.randbelow(10**6):06d}",
            custom_create_values={
                "hold_line_ids": [
                    Command.create({"hold_id": hold.id, "amount": part})
                    for hold, part in amounts.items()
                ]
            },
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

    def _check_provider(self, partner, total, kwargs):
        """Refuse a provider, method or flow that the page did not offer."""
        providers_sudo, methods_sudo = self._get_compatible(partner, total)
        provider_id = kwargs.get("provider_id")
        method_sudo = methods_sudo.filtered(
            lambda m: (
                m.id == kwargs.get("payment_method_id")
                and provider_id in (m.provider_ids & providers_sudo).ids
            )
        )
        if kwargs.get("flow") not in ("redirect", "direct"):
            raise BadRequest()
        if not method_sudo:
            raise ValidationError(
                request.env._("This way of paying is not offered any more.")
            )

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
