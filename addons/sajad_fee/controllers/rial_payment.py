import secrets

from werkzeug.exceptions import BadRequest, NotFound

from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.payment import utils as payment_utils
from odoo.addons.payment.controllers.portal import PaymentPortal
from odoo.addons.sajad_base.tools.typed import parse_amount


def read_amount(text):
    """Return whole rials of what was typed, 0 where it is no amount."""
    try:
        return parse_amount(text)
    except ValueError:
        return 0


class RialPayment(PaymentPortal):
    """Whole rials through the payment engine, whatever they pay (rows B7, D5).

    The server alone computes amounts: it signs what the page showed, and whoever
    inherits this computes it again when the person goes to the bank. `subject` is
    text that names what is paid, such as "fee-12".
    """

    def _prepare_rial_values(self, subject, total, transaction_route, landing_route):
        """Return what the form of the payment engine needs, for one signed amount."""
        partner = request.env.user.partner_id
        report = {}
        providers_sudo, methods_sudo = self._get_compatible(partner, total, report)
        token = payment_utils.generate_access_token(partner.id, subject, total)
        return {
            "reference_prefix": False,
            "amount": total,
            "currency": request.env.ref("base.IRR"),
            "partner_id": partner.id,
            "providers_sudo": providers_sudo,
            "payment_methods_sudo": methods_sudo,
            # nothing of a card is kept, so there is none to choose
            "tokens_sudo": request.env["payment.token"],
            "show_tokenize_input_mapping": dict.fromkeys(providers_sudo.ids, False),
            "availability_report": report,
            "transaction_route": transaction_route,
            "landing_route": landing_route,
            "access_token": token,
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

    def _read_signed_amount(self, subject, amount, access_token):
        """Return the rials that the page showed.

        :raise NotFound: the page showed another amount, or to somebody else
        """
        total = read_amount(amount)
        partner = request.env.user.partner_id
        signed = (partner.id, subject, total)
        if not payment_utils.check_access_token(access_token, *signed):
            raise NotFound()
        return total

    def _check_provider(self, total, kwargs):
        """Refuse a provider, method or flow that the page did not offer."""
        partner = request.env.user.partner_id
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

    def _create_rial_transaction(self, letter, record, total, kwargs, values):
        """Create the draft transaction of the user.

        :param letter: with which its number begins, one for each kind of payment
        :param record: that it pays
        :param values: further values of the transaction
        """
        return self._create_transaction(
            provider_id=kwargs["provider_id"],
            payment_method_id=kwargs["payment_method_id"],
            token_id=None,
            amount=total,
            currency_id=request.env.ref("base.IRR").id,
            partner_id=request.env.user.partner_id.id,
            flow=kwargs["flow"],
            tokenization_requested=False,
            landing_route="/my",
            # a number that people read out: no second calendar in it
            reference_prefix=f"{letter}{record.id}-{secrets.randbelow(10**6):06d}",
            custom_create_values=values,
        )
