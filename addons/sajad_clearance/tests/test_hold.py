from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sajad_base.tools.conditions import filter_condition

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

    def test_debt_in_conditions(self):
        """An administrator asks what a student owes to all offices; nobody else."""
        self._make_hold("khwarazmi")
        Student = self.env["sajad.student"].with_user(self.user_admin)
        every = Student.search([])
        owing = Student.search([("open_hold_amount", ">", 0)])
        self.assertEqual(owing, self.student)
        self.assertEqual(owing.open_hold_amount, 500000)
        self.assertEqual(Student.search([("open_hold_count", "in", [1])]), owing)
        for rule in (("<=", 0), ("in", [0]), ("<", 500000)):
            found = Student.search([("open_hold_amount", *rule)])
            self.assertEqual(found, every - owing)
        condition = "[('student_id.open_hold_amount', '=', 0)]"
        request = self._submit()
        self.assertEqual(filter_condition(request.sudo(), condition), request.browse())
        with self.assertRaises(AccessError):
            Student.with_user(self.experts["khwarazmi"]).search(
                [("open_hold_amount", ">", 0)]
            )
        # a student without rights on the sum is judged by it all the same
        process = request.process_id.sudo()
        process.student_condition = "[('open_hold_amount', '=', 0)]"
        student = self.student.with_user(self.student.user_id)
        self.assertFalse(process._meets_condition(student))
        process.student_condition = "[('open_hold_amount', '>', 0)]"
        self.assertTrue(process._meets_condition(student))
