from odoo.tests import HttpCase, tagged

from .common import FeeCommon


@tagged("post_install", "-at_install")
class TestFeeReversal(FeeCommon, HttpCase):
    """What the bank did not confirm in time goes back, and never counted (row D5)."""

    def setUp(self):
        super().setUp()
        self.request = self.apply()
        self.fee = self.request.fee_ids
        self.transaction = self.start(self.fee)
        self.end(self.transaction, "pending")

    def reverse(self, state, message=None):
        """The provider asks the bank to give back what it did not confirm."""
        refund = self.transaction.child_transaction_ids
        refund = refund or self.transaction._create_child_transaction(
            self.transaction.amount, is_refund=True
        )
        self.end(refund, state)
        if message:
            refund.state_message = message
        return refund

    def kinds(self):
        domain = [("request_id", "=", self.request.id)]
        return self.env["sajad.notice"].search(domain, order="id").mapped("kind")

    def read_page(self, path=None):
        self.authenticate("t_student", "t_student")
        text = self.url_open(path or f"/my/requests/{self.request.id}/pay").text
        return " ".join(text.split())

    def test_asked(self):
        self.reverse("pending")
        self.assertFee(self.fee, "waiting")
        self.assertEqual(self.fee.reversal, "asked")
        self.assertEqual(self.kinds(), ["fee_waiting", "fee_reversing"])

    def test_goes_back(self):
        self.reverse("pending")
        self.reverse("done")
        self.transaction._set_canceled()
        self.env.invalidate_all()
        # nothing came, so nothing is given back out of what is owed
        self.assertFee(self.fee, "waiting")
        self.assertFalse(self.fee.payment_ids)
        self.assertEqual(self.fee.reversal, "done")
        self.assertEqual(self.kinds()[1:], ["fee_reversing", "fee_reversed"])
        self.assertEqual(self.request.state, "draft")

    def test_paid_again(self):
        """The second payment counts, and goes back as a whole when it has to."""
        self.reverse("done")
        self.transaction._set_canceled()
        self.pay(self.fee)
        self.assertFee(self.fee, "paid", 500000)
        self.assertEqual(self.request.state, "running")
        self.request.with_user(self.user_student)._portal_cancel()
        self.assertFee(self.fee, "refund", 500000, 500000)
        self.assertEqual(self.fee._get_refund_asked(), 0)
        self.fee.with_user(self.user_fee).sudo()._refund_by_hand(500000, "Bank 1")
        self.assertFee(self.fee, "refunded")

    def test_paid_after_all(self):
        """The bank refused to reverse it, and then said that it is paid."""
        self.reverse("error", "too late")
        self.transaction._set_error("The bank is silent.")
        self.assertEqual(self.fee.reversal, "refused")
        self.end(self.transaction)
        self.assertFee(self.fee, "paid", 500000)
        self.assertEqual(len(self.fee.payment_ids), 1)
        self.assertEqual(self.request.state, "running")
        self.assertFalse(self.fee.reversal)

    def test_paid_after_all_and_again(self):
        """Both payments came: one of them is too much, and stands under refunds."""
        self.reverse("error")
        self.transaction._set_error("The bank is silent.")
        self.pay(self.fee)
        self.end(self.transaction)
        self.assertFee(self.fee, "paid", 1000000, 500000)

    def test_who_keeps_fees_sees_it(self):
        self.reverse("error", "too late")
        own = self.env["sajad.fee"].with_user(self.user_fee)
        action = self.env.ref("sajad_fee.sajad_fee_action_reversal")
        [fee] = own.search([("reversal", "in", ("asked", "refused"))])
        self.assertEqual(fee, self.fee)
        self.assertIn("too late", fee.reversal_text)
        self.assertIn("500,000 rials", fee.reversal_text)
        self.assertIn(self.transaction.reference, fee.reversal_text)
        self.assertEqual(action.view_id.model, "sajad.fee")

    def test_two_of_them_in_persian(self):
        """They are kept apart by the semicolon of the reader's language."""
        self.env["res.lang"]._activate_lang("fa_IR")
        self.reverse("error", "too late")
        again = self.transaction._create_child_transaction(
            self.transaction.amount, is_refund=True
        )
        self.end(again, "error")
        again.state_message = "too late again"
        fee = self.fee.with_context(lang="fa_IR")
        fee.invalidate_recordset(["reversal_text"])
        self.assertRegex(fee.reversal_text, "too late؛ .*too late again$")
        landing = f"/my/requests/{self.request.id}/payment/{self.transaction.id}"
        self.assertIn("our office asks it about the money", self.read_page(landing))

    def test_pages(self):
        landing = f"/my/requests/{self.request.id}/payment/{self.transaction.id}"
        for state, text in (
            ("pending", "We asked it to give the money back"),
            ("done", "gives the money back"),
        ):
            self.reverse(state)
            page = self.read_page(landing)
            self.assertIn(text, page)
            self.assertIn("Try Again", page)
            self.assertNotIn("Please do not pay again", page)
        self.transaction._set_canceled()
        self.assertIn("gives the money back", self.read_page())
        self.assertIn("You can pay again", self.read_page())
        self.assertNotIn("it is recorded as soon as", self.read_page(landing))

    def test_texts(self):
        self.reverse("done")
        for kind in ("fee_reversing", "fee_reversed"):
            self.fee._tell(kind)
        for notice in self.env["sajad.notice"].search(
            [("kind", "in", ("fee_reversing", "fee_reversed"))]
        ):
            body = str(notice._prepare_mail_values()["body_html"])
            self.assertIn("500,000 rials", body)
            self.assertIn("You can pay again", body)
