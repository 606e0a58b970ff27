from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.urls import urljoin

from odoo.addons.payment import utils as payment_utils
from odoo.addons.payment.const import REPORT_REASONS_MAPPING

from .. import const


class PaymentProvider(models.Model):
    """Zibal as a provider: the account, and how it is asked."""

    _inherit = "payment.provider"

    code = fields.Selection(
        selection_add=[("zibal", "Zibal")], ondelete={"zibal": "set default"}
    )
    zibal_merchant = fields.Char(
        string="Merchant Code",
        required_if_provider="zibal",
        copy=False,
        groups="base.group_system",
        help='The code of the gateway. While the provider is tested, "zibal" is used.',
    )
    zibal_access_token = fields.Char(
        string="Access Token",
        copy=False,
        groups="base.group_system",
        help="Of the account, for refunds. Empty: money goes back by hand.",
    )
    zibal_account = fields.Char(
        string="Wallet for Refunds",
        copy=False,
        groups="base.group_system",
        help="The number of the wallet at Zibal out of which money goes back. Empty: "
        "that of the account.",
    )

    # ------------------------------------------------------------
    # WHAT IT CAN
    # ------------------------------------------------------------

    def _compute_feature_support_fields(self):
        result = super()._compute_feature_support_fields()
        self.filtered(lambda p: p.code == "zibal").support_refund = "partial"
        return result

    def _get_supported_currencies(self):
        currencies = super()._get_supported_currencies()
        if self.code == "zibal":
            currencies = currencies.filtered(lambda c: c.name == const.CURRENCY)
        return currencies

    def _get_default_payment_method_codes(self):
        self.ensure_one()
        if self.code != "zibal":
            return super()._get_default_payment_method_codes()
        return const.DEFAULT_PAYMENT_METHOD_CODES

    @api.model
    def _get_compatible_providers(
        self, company_id, partner_id, amount, *args, report=None, **kwargs
    ):
        """Leave Zibal out where it would refuse: too little, or no payment at all."""
        providers = super()._get_compatible_providers(
            company_id, partner_id, amount, *args, report=report, **kwargs
        )
        if not kwargs.get("is_validation") and amount >= const.MIN_AMOUNT:
            return providers
        refusing = providers.filtered(lambda p: p.code == "zibal")
        payment_utils.add_to_report(
            report,
            refusing,
            available=False,
            reason=REPORT_REASONS_MAPPING["validation_not_supported"],
        )
        return providers - refusing

    # ------------------------------------------------------------
    # REQUESTS
    # ------------------------------------------------------------

    def _get_zibal_merchant(self):
        """Return the code of the gateway; money moves with the own one only."""
        self.ensure_one()
        return const.TEST_MERCHANT if self.state == "test" else self.zibal_merchant

    def _build_request_url(self, endpoint, *, account=False, **kwargs):
        if self.code != "zibal":
            return super()._build_request_url(endpoint, account=account, **kwargs)
        return urljoin(const.ACCOUNT if account else const.GATEWAY, endpoint)

    def _build_request_headers(self, method, endpoint, payload, **kwargs):
        if self.code != "zibal":
            return super()._build_request_headers(method, endpoint, payload, **kwargs)
        if not kwargs.get("account"):
            return {}
        return {"Authorization": f"Bearer {self.zibal_access_token}"}

    def _parse_response_error(self, response):
        if self.code != "zibal":
            return super()._parse_response_error(response)
        return response.json().get("message", "")

    def _parse_response_content(self, response, **kwargs):
        if self.code != "zibal":
            return super()._parse_response_content(response, **kwargs)
        try:
            content = response.json()
        except ValueError:
            content = None
        if not isinstance(content, dict):
            # a page of a firewall is no answer of the bank
            raise ValidationError(self.env._("The bank gave no answer that is one."))
        return content
