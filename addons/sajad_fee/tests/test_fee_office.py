from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.sajad_base.tests.test_portal import PDF

from ..tools import budget_year
from .common import FeeCommon


@tagged("post_install", "-at_install")
class TestFeeOffice(FeeCommon):
    """What fee officers do: waive, give back, copy a year, count (row D5)."""

    def make_file(self, user=None):
        Attachment = self.env["ir.attachment"].with_user(user or self.user_fee)
        return Attachment.create({"name": "letter.pdf", "raw": PDF})

    def waive(self, fees, user=None, **values):
        user = user or self.user_fee
        wizard = (
            self.env["sajad.fee.waive"]
            .with_user(user)
            .create(
                {
                    "fee_ids": fees.ids,
                    "reason": "Decision 12",
                    "file_ids": self.make_file(user).ids,
                    **values,
                }
            )
        )
        wizard.action_apply()

    def refund(self, fees, **values):
        wizard = (
            self.env["sajad.fee.refund"]
            .with_user(self.user_fee)
            .create({"fee_ids": fees.ids, **values})
        )
        wizard.action_apply()
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # WAIVED
    # ------------------------------------------------------------

    def test_waived(self):
        first = self.apply()
        second = self.apply(self.user_other_student, self.other_student)
        fees = (first | second).fee_ids
        self.waive(fees)
        for fee in fees:
            self.assertFee(fee, "waived")
            self.assertEqual(fee.waived_by_id, self.user_fee)
            self.assertEqual(fee.waive_file_ids.res_id, fee.id)
        self.assertEqual(first.state, "running")
        with self.assertRaisesRegex(UserError, "any more"):
            self.waive(fees)

    def test_waiver_needs_reason_and_document(self):
        fee = self.apply().fee_ids
        for values in ({"reason": " "}, {"file_ids": False}):
            with self.subTest(values), self.assertRaises(UserError):
                self.waive(fee, **values)
        # a file of somebody else is no document of mine
        other = self.make_file(self.user_admin)
        with self.assertRaises(UserError):
            self.waive(fee, file_ids=other.ids)
        self.assertFee(fee, "waiting")

    def test_paid_and_waived(self):
        fee = self.apply().fee_ids
        self.pay(fee)
        self.waive(fee)
        self.assertFee(fee, "waived", 500000, 500000)
        self.refund(fee, way="hand", reference="77")
        self.assertFee(fee, "waived")

    def test_money_on_its_way_when_it_is_waived(self):
        request = self.apply()
        transaction = self.start(request.fee_ids)
        self.waive(request.fee_ids)
        self.end(transaction)
        self.assertFee(request.fee_ids, "waived", 500000, 500000)
        self.assertEqual(request.state, "running")

    def test_who_waives(self):
        fee = self.apply().fee_ids
        for user in (self.user_liaison, self.user_auditor, self.user_officer):
            own = fee.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                own.action_waive()
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.waive(fee, user)

    # ------------------------------------------------------------
    # REFUNDS
    # ------------------------------------------------------------

    def get_cancelled(self):
        request = self.apply()
        self.pay(request.fee_ids)
        request.with_user(self.user_student)._portal_cancel()
        return request.fee_ids

    def test_by_hand(self):
        fee = self.get_cancelled()
        due = self.env["sajad.fee"].with_user(self.user_fee)
        domain = [("refundable", ">", 0)]
        self.assertEqual(due.search(domain), fee)
        with self.assertRaises(UserError):
            self.refund(fee, way="hand", reference=" ")
        with self.assertRaisesRegex(UserError, "by itself"):
            self.refund(fee, way="online")
        self.refund(fee, way="hand", reference="Bank 123")
        self.assertFee(fee, "refunded")
        self.assertEqual(fee.payment_ids[:1].reference, "Bank 123")
        self.assertFalse(due.search(domain))
        with self.assertRaises(UserError):
            self.refund(fee, way="hand", reference="Bank 123")

    def let_provider_refund(self):
        """Odoo's dummy provider gives money back, as some real ones do."""
        Provider = type(self.provider)
        self.startPatcher(
            patch.object(
                Provider,
                "_compute_feature_support_fields",
                lambda providers: providers.update(
                    {
                        "support_express_checkout": None,
                        "support_manual_capture": None,
                        "support_tokenization": None,
                        "support_refund": "partial",
                    }
                ),
            )
        )
        self.env.invalidate_all()
        self.payment_method.support_refund = "partial"

    def test_through_the_provider(self):
        self.let_provider_refund()
        fee = self.get_cancelled()
        form = Form(
            self.env["sajad.fee.refund"]
            .with_user(self.user_fee)
            .with_context(default_fee_ids=fee.ids)
        )
        self.assertEqual((form.refundable, form.online_amount), (500000, 500000))
        self.assertEqual(form.way, "online")
        form.save().action_apply()
        refund = fee.sudo().payment_ids.transaction_id.child_transaction_ids
        self.assertEqual((refund.operation, refund.amount), ("refund", -500000))
        # asked for, and not given back yet: nobody gives it twice
        for way in ("online", "hand"):
            with self.subTest(way), self.assertRaises(UserError):
                self.refund(fee, way=way, reference="x")
        self.end(refund)
        self.assertFee(fee, "refunded")
        self.end_again(refund)
        self.assertFee(fee, "refunded")

    def end_again(self, refund):
        refund.is_post_processed = False
        refund._post_process()

    def test_provider_refuses(self):
        """What the bank refused is asked for again, or given by hand."""
        self.let_provider_refund()
        fee = self.get_cancelled()
        self.refund(fee, way="online")
        refund = fee.payment_ids.transaction_id.child_transaction_ids
        refund._set_error("no")
        self.assertFee(fee, "refund", 500000, 500000)
        self.refund(fee, way="hand", reference="x")
        self.assertFee(fee, "refunded")

    # ------------------------------------------------------------
    # A YEAR IS COPIED
    # ------------------------------------------------------------

    def test_copy(self):
        self.make_tariff(
            333333, name="Guests", condition="[('note', '=', 'guest')]", note="Once"
        )
        other = self.make_process("more", {"only": {}})
        self.make_tariff(100000, process_id=other.id)
        following = str(int(self.year) + 1)
        self.make_tariff(1, process_id=other.id, year=following)
        Copy = self.env["sajad.tariff.copy"].with_user(self.user_fee)
        form = Form(Copy)
        self.assertEqual((form.year_from, form.year_to), (self.year, following))
        form.percentage = 20
        wizard = form.save()
        lines = {
            (line.process_id, line.name): line
            for line in wizard.line_ids
            if line.process_id in self.process | other
        }
        self.assertEqual(lines[self.process, False].new_amount, 600000)
        self.assertEqual(lines[self.process, "Guests"].new_amount, 400000)
        self.assertTrue(lines[other, False].is_taken)
        lines[self.process, False].new_amount = 650000
        wizard.action_apply()
        Tariff = self.env["sajad.tariff"]
        domain = [("year", "=", following), ("process_id", "=", self.process.id)]
        new = Tariff.search(domain)
        self.assertEqual(sorted(new.mapped("amount")), [400000, 650000])
        self.assertEqual(
            set(new.mapped("date_start")), {budget_year.get_first_day(following)}
        )
        self.assertEqual(
            Tariff.search(
                [("year", "=", following), ("process_id", "=", other.id)]
            ).amount,
            1,
        )
        # again: everything is there
        with self.assertRaises(UserError):
            wizard.action_apply()
        self.assertEqual(len(Tariff.search(domain)), 2)

    def test_copy_takes_the_last_row(self):
        """A row that ended during the year is not copied."""
        middle = budget_year.get_first_day(self.year) + timedelta(days=100)
        self.tariff.date_end = middle - timedelta(days=1)
        self.make_tariff(900000, date_start=middle)
        wizard = self.env["sajad.tariff.copy"].with_user(self.user_fee).create({})
        amounts = wizard.line_ids.filtered(lambda line: line.process_id == self.process)
        self.assertEqual(amounts.mapped("new_amount"), [900000])

    # ------------------------------------------------------------
    # INCOME
    # ------------------------------------------------------------

    def test_income(self):
        self.pay(self.apply().fee_ids)
        fee = self.apply(self.user_other_student, self.other_student).fee_ids
        self.pay(fee)
        fee.request_id.with_user(self.user_other_student)._portal_cancel()
        self.refund(fee, way="hand", reference="1")
        reporting = self.make_user("t_reporting", "sajad_base.group_sajad_reporting")
        self.university.reporting_ids = reporting
        Income = self.env["sajad.fee.income"]
        rows = [
            row
            for row in Income.create({})._get_rows()
            if row["service"] == self.process.name
        ]
        self.assertEqual(
            [(row["university"], row["payment"], row["refund"]) for row in rows],
            [("Other University", 500000, 500000), ("Test University", 500000, 0)],
        )
        own = Income.with_user(reporting).create({})._get_rows()
        self.assertEqual({row["university"] for row in own}, {"Test University"})
        action = Income.with_user(reporting).create({}).action_print()
        self.assertEqual(action["type"], "ir.actions.report")
        groups = self.env["sajad.fee.payment"]._read_group(
            [("process_id", "=", self.process.id)], [], ["signed_amount:sum"]
        )
        self.assertEqual(groups, [(500000,)])
