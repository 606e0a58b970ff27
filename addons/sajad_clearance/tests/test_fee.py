from odoo.tests import tagged

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_fee.tools import budget_year

from .common_payment import HoldPaymentCommon
from .test_cohort import CohortCommon


@tagged("post_install", "-at_install")
class TestFee(HoldPaymentCommon):
    """A clearance that costs something begins when it is paid (rows B1, D5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sajad.tariff"].create(
            {
                "process_id": cls.process.id,
                "year": budget_year.get_year(get_country_today()),
                "amount": 400000,
            }
        )

    def test_clearance_waits_for_its_fee(self):
        """No office sees it before; a debt is paid beside it, each for itself."""
        request = self._submit()
        fee = request.fee_ids
        self.assertEqual((request.state, fee.residual), ("draft", 400000))
        self.assertFalse(request.task_ids)
        debt = self._start(self.hold)
        self._end(debt)
        self.assertMoney(self.hold, "settled", 500000, 0, 0)
        self.assertEqual(request.state, "draft")
        transaction = self._create_transaction(
            "redirect",
            reference="FEE1",
            amount=400000,
            currency_id=self.rial.id,
            partner_id=self.user_student.partner_id.id,
            sajad_fee_id=fee.id,
        )
        self._end(transaction)
        self.assertEqual((request.state, fee.state), ("running", "paid"))
        self.assertTrue(request.task_ids)
        self._approve_until(request, "khwarazmi")


@tagged("post_install", "-at_install")
class TestCohortFee(CohortCommon):
    """A class whose clearance costs something starts as its students pay (B11, D5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sajad.tariff"].create(
            {
                "process_id": cls.process.id,
                "year": budget_year.get_year(get_country_today()),
                "amount": 400000,
            }
        )

    def assertCounts(self, cohort, started, payment):
        cohort.invalidate_recordset()
        cohort.line_ids.invalidate_recordset()
        self.assertEqual(
            (cohort.started_count, cohort.payment_count), (started, payment)
        )
        standing = cohort.line_ids.mapped("standing")
        self.assertEqual(
            (standing.count("started"), standing.count("payment")), (started, payment)
        )

    def test_who_has_not_paid_is_not_started(self):
        cohort = self.start(self.make_cohort())
        count = len(self.students)
        self.assertEqual(cohort.state, "done")
        self.assertCounts(cohort, 0, count)
        self.assertEqual((cohort.problem_count, cohort.start_progress), (0, 100))
        first, second = cohort.sudo().request_ids[:2]
        first.fee_ids._waive("An orphan", self.env["ir.attachment"])
        self.assertEqual(first.state, "running")
        self.assertCounts(cohort, 1, count - 1)
        # whoever does not pay, is out
        self.env["sajad.engine"]._cancel(second, "Not any more")
        self.assertCounts(cohort, 2, count - 2)
        line = cohort.line_ids.filtered(lambda line: line.request_id == second)
        self.assertEqual(line.request_state, "cancelled")

    def test_without_a_fee_nothing_waits(self):
        self.env["sajad.tariff"].search([]).unlink()
        cohort = self.start(self.make_cohort())
        self.assertCounts(cohort, len(self.students), 0)
