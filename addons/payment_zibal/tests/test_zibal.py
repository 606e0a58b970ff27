from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import const
from .common import ZibalCommon

LOG = "odoo.addons.payment_zibal.models.payment_transaction"


@tagged("post_install", "-at_install")
class TestZibal(ZibalCommon):
    """Request, redirect, verify, inquiry and refund against the bank's protocol."""

    # ------------------------------------------------------------
    # REQUEST
    # ------------------------------------------------------------

    def test_request(self):
        transaction = self.go_to_bank()
        [(path, data)] = self.bank.calls
        self.assertEqual(path, "v1/request")
        # rials, whole, and the code for trials while the provider is tested
        self.assertEqual(data["amount"], 250000)
        self.assertIsInstance(data["amount"], int)
        self.assertEqual(data["merchant"], const.TEST_MERCHANT)
        self.assertEqual(data["orderId"], transaction.reference)
        self.assertTrue(data["callbackUrl"].endswith("/payment/zibal/return"))
        # known before the person leaves
        self.assertEqual(transaction.provider_reference, "100")
        self.assertEqual(transaction.state, "draft")

    def test_page_of_the_bank(self):
        transaction = self._create_transaction("redirect")
        values = transaction._get_processing_values()
        self.assertIn(f'{self.bank.url}start/100"', values["redirect_form_html"])

    def test_own_merchant_when_enabled(self):
        self.zibal.state = "enabled"
        self.go_to_bank()
        self.assertEqual(self.bank.calls[0][1]["merchant"], "m1")

    def test_bank_refuses(self):
        transaction = self.go_to_bank(amount=500)
        self.assertEqual(transaction.state, "error")
        self.assertIn("105", transaction.state_message)

    def test_bank_is_silent(self):
        self.bank.silent.add("v1/request")
        transaction = self.go_to_bank()
        self.assertEqual(transaction.state, "error")
        self.assertFalse(transaction.provider_reference)

    def test_where_it_is_offered(self):
        Provider = self.env["payment.provider"]
        for amount, currency, offered in (
            (1000, self.rial, True),
            (999, self.rial, False),
            (1000, self.env.ref("base.USD"), False),
        ):
            providers = Provider._get_compatible_providers(
                self.company.id, self.partner.id, amount, currency_id=currency.id
            )
            self.assertEqual(self.zibal in providers, offered, (amount, currency.name))

    # ------------------------------------------------------------
    # VERIFY
    # ------------------------------------------------------------

    def test_success(self):
        transaction = self.go_to_bank()
        self.bank.pay(100)
        transaction._zibal_settle()
        self.assertEqual(transaction.state, "done")
        self.assertEqual(transaction.zibal_reference, "90100")
        self.assertEqual(self.call_names(), ["request", "verify"])

    def test_twice(self):
        """The second one hears "verified before", which is paid."""
        transaction = self.go_to_bank()
        self.bank.pay(100)
        self.bank.payments[100]["status"] = 1
        transaction._zibal_settle()
        self.assertEqual(transaction.state, "done")
        self.assertEqual(self.call_names(), ["request", "verify", "inquiry"])
        transaction._zibal_settle()
        self.assertEqual(transaction.state, "done")

    def test_answer_to_verify_is_lost(self):
        transaction = self.go_to_bank()
        self.bank.pay(100)
        self.bank.silent.update(("v1/verify", "v1/inquiry"))
        with self.assertLogs(LOG, "WARNING"):
            transaction._zibal_settle()
        self.assertEqual(transaction.state, "pending")
        self.bank.silent.clear()
        transaction._zibal_settle()
        self.assertEqual(transaction.state, "done")

    def test_cancelled_then_paid(self):
        """A success that comes after a cancellation is not lost."""
        transaction = self.go_to_bank()
        self.bank.payments[100]["status"] = 3
        transaction._zibal_settle()
        self.assertEqual(transaction.state, "cancel")
        self.bank.pay(100)
        transaction._zibal_settle()
        self.assertEqual(transaction.state, "done")

    def test_states_of_the_bank(self):
        for status, state in (
            (-1, "pending"),
            (3, "cancel"),
            (5, "error"),
            (12, "error"),
            (-2, "error"),
            (15, "cancel"),
            (18, "cancel"),
            (21, "error"),
        ):
            with self.subTest(status):
                transaction = self.go_to_bank(reference=f"state {status}")
                number = int(transaction.provider_reference)
                self.bank.payments[number]["status"] = status
                transaction._zibal_settle()
                self.assertEqual(transaction.state, state)

    def test_another_amount(self):
        """The bank's amount counts, to the rial."""
        for amount in (250001, 249999, 25000):
            with self.subTest(amount):
                transaction = self.go_to_bank(reference=f"amount {amount}")
                self.bank.pay(transaction.provider_reference, amount)
                transaction._zibal_settle()
                self.assertEqual(transaction.state, "error")
                self.assertFalse(transaction.zibal_reference)

    def test_a_reference_pays_once(self):
        first, second = self.go_to_bank(), self.go_to_bank(reference="second")
        self.bank.pay(100)
        first._zibal_settle()
        self.bank.pay(101)
        self.bank.payments[101]["refNumber"] = 90100
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            second._zibal_settle()
            self.env.flush_all()

    # ------------------------------------------------------------
    # THE JOB
    # ------------------------------------------------------------

    def test_browser_that_never_came_back(self):
        transaction = self.go_to_bank()
        self.bank.pay(100)
        self.run_job()
        # the person may still be there
        self.assertEqual(transaction.state, "draft")
        self.age(transaction, minutes=20)
        self.run_job()
        self.assertEqual(transaction.state, "done")

    # ------------------------------------------------------------
    # REFUND
    # ------------------------------------------------------------

    def test_refund(self):
        source = self.pay()
        refund = source._refund(100000)
        self.assertEqual(refund.state, "done")
        self.assertEqual(refund.amount, -100000)
        path, data = self.bank.calls[-1]
        self.assertEqual(path, "refund")
        self.assertEqual((data["trackId"], data["amount"]), (100, 100000))
        # what was taken is refunded; only what was not is reversed
        self.assertFalse(data["tryReverse"])
        self.assertNotIn("accountId", data)

    def test_refund_is_refused(self):
        source = self.pay()
        self.bank.payments[100]["amount"] = 1
        refund = source._refund(100000)
        self.assertEqual(refund.state, "error")
        self.assertIn("too much", refund.state_message)

    def test_refund_without_a_token(self):
        source = self.pay()
        self.zibal.zibal_access_token = False
        refund = source._refund()
        self.assertEqual(refund.state, "error")
        self.assertIn("access token", refund.state_message)
        self.assertEqual(self.call_names(), ["request", "verify"])
