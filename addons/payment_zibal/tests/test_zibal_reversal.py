from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ZibalCommon

LOG = "odoo.addons.payment_zibal.models.payment_transaction"
CONFIRM = {"v1/verify", "v1/inquiry"}


@tagged("post_install", "-at_install")
class TestZibalReversal(ZibalCommon):
    """What the bank does not confirm in time goes back, and money goes back once."""

    def setUp(self):
        super().setUp()
        self.transaction = self.go_to_bank()

    def lose_verify(self):
        """The bank takes the confirmation, and nobody hears of it for three days."""
        self.bank.pay(100)
        self.bank.lost.update(CONFIRM)
        with self.assertLogs(LOG, "WARNING"):
            self.transaction._zibal_settle()
        self.assertEqual(self.bank.payments[100]["status"], 1)
        self.age(self.transaction, days=4)

    def run_job(self):
        with mute_logger(LOG):
            return super().run_job()

    def assertPayment(self, state, refund=None):
        refunds = self.transaction.child_transaction_ids
        self.assertEqual(
            (self.transaction.state, refunds.mapped("state")),
            (state, [refund] if refund else []),
        )

    def count_calls(self, path):
        return [call for call, _data in self.bank.calls].count(path)

    # ------------------------------------------------------------
    # UNTIL THE LIMIT
    # ------------------------------------------------------------

    def test_asked_until_the_limit(self):
        self.lose_verify()
        self.age(self.transaction, days=2, hours=23)
        self.run_job()
        self.assertPayment("pending")
        self.assertFalse(self.count_calls("refund"))

    def test_answer_at_the_limit(self):
        """The bank is asked once more before it gives anything back."""
        self.lose_verify()
        self.bank.lost.clear()
        self.run_job()
        self.assertPayment("done")
        self.assertFalse(self.count_calls("refund"))

    def test_nothing_was_paid(self):
        self.age(self.transaction, days=4)
        self.run_job()
        self.assertPayment("cancel")
        self.assertFalse(self.count_calls("refund"))
        # and the bank has the last word nevertheless
        self.bank.pay(100)
        self.transaction._zibal_settle()
        self.assertPayment("done")

    def test_nobody_came_to_the_bank(self):
        self.transaction.provider_reference = False
        self.age(self.transaction, days=4)
        self.run_job()
        self.assertPayment("cancel")
        self.assertEqual(self.call_names(), ["request"])

    # ------------------------------------------------------------
    # REVERSED
    # ------------------------------------------------------------

    def test_time_out(self):
        self.lose_verify()
        self.run_job()
        self.assertPayment("cancel", "done")
        refund = self.transaction.child_transaction_ids
        self.assertEqual((refund.operation, refund.amount), ("refund", -250000))
        [data] = [data for path, data in self.bank.calls if path == "refund"]
        self.assertEqual((data["trackId"], data["amount"]), (100, 250000))
        self.assertTrue(data["tryReverse"])
        self.assertEqual(self.bank.payments[100]["status"], 18)
        self.assertIn("gives the money back", self.transaction.state_message)

    def test_settled_before(self):
        """What cannot be reversed any more is refunded, out of the wallet named."""
        self.zibal.zibal_account = "1010101"
        self.bank.settled = True
        self.lose_verify()
        self.run_job()
        self.assertPayment("cancel", "done")
        data = self.bank.calls[-1][1]
        self.assertEqual(data["accountId"], "1010101")
        self.assertEqual(
            self.transaction.child_transaction_ids.provider_reference, "7000"
        )

    def test_twice(self):
        self.lose_verify()
        for _time in range(3):
            self.run_job()
            self.transaction._zibal_end()
        self.assertPayment("cancel", "done")
        self.assertEqual(self.count_calls("refund"), 1)

    def test_success_after_the_reversal(self):
        """A browser that comes back is no payment: the money is on its way back."""
        for settled in (False, True):
            with self.subTest(settled=settled):
                self.transaction = self.go_to_bank(reference=f"late {settled}")
                number = int(self.transaction.provider_reference)
                self.bank.settled = settled
                self.bank.pay(number)
                self.bank.lost.update(CONFIRM)
                self.age(self.transaction, days=4)
                self.run_job()
                self.bank.lost.clear()
                self.transaction._zibal_settle()
                self.assertPayment("cancel", "done")

    def test_reversal_that_came_to_nothing(self):
        """The bank took it and could not pay it out: the money is ours, and counts."""
        self.bank.settled = True
        self.lose_verify()
        self.run_job()
        self.assertPayment("cancel", "done")
        self.bank.lost.clear()
        self.bank.refunds[0]["status"] = 3
        self.transaction._zibal_settle()
        self.assertPayment("done", "error")

    # ------------------------------------------------------------
    # REFUSED, LOST
    # ------------------------------------------------------------

    def test_refused_and_silent(self):
        self.zibal.zibal_access_token = False
        self.lose_verify()
        self.run_job()
        self.assertPayment("error", "error")
        self.assertIn("ask the bank", self.transaction.state_message)
        # whenever the bank speaks again, the payment counts
        self.bank.lost.clear()
        self.run_job()
        self.assertPayment("done", "error")
        self.assertFalse(self.count_calls("refund"))

    def test_refused_by_the_bank(self):
        self.lose_verify()
        # by then it gave the money back by itself
        self.bank.payments[100]["status"] = 15
        self.run_job()
        self.assertPayment("error", "error")
        self.assertIn(
            "nothing paid", self.transaction.child_transaction_ids.state_message
        )
        self.bank.lost.clear()
        self.run_job()
        self.assertPayment("cancel", "error")

    def test_refused_and_paid(self):
        self.lose_verify()
        self.bank.payments[100]["amount"] = 1
        self.bank.lost.discard("v1/inquiry")
        self.bank.silent.add("v1/inquiry")
        self.run_job()
        self.assertPayment("error", "error")
        self.bank.lost.clear()
        self.bank.silent.clear()
        self.bank.payments[100]["amount"] = 250000
        self.run_job()
        self.assertPayment("done", "error")

    def test_answer_to_the_reversal_is_lost(self):
        for settled in (False, True):
            with self.subTest(settled=settled):
                self.transaction = self.go_to_bank(reference=f"lost {settled}")
                number = int(self.transaction.provider_reference)
                self.bank.settled = settled
                self.bank.pay(number)
                self.bank.payments[number]["status"] = 1
                self.bank.lost.update({*CONFIRM, "refund"})
                self.age(self.transaction, days=4)
                self.run_job()
                self.assertPayment("pending", "pending")
                # nothing is confirmed while it may be going back
                before = self.count_calls("v1/verify")
                self.run_job()
                self.assertEqual(self.count_calls("v1/verify"), before)
                self.bank.lost.clear()
                told = self.count_calls("refund")
                self.run_job()
                self.assertPayment("cancel", "done")
                # it knew of it, and is not told again
                self.assertEqual(self.count_calls("refund"), told)

    def test_reversal_that_never_arrived(self):
        self.lose_verify()
        self.bank.silent.add("refund")
        self.run_job()
        self.assertPayment("pending", "pending")
        self.bank.silent.clear()
        self.bank.lost.clear()
        self.run_job()
        self.assertPayment("cancel", "done")
        self.assertEqual(self.bank.payments[100]["status"], 18)

    def test_answer_to_a_refund_is_lost(self):
        """Whoever asks anew gives money back twice: it is looked up first."""
        self.bank.pay(100)
        self.transaction._zibal_settle()
        self.bank.lost.add("refund")
        self.transaction._refund(100000)
        self.assertPayment("done", "pending")
        self.bank.lost.clear()
        self.run_job()
        self.assertPayment("done", "done")
        self.assertEqual(len(self.bank.refunds), 1)
        # and one that never came is told again
        self.bank.silent.add("refund")
        second = self.transaction._refund(50000)
        self.bank.silent.clear()
        self.run_job()
        self.assertEqual(second.state, "done")
        self.assertEqual([r["amount"] for r in self.bank.refunds], [100000, 50000])
