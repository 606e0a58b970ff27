from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ClearanceCommon


@tagged("post_install", "-at_install")
class TestHold(ClearanceCommon):
    """What an office holds against a student blocks its approval (row B7)."""

    def test_office_comes_with_its_cartable(self):
        office = self._get_office("khwarazmi")
        self.assertEqual(len(office), 1)
        self.assertEqual(
            office.cartable_ids.member_ids.user_id, self.experts["khwarazmi"]
        )

    def test_open_hold_blocks_only_its_office(self):
        hold = self._make_hold("khwarazmi")
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        self.assertIn("500,000", self._approve(request, "khwarazmi"))
        hold._pay(200000)
        self.assertIn("300,000", self._approve(request, "khwarazmi"))
        hold._pay(300000)
        self.assertEqual(hold.state, "settled")
        self.assertFalse(self._approve(request, "khwarazmi"))

    def test_refund_opens_again(self):
        hold = self._make_hold("khwarazmi")
        hold._pay(500000)
        hold._refund(100000)
        self.assertEqual((hold.state, hold.residual), ("open", 100000))
        with self.assertRaises(UserError):
            hold._refund(400001)
