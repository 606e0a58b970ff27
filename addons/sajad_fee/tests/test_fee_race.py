from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_race import RaceCommon
from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools import budget_year

CLEAN_UP = """
ALTER TABLE sajad_fee_payment DISABLE TRIGGER USER;
DELETE FROM sajad_fee_payment WHERE process_id = %(process)s;
ALTER TABLE sajad_fee_payment ENABLE TRIGGER USER;
DELETE FROM payment_transaction WHERE provider_id = %(provider)s;
DELETE FROM sajad_fee WHERE process_id = %(process)s;
DELETE FROM sajad_tariff WHERE process_id = %(process)s;
DELETE FROM payment_provider WHERE id = %(provider)s;
"""


@tagged("post_install", "-at_install")
class TestFeeRace(RaceCommon):
    """Two transactions at one moment on one fee (row D5)."""

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            year = budget_year.get_year(get_country_today())
            env["sajad.tariff"].create(
                {"process_id": self.ids["process"], "year": year, "amount": 500000}
            )
            provider = env["payment.provider"].create({"name": "Race", "code": "none"})
            self.ids["provider"] = provider.id
        self.ids["request"] = self.make_committed_request()
        with self.environment() as env:
            fee = self.get_request(env).fee_ids
            self.ids["transactions"] = [
                env["payment.transaction"]
                .create(
                    {
                        "provider_id": self.ids["provider"],
                        "payment_method_id": env.ref(
                            "payment.payment_method_unknown"
                        ).id,
                        "reference": f"RACE{self.ids['request']}-{number}",
                        "amount": 500000,
                        "currency_id": fee.currency_id.id,
                        "partner_id": fee.partner_id.id,
                        "sajad_fee_id": fee.id,
                    }
                )
                .id
                for number in range(2)
            ]

    def clean_up(self):
        with self.environment() as env:
            env.cr.execute(CLEAN_UP, self.ids)
        return super().clean_up()

    def get_request(self, env):
        return env["sajad.request"].browse(self.ids["request"]).sudo()

    def pay(self, number):
        def end(env):
            transaction_id = self.ids["transactions"][number]
            transaction = env["payment.transaction"].sudo().browse(transaction_id)
            transaction._set_done()
            transaction._post_process()
            env.flush_all()

        return end

    def test_two_tabs(self):
        """Both payments are kept, the request is sent once, one goes back."""
        self.race(self.pay(0), self.pay(1))
        with self.environment() as env:
            request = self.get_request(env)
            fee = request.fee_ids
            self.assertEqual((fee.state, request.state), ("paid", "running"))
            self.assertEqual((fee.paid_amount, fee.refundable), (1000000, 500000))
            self.assertEqual(request.event_ids.mapped("kind").count("submitted"), 1)

    def test_paid_while_it_is_cancelled(self):
        """Whoever comes first: the request is not both sent and cancelled."""

        def cancel(env):
            env["sajad.engine"].sudo()._cancel(self.get_request(env), "Changed my mind")
            env.flush_all()

        self.race(cancel, self.pay(0), user="user")
        with self.environment() as env:
            request = self.get_request(env)
            self.assertEqual(request.state, "cancelled")
            self.assertEqual(request.fee_ids.state, "refund")
            self.assertFalse(request.task_ids)
