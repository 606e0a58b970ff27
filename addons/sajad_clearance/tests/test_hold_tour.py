from odoo.tests import HttpCase, tagged

from .common import ClearanceCommon


@tagged("post_install", "-at_install", "is_tour")
class TestHoldTour(ClearanceCommon, HttpCase):
    """A debt is paid with the demo provider in the browser, in Persian (row B7)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.env["ir.module.module"]._get("payment_demo").state != "installed":
            cls.skipTest(cls, "without a demo provider there is no bank to play")
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("payment", "payment_demo", "sajad_base", "sajad_clearance")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        for user in cls.user_student | cls.experts["khwarazmi"]:
            user.write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def test_paid_debt_lets_the_office_approve(self):
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        task = self._get_work(request, "khwarazmi")
        hold = self.env["sajad.hold"].create(
            {
                "student_id": self.student.id,
                "office_id": task.sudo().cartable_id.office_id.id,
                "description": "جریمه دیرکرد",
                "amount": 500000,
            }
        )
        self.assertIn("جریمه", self._approve(request, "khwarazmi"))
        self.start_tour("/my", "sajad_hold_pay", login="t_student")
        self.env.invalidate_all()
        self.assertEqual((hold.state, hold.residual), ("settled", 0))
        payment = hold.payment_ids
        self.assertEqual(payment.transaction_id.state, "done")
        expert = self.experts["khwarazmi"].login
        self.start_tour("/odoo/sajad-inbox", "sajad_hold_approve", login=expert)
        self.env.invalidate_all()
        self.assertEqual(self.task(request, "khwarazmi").state, "done")
