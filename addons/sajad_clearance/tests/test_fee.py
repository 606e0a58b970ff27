from odoo.tests import tagged

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_fee.tools import budget_year

from .common_payment import HoldPaymentCommon


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
