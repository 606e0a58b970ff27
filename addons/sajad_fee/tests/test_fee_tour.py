from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.common import SajadCommon
from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools import budget_year


@tagged("post_install", "-at_install", "is_tour")
class TestFeeTour(SajadCommon, HttpCase):
    """Apply, pay with the demo provider, request sent, receipt, in Persian (row D5)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.env["ir.module.module"]._get("payment_demo").state != "installed":
            cls.skipTest(cls, "without a demo provider there is no bank to play")
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("payment", "payment_demo", "sajad_base", "sajad_fee")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        cls.user_student.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.process = cls.make_process("tour_paid", {"only": {}}, name="صدور المثنا")
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.env["sajad.tariff"].create(
            {
                "process_id": cls.process.id,
                "year": budget_year.get_year(get_country_today()),
                "amount": 500000,
            }
        )

    def pay(self):
        self.start_tour("/my/services?audience=all", "sajad_fee_pay", login="t_student")
        self.env.invalidate_all()
        request = self.env["sajad.request"].search(
            [("process_id", "=", self.process.id)]
        )
        self.assertEqual(request.state, "running")
        self.assertEqual(request.fee_ids.state, "paid")
        self.assertEqual(len(request.fee_ids.payment_ids), 1)

    def test_desk(self):
        self.pay()


@tagged("post_install", "-at_install", "is_tour")
class TestFeeTourPhone(TestFeeTour):
    browser_size = "390x844"
    touch_enabled = True
    allow_inherited_tests_method = True
