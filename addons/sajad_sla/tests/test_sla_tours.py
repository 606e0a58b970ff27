from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged

from .clock_common import ClockFactory
from .common import DisputeCommon


@tagged("post_install", "-at_install", "is_tour")
class TestSlaTours(DisputeCommon, HttpCase):
    """Agreements, disputes and clocks in the browser, in Persian (D3, D4, D6)."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("sajad_base", "sajad_sla")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        users = cls.user_student | cls.user_settler | cls.user_admin | cls.user_officer
        users.write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def test_publish(self):
        """A new version is written, published, compared and read in the portal."""
        # begun when there is Persian, as in a real database
        process = self.make_process("tour", {"office": {}})
        agreement = self.env["sajad.agreement"].create({"process_id": process.id})
        first = agreement.draft_id
        first.action_publish()
        url = f"/odoo/sajad-agreements/{agreement.id}"
        self.start_tour(url, "sajad_sla_publish", login="t_admin")
        self.env.invalidate_all()
        self.assertEqual(agreement.published_id.number, 2)
        self.assertEqual(first.state, "replaced")
        page = f"/services/{process.code}"
        self.start_tour(page, "sajad_sla_agreement_read", login="t_student")

    def test_dispute(self):
        """From the opening to the final opinion, on the two sides."""
        url = f"/my/requests/{self.request.id}"
        self.start_tour(url, "sajad_sla_dispute_open", login="t_student")
        self.env.invalidate_all()
        dispute = self.request.dispute_ids
        self.assertHistory(dispute, "opened", "message")
        dispute.date_until -= timedelta(days=60)
        self.env["sajad.dispute"]._cron_follow()
        path = f"/odoo/sajad-disputes/{dispute.id}"
        self.start_tour(path, "sajad_sla_dispute_decide", login="t_settler")
        self.env.invalidate_all()
        self.assertEqual(dispute.outcome, "upheld")
        self.start_tour(url, "sajad_sla_dispute_read", login="t_student")


@tagged("post_install", "-at_install", "is_tour")
class TestDisputeTourPhone(DisputeCommon, HttpCase):
    """A dispute is opened on a telephone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_open(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        modules = self.env["ir.module.module"].search([("name", "=", "sajad_sla")])
        modules._update_translations(["fa_IR"])
        self.user_student.lang = "fa_IR"
        url = f"/my/requests/{self.request.id}"
        self.start_tour(url, "sajad_sla_dispute_open", login="t_student")
        self.env.invalidate_all()
        self.assertHistory(self.request.dispute_ids, "opened", "message")


class ClockTourCommon(ClockFactory, DisputeCommon, HttpCase):
    """A request that is late, and its work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("sajad_base", "sajad_sla")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        cls.user_officer.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.university.calendar_id = cls.make_calendar()
        cls.env["sajad.sla.policy"].search([]).active = False
        begin = fields.Datetime.now() - timedelta(days=12)
        with freeze_time(begin - timedelta(days=30)):
            cls.make_policy("first_answer", 4)
            cls.make_policy("solution", 60, unit="days")
        with freeze_time(begin):
            cls.late = cls.make_request(cls.process)
        cls.env["sajad.sla.keeper"]._refresh(cls.late, fields.Datetime.now())

    def walk(self):
        path = f"/odoo/sajad.request/{self.late.id}"
        self.start_tour(path, "sajad_sla_clocks", login="t_officer")
        path = f"/odoo/sajad.task/{self.late.task_ids.id}"
        self.start_tour(path, "sajad_sla_clocks", login="t_officer")


@tagged("post_install", "-at_install", "is_tour")
class TestClockTours(ClockTourCommon):
    """The clocks on the forms of request and work (row D4)."""

    browser_size = "1366x768"

    def test_forms(self):
        self.walk()


@tagged("post_install", "-at_install", "is_tour")
class TestClockToursPhone(ClockTourCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_forms(self):
        self.walk()
