from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.common import OFFICER
from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_fee.tools import budget_year
from odoo.addons.sajad_sla.tests.clock_common import ClockFactory

from .common import SupportCommon

ADDONS = ("payment", "payment_demo", "sajad_base", "sajad_fee", "sajad_helpdesk")


class StoryCommon(ClockFactory, SupportCommon, HttpCase):
    """The support desk in the browser, in Persian."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        domain = [("name", "in", (*ADDONS, "sajad_sla"))]
        modules = cls.env["ir.module.module"].search(domain)
        modules.filtered(lambda m: m.state == "installed")._update_translations(
            ["fa_IR"]
        )
        cls.user_settler = cls.make_user("t_settler", OFFICER)
        users = cls.user_student.union(cls.user_settler, *cls.experts.values())
        users.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.category.name = "موضوع آزمایشی"
        question = cls.env["sajad.support.question"].create(
            {"name": "رمز عبور خود را گم کردم", "answer": "<p>بازنشانی کنید.</p>"}
        )
        question.action_publish()

    def walk(self, url, tour, login="t_student"):
        self.start_tour(url, tour, login=login)
        self.env.invalidate_all()

    def get_request(self):
        domain = [("process_id", "=", self.process.id)]
        return self.env["sajad.request"].search(domain, limit=1, order="id desc")


@tagged("post_install", "-at_install", "is_tour")
class TestSupportTravel(StoryCommon):
    """From the question in the portal to the rating of the answer (rows D1, D2)."""

    def test_travel(self):
        self.walk("/my/support", "sajad_support_ask")
        request = self.get_request()
        desk = f"/odoo/sajad-support/{request.id}"
        self.walk(desk, "sajad_helpdesk_expert_asks", "t_technical")
        self.assertBoard(request, state="waiting", user_id=self.user_technical)
        self.walk(request.access_url, "sajad_support_answer")
        self.walk(desk, "sajad_helpdesk_expert_solves", "t_technical")
        self.walk(request.access_url, "sajad_helpdesk_close_and_reopen")
        self.assertBoard(request, state="progress", user_id=self.user_technical)
        self.walk(desk, "sajad_helpdesk_expert_solves", "t_technical")
        self.walk(request.access_url, "sajad_helpdesk_rate")
        given = request._get_support_ratings().filtered("consumed")
        self.assertEqual(given.mapped("rating"), [5])
        self.assertEqual(given.feedback, "این بار درست شد")


@tagged("post_install", "-at_install", "is_tour")
class TestSupportLate(StoryCommon):
    """A promise is broken, the request goes on, its end is disputed (D4, D6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.university | cls.organization).calendar_id = cls.make_calendar()
        cls.env["sajad.sla.policy"].search([]).active = False
        cls.make_settlers()
        begin = fields.Datetime.now() - timedelta(days=12)
        with freeze_time(begin - timedelta(days=30)):
            cls.make_policy("first_answer", 4, [(0, "expert")])
        with freeze_time(begin):
            cls.request = cls.ask(support_subject="چاپ گواهی")

    @classmethod
    def make_settlers(cls):
        """Open the cartable that settles disputes, or take that of the demo data."""
        role = cls.env.ref("sajad_sla.sajad_role_dispute")
        domain = [
            ("role_id", "=", role.id),
            ("process_id", "=", cls.process.id),
            ("university_id", "=", cls.organization.id),
        ]
        cartable = cls.env["sajad.cartable"].search(domain)
        if not cartable:
            cartable = cls.make_cartable(role, cls.process, cls.organization)
        cartable.member_ids.unlink()
        cartable.member_ids = [Command.create({"user_id": cls.user_settler.id})]

    def test_late_and_disputed(self):
        alarm = self.env["sajad.sla.alarm"]
        alarm._tell(alarm._take_due())
        desk = f"/odoo/sajad-support/{self.request.id}"
        self.walk(desk, "sajad_helpdesk_escalate", "t_technical")
        self.assertBoard(self.request, line="second")
        kinds = self.request.event_ids.mapped("kind")
        self.assertIn("sla_late", kinds)
        self.walk(desk, "sajad_helpdesk_expert_solves", "t_second")
        self.assertEqual(self.request.sla_state, "missed")
        self.walk(self.request.access_url, "sajad_sla_dispute_open")
        dispute = self.request.dispute_ids
        dispute.date_until -= timedelta(days=60)
        self.env["sajad.dispute"]._cron_follow()
        path = f"/odoo/sajad-disputes/{dispute.id}"
        self.walk(path, "sajad_sla_dispute_decide", "t_settler")
        self.assertEqual((dispute.state, dispute.outcome), ("decided", "upheld"))
        self.walk(self.request.access_url, "sajad_sla_dispute_read")


@tagged("post_install", "-at_install", "is_tour")
class TestSupportPaid(StoryCommon):
    """A support request that costs something, from the portal to the receipt (D5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.env["ir.module.module"]._get("payment_demo").state != "installed":
            cls.skipTest(cls, "without a demo provider there is no bank to play")
        category = cls.make_category("گواهی آزمایشی", "regulations")
        cls.env["sajad.tariff"].create(
            {
                "process_id": cls.process.id,
                "year": budget_year.get_year(get_country_today()),
                "amount": 200000,
                "name": "گواهی آزمایشی",
                "condition": f"[('support_category_id', '=', {category.id})]",
            }
        )

    def test_pay(self):
        self.walk("/my/support", "sajad_helpdesk_pay")
        request = self.get_request()
        self.assertEqual(request.state, "running")
        self.assertBoard(request, state="new", line="regulations")
        self.assertEqual(request.fee_ids.state, "paid")
        self.assertEqual(request.fee_ids.payment_ids.mapped("amount"), [200000])


@tagged("post_install", "-at_install", "is_tour")
class TestSupportPaidPhone(TestSupportPaid):
    browser_size = "390x844"
    touch_enabled = True
    allow_inherited_tests_method = True
