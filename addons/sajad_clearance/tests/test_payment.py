import io
from unittest.mock import MagicMock, patch

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import retrying
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common_payment import HoldPaymentCommon


@tagged("post_install", "-at_install")
class TestPayment(HoldPaymentCommon):
    """What providers tell, in whatever order, is recorded once (row B7)."""

    def _get_proofs(self):
        return self.env["ir.attachment"].create({"name": "letter", "raw": b"x"})

    # ------------------------------------------------------------
    # DONE
    # ------------------------------------------------------------

    def test_paid_debt_unblocks_its_office(self):
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        self.assertIn("500,000", self._approve(request, "khwarazmi"))
        transaction = self._start(self.hold)
        self.assertIn("500,000", self._approve(request, "khwarazmi"))
        self._end(transaction)
        self.assertMoney(self.hold, "settled", 500000, 0, 0)
        payment = self.hold.payment_ids
        self.assertEqual(payment.transaction_id, transaction)
        self.assertEqual(payment.reference, transaction.reference)
        notices = self.env["sajad.notice"].search([("hold_id", "=", self.hold.id)])
        self.assertEqual(
            {(n.kind, n.partner_id) for n in notices},
            {
                ("hold_paid", self.user_student.partner_id),
                ("hold_cleared", self.experts["khwarazmi"].partner_id),
            },
        )
        notices._send()
        self.assertEqual(set(notices.mapped("state")), {"sent"})
        self.assertFalse(self._approve(request, "khwarazmi"))

    def test_office_is_told_of_the_last_hold_only(self):
        self._approve_until(self._submit(), "khwarazmi")
        second = self._make_hold(amount=300000)
        domain = [("kind", "=", "hold_cleared")]
        Notice = self.env["sajad.notice"]
        before = Notice.search_count(domain)
        self._end(self._start(self.hold))
        self.assertEqual(Notice.search_count(domain), before)
        self._end(self._start(second))
        self.assertEqual(Notice.search_count(domain), before + 1)

    def test_own_entry_is_no_news(self):
        """Who records the payment is not told that nothing is held any more."""
        self._approve_until(self._submit(), "khwarazmi")
        expert = self.experts["khwarazmi"]
        self.hold.with_user(expert).sudo()._pay(500000)
        domain = [("hold_id", "=", self.hold.id), ("kind", "=", "hold_cleared")]
        notice = self.env["sajad.notice"].search(domain)
        self.assertEqual(notice.partner_id, expert.partner_id)
        self.assertEqual((notice.state, notice.drop_reason), ("dropped", "self"))

    def test_callback_twice(self):
        transaction = self._start(self.hold)
        self._end(transaction)
        with mute_logger("odoo.addons.payment.models.payment_transaction"):
            self._end(transaction)
        transaction.is_post_processed = False
        transaction._post_process()
        self.assertEqual(len(self.hold.payment_ids), 1)
        self.assertMoney(self.hold, "settled", 500000, 0, 0)

    def test_reversed(self):
        """What the bank never confirmed goes back, and leaves the debt as it was."""
        transaction = self._start(self.hold)
        self._end(transaction, "pending")
        refund = transaction._create_child_transaction(500000, is_refund=True)
        self._end(refund, "pending")
        self._end(refund)
        self.assertFalse(self.hold.payment_ids)
        self.assertMoney(self.hold, "open", 0, 500000, 0)
        domain = [("hold_id", "=", self.hold.id), ("kind", "=like", "hold_revers%")]
        notices = self.env["sajad.notice"].search(domain, order="id")
        kinds = ["hold_reversing", "hold_reversed"]
        self.assertEqual(notices.mapped("kind"), kinds)
        self.assertEqual(notices.partner_id, self.hold.partner_id)
        for notice in notices:
            body = str(notice._prepare_mail_values()["body_html"])
            self.assertIn("You can pay again", body)

    def test_recorded_once_by_the_database(self):
        """Two workers that do not see each other's payment: one of them fails."""
        transaction = self._start(self.hold)
        self._end(transaction)
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.hold._pay(500000, "again", transaction_id=transaction.id)

    def test_recorded_one_after_the_other(self):
        """Somebody else is recording a payment of the hold: try again later."""
        transaction = self._start(self.hold)
        transaction._set_done()
        Hold = type(self.hold)
        with (
            patch.object(Hold, "try_lock_for_update", lambda holds: holds.browse()),
            self.assertRaises(OperationalError),
            self.env.cr.savepoint(),
        ):
            transaction._post_process()
        self.env.invalidate_all()
        self.assertFalse(transaction.is_post_processed)
        transaction._post_process()
        self.assertMoney(self.hold, "settled", 500000, 0, 0)

    def test_browser_closed(self):
        """Nobody comes back from the bank: the job records the payment."""
        cron = self.env.ref("payment.cron_post_process_payment_tx")
        self.assertTrue(cron.active)
        domain = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(domain)
        transaction = self._start(self.hold)
        transaction._set_done()
        self.assertEqual(self.env["ir.cron.trigger"].search_count(domain), before + 1)
        self.assertFalse(self.hold.payment_ids)
        self.assertEqual(self.hold._get_confirming(), transaction)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertMoney(self.hold, "settled", 500000, 0, 0)
        self.assertFalse(self.hold._get_confirming())

    def test_several_holds_in_one_payment(self):
        room = self._make_hold(office_id=self.dormitories.id, amount=800000)
        transaction = self._start(self.hold | room)
        self.assertEqual(transaction.amount, 1300000)
        self._end(transaction)
        self.assertMoney(self.hold, "settled", 500000, 0, 0)
        self.assertMoney(room, "settled", 800000, 0, 0)

    def test_part_and_instalments(self):
        self.hold._plan([("2020-01-01", 200000), ("2090-01-01", 300000)])
        first, second = self.hold.instalment_ids
        self.assertTrue(first.is_late)
        self.assertEqual(self.hold._get_next_amount(), 200000)
        self._end(self._start({self.hold: 150000}))
        self.assertMoney(self.hold, "planned", 150000, 350000, 0)
        self.assertEqual(self.hold._get_next_amount(), 50000)
        # the rest of an instalment may be below the least part
        amounts = self.hold._get_pay_amounts(50000)
        self._end(self._start(amounts))
        self.assertEqual(self.hold._get_next_instalment(), second)
        self.assertFalse(first.is_late)
        self._end(self._start(self.hold))
        self.assertMoney(self.hold, "settled", 500000, 0, 0)

    def test_amounts_that_cannot_be_paid(self):
        for amount in (0, -1, 99999, 500001):
            with self.subTest(amount), self.assertRaises(UserError):
                self.hold._get_pay_amounts(amount)
        self.assertEqual(self.hold._get_pay_amounts(100000), {self.hold: 100000})
        item = self._make_hold(kind="item", amount=700000)
        with self.assertRaises(UserError):
            (self.hold | item)._get_pay_amounts()
        with self.assertRaises(UserError):
            (self.hold | self._make_hold())._get_pay_amounts(100000)
        self.hold._pay(500000)
        with self.assertRaises(UserError):
            self.hold._get_pay_amounts()

    # ------------------------------------------------------------
    # LATE
    # ------------------------------------------------------------

    def test_late_after_waiver(self):
        """Only what came after the waiver goes back."""
        self.hold._pay(100000)
        transaction = self._start(self.hold)
        self.hold._waive("Vice chancellor", "Hardship", "12", self._get_proofs())
        self.assertEqual(self.hold.refundable, 0)
        self._end(transaction)
        self.assertEqual((self.hold.state, self.hold.refundable), ("waived", 400000))
        Hold = self.env["sajad.hold"]
        self.assertIn(self.hold, Hold.search(Hold._get_refundable_domain()))
        self.hold._refund(400000, "by hand")
        self.assertEqual(self.hold.refundable, 0)

    def test_late_after_settlement_at_the_office(self):
        transaction = self._start(self.hold)
        self.hold._settle("cash")
        self._end(transaction)
        self.assertMoney(self.hold, "settled", 1000000, 0, 500000)

    def test_late_after_cancellation(self):
        transaction = self._start(self.hold)
        self.hold._cancel("wrong person")
        self._end(transaction)
        self.assertEqual((self.hold.state, self.hold.refundable), ("cancelled", 500000))

    def test_accepted_objection_gives_back_what_was_paid(self):
        self.hold._pay(200000)
        self.hold._dispute("I had returned it")
        self.hold._answer_dispute(True, "You are right")
        self.assertEqual((self.hold.state, self.hold.refundable), ("cancelled", 200000))

    def test_two_payments_race(self):
        first, second = self._start(self.hold), self._start(self.hold)
        self._end(second)
        self._end(first)
        self.assertMoney(self.hold, "settled", 1000000, 0, 500000)
        self.assertEqual(self.hold.payment_ids.transaction_id, first | second)

    def test_a_payment_in_use_is_tried_again(self):
        """Odoo tries the whole transaction anew, instead of failing with a trace."""
        transaction = self._start(self.hold)
        Hold = type(self.hold)
        lock = Hold.try_lock_for_update
        tries = []

        def try_lock(holds, **kwargs):
            tries.append(holds)
            return lock(holds, **kwargs) if len(tries) > 1 else holds.browse()

        self.startPatcher(patch.object(Hold, "try_lock_for_update", try_lock))
        self.startPatcher(patch("odoo.service.model.time.sleep"))
        # what is rolled back in between is the test's own transaction: a stand-in
        env = MagicMock()
        env.cr._closed = env.cr.closed = False
        retrying(lambda: self._end(transaction), env)
        self.assertEqual((len(tries), env.cr.rollback.call_count), (2, 1))
        self.assertMoney(self.hold, "settled", 500000, 0, 0)

    # ------------------------------------------------------------
    # NEVER, CANCELLED, FAILED, AUTHORISED
    # ------------------------------------------------------------

    def test_answer_never_comes(self):
        transaction = self._start(self.hold)
        self.assertEqual(self.hold._get_started(), transaction)
        self.assertFalse(self.hold._get_confirming())
        self._make_old(transaction, minutes=20)
        self.assertFalse(self.hold._get_started())
        transaction._set_pending()
        self.assertEqual(self.hold._get_confirming(), transaction)
        self._make_old(transaction, hours=25)
        self.assertFalse(self.hold._get_confirming())
        self.assertMoney(self.hold, "open", 0, 500000, 0)
        # and then it comes after all
        self._end(transaction)
        self.assertMoney(self.hold, "settled", 500000, 0, 0)

    def test_cancelled_or_failed(self):
        for state in ("cancel", "error"):
            with self.subTest(state):
                transaction = self._start(self.hold)
                self._end(transaction, state)
                self.assertMoney(self.hold, "open", 0, 500000, 0)
                self.assertFalse(self.hold._get_confirming())
        # the bank has the last word
        self._end(transaction)
        self.assertMoney(self.hold, "settled", 500000, 0, 0)

    def test_money_after_cancellation(self):
        transaction = self._start(self.hold)
        self._end(transaction, "cancel")
        self._end(transaction)
        self.assertMoney(self.hold, "settled", 500000, 0, 0)

    def test_wrong_amount_from_the_provider(self):
        transaction = self._start(self.hold)
        answer = {"amount": 1, "currency_code": "IRR"}
        Transaction = type(self.env["payment.transaction"])
        with patch.object(Transaction, "_extract_amount_data", lambda *args: answer):
            transaction._process("none", {"reference": transaction.reference})
        self.assertEqual(transaction.state, "error")
        transaction._post_process()
        self.assertMoney(self.hold, "open", 0, 500000, 0)

    def _allow_capture(self):
        Provider = type(self.env["payment.provider"])
        compute = "_compute_feature_support_fields"

        def support(providers):
            providers.update(
                {
                    "support_express_checkout": False,
                    "support_manual_capture": "partial",
                    "support_refund": "partial",
                    "support_tokenization": False,
                }
            )

        self.startPatcher(patch.object(Provider, compute, support))
        self.provider.invalidate_recordset()

    def test_authorised_then_captured(self):
        self._allow_capture()
        transaction = self._start(self.hold)
        self._end(transaction, "authorized")
        self.assertMoney(self.hold, "open", 0, 500000, 0)
        self.assertEqual(self.hold._get_confirming(), transaction)
        self._end(transaction)
        self.assertMoney(self.hold, "settled", 500000, 0, 0)

    def test_captured_in_part(self):
        """The rest was voided: only what was captured counts."""
        self._allow_capture()
        room = self._make_hold(office_id=self.dormitories.id, amount=300000)
        transaction = self._start(self.hold | room)
        self._end(transaction, "authorized")
        self._end(transaction._create_child_transaction(600000))
        self.assertFalse(self.hold.payment_ids)
        self._end(transaction._create_child_transaction(200000), "cancel")
        self.assertEqual(transaction.state, "done")
        transaction._post_process()
        self.assertMoney(self.hold, "settled", 500000, 0, 0)
        self.assertMoney(room, "open", 100000, 200000, 0)

    # ------------------------------------------------------------
    # REFUNDS
    # ------------------------------------------------------------

    def _refund(self, transaction, amount):
        refund = transaction._create_child_transaction(amount, is_refund=True)
        self._end(refund)
        return refund

    def test_refund_is_recorded_once(self):
        transaction = self._start(self.hold)
        self._end(transaction)
        refund = self._refund(transaction, 500000)
        refund.is_post_processed = False
        refund._post_process()
        self.assertMoney(self.hold, "open", 0, 500000, 0)
        self.assertEqual(
            self.hold.payment_ids.sorted("id").mapped("kind"), ["payment", "refund"]
        )

    def test_refund_of_the_excess_first(self):
        room = self._make_hold(office_id=self.dormitories.id, amount=300000)
        transaction = self._start(self.hold | room)
        self.hold._pay(500000, "cash")
        self._end(transaction)
        self._refund(transaction, 500000)
        self.assertMoney(self.hold, "settled", 500000, 0, 0)
        self.assertMoney(room, "settled", 300000, 0, 0)
        # what more goes back opens a debt again
        self._refund(transaction, 100000)
        self.assertMoney(room, "open", 200000, 100000, 0)

    def test_refund_after_refund_by_hand(self):
        transaction = self._start(self.hold)
        self._end(transaction)
        self.hold._refund(500000, "by hand")
        refund = self._refund(transaction, 500000)
        self.assertTrue(refund.is_post_processed)
        self.assertMoney(self.hold, "open", 0, 500000, 0)

    def test_office_prints_receipts(self):
        """Also of two payments at once, one of them online."""
        self._end(self._start({self.hold: 200000}, provider_reference="BANK-9"))
        self.hold._pay(100000, "cash")
        report = self.env["ir.actions.report"].with_user(self.experts["khwarazmi"])
        content, _kind = report.with_context(
            force_report_rendering=True, lang="en_US"
        )._render_qweb_pdf(
            "sajad_clearance.sajad_hold_receipt_report", self.hold.payment_ids.ids
        )
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join(page.extract_text() for page in pages)
        self.assertEqual(len(pages), 2)
        for shown in ("BANK-9", "Online", "At the office", "cash"):
            self.assertIn(shown, text)

    def test_pending_refund_is_not_recorded(self):
        transaction = self._start(self.hold)
        self._end(transaction)
        refund = transaction._create_child_transaction(500000, is_refund=True)
        self._end(refund, "pending")
        self.assertMoney(self.hold, "settled", 500000, 0, 0)

    # ------------------------------------------------------------
    # RIGHTS
    # ------------------------------------------------------------

    def test_lines_are_never_changed(self):
        line = self._start(self.hold).hold_line_ids
        with self.assertRaises(AccessError):
            line.amount = 1
        with self.assertRaises(AccessError):
            line.unlink()

    def test_access_table(self):
        """User x record x operation of the lines, payments and holds."""
        line = self._start(self.hold).hold_line_ids
        payment = self.hold._pay(1000)
        member, stranger = self.experts["khwarazmi"], self.experts["dormitories"]
        table = {
            self.user_student: ("", "", ""),
            stranger: ("", "", ""),
            member: ("r", "r", "r"),
            self.user_auditor: ("r", "r", "r"),
        }
        for user, rights in table.items():
            for record, allowed in zip((line, payment, self.hold), rights, strict=True):
                for operation in ("read", "create", "unlink"):
                    with self.subTest(f"{user.login} {record._name} {operation}"):
                        found = record.with_user(user).has_access(operation)
                        expected = operation[0] in allowed or (
                            # the office records holds
                            operation == "create"
                            and record == self.hold
                            and user == member
                        )
                        self.assertEqual(found, expected)

    @users("t_student")
    def test_student_starts_nothing_by_rpc(self):
        with self.assertRaises(AccessError):
            self.env["payment.transaction"].create(
                {
                    "provider_id": self.provider.id,
                    "payment_method_id": self.payment_method_id,
                    "amount": 1,
                    "currency_id": self.rial.id,
                    "partner_id": self.env.user.partner_id.id,
                    "reference": "mine",
                    "hold_line_ids": [
                        Command.create({"hold_id": self.hold.id, "amount": 500000})
                    ],
                }
            )

    def test_many_close_with_few_queries(self):
        """An office that settles a list: queries do not grow with it."""
        self._approve_until(self._submit(), "khwarazmi")
        few = self.env["sajad.hold"].create(
            [self.hold.copy_data()[0] for _number in range(5)]
        )
        many = self.env["sajad.hold"].create(
            [self.hold.copy_data()[0] for _number in range(50)]
        )
        counts = []
        for holds in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["sajad.notice"]._queue_cleared(holds)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])


@tagged("post_install", "-at_install")
class TestAboutPanel(HoldPaymentCommon):
    """An expert of support sees what a clearance waits for (rows B7, D2)."""

    def get_lines(self, request):
        Panel = self.env["sajad.about.panel"]
        sections = Panel._get_sections(f"request-{request.id}")
        return {
            line["label"]: (line["text"], line.get("is_open"))
            for section in sections
            for line in section["lines"]
        }

    def test_holds_stand_beside_the_conversation(self):
        request = self._submit()
        lines = self.get_lines(request)
        text, is_open = lines[self.hold._get_office_name()]
        self.assertIn("Fine of a late book", text)
        self.assertIn("500,000", text)
        self.assertTrue(is_open)
        self.assertIn(request.waiting_for, [text for text, _open in lines.values()])
        # a disciplinary case is told as its student reads it
        self.hold.sudo().write({"kind": "discipline", "shown_to_student": False})
        self.assertNotIn("Fine", str(self.get_lines(request)))
        # of nobody else, and what is settled is not held
        self.assertNotIn("Debt of another", str(self.get_lines(request)))

    def test_settled_is_not_held(self):
        request = self._submit()
        self._end(self._start(self.hold))
        self.assertNotIn("Fine of a late book", str(self.get_lines(request)))
