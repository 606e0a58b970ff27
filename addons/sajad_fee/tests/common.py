from odoo.fields import Command

from odoo.addons.payment.tests.common import PaymentCommon
from odoo.addons.sajad_base.tests.common import SajadCommon
from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools import budget_year


class FeeCommon(SajadCommon, PaymentCommon):
    """A service that costs something, and Odoo's dummy provider."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rial = cls.env.ref("base.IRR")
        cls.provider.available_currency_ids = [Command.set(cls.rial.ids)]
        cls.year = budget_year.get_year(get_country_today())
        cls.process = cls.make_process(
            "paid", {"only": {"allow_refuse": True}}, exclusive_group="paid"
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.user_fee = cls.make_user("t_fee", "sajad_fee.group_sajad_fee")
        cls.tariff = cls.make_tariff()

    @classmethod
    def make_tariff(cls, amount=500000, **values):
        return cls.env["sajad.tariff"].create(
            {
                "process_id": cls.process.id,
                "year": cls.year,
                "amount": amount,
                **values,
            }
        )

    def apply(self, user=None, requester=None, **values):
        """Send the form of the service as a user of the portal."""
        user = user or self.user_student
        Request_sudo = self.env["sajad.request"].with_user(user).sudo()
        requester = requester or self.student
        token = f"fee-{requester.id}-{Request_sudo.search_count([])}"
        request = Request_sudo._portal_submit(
            self.process, requester.with_env(Request_sudo.env), values, token
        )
        return request.with_env(self.env)

    def start(self, fee, **values):
        """Return the draft transaction of a person who went to pay."""
        count = self.env["payment.transaction"].search_count([])
        return self._create_transaction(
            "redirect",
            **{
                "reference": f"F{count}",
                "amount": fee.residual,
                "currency_id": self.rial.id,
                "partner_id": fee.partner_id.id,
                "sajad_fee_id": fee.id,
                **values,
            },
        )

    def end(self, transaction, state="done"):
        """The provider calls back; then the engine works it off."""
        if state == "error":
            transaction._set_error("refused")
        else:
            name = {"cancel": "canceled"}.get(state, state)
            getattr(transaction, f"_set_{name}")()
        transaction._post_process()
        self.env.invalidate_all()

    def pay(self, fee):
        transaction = self.start(fee)
        self.end(transaction)
        return transaction

    def assertFee(self, fee, state, paid=0, refundable=0):
        self.env.invalidate_all()
        self.assertEqual(
            (fee.state, fee.paid_amount, fee.refundable), (state, paid, refundable)
        )
