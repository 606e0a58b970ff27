from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tools.clock import get_country_today

from .common import ClearanceCommon

START = datetime(2026, 9, 5, 6, 0)


class StatisticsCommon(ClearanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_reporting = cls.make_user(
            "t_reporting", "sajad_base.group_sajad_reporting"
        )
        cls.university.reporting_ids = cls.user_reporting

    def play(self, reason, hours, start=START):
        """Submit a request; the department takes so many hours."""
        number = f"90{self.env['sajad.student'].search_count([])}"
        student = self.make_student(number, self.university)
        with freeze_time(start):
            request = self.make_request(
                self.process, student, clearance_reason=reason, card_delivered=True
            )
        with freeze_time(start + timedelta(hours=hours)):
            form = {"form_checked": True, "card_received": True}
            self.assertFalse(self._approve(request, "department", **form))
        return request


@tagged("post_install", "-at_install")
class TestStatistics(StatisticsCommon):
    """Every report knows the reason for clearance (row B12)."""

    def setUp(self):
        super().setUp()
        self.play("graduation", 3)
        self.play("graduation", 5)
        self.play("transfer", 60)
        self.Day = self.env["sajad.stat.day"].with_user(self.user_reporting)
        self.Day.sudo()._fill(START.date(), START.date() + timedelta(days=4))

    def test_by_reason(self):
        groups = self.Day._read_group(
            [("process_id", "=", self.process.id), ("decided", ">", 0)],
            ["clearance_reason"],
            ["decided:sum", "wait_p90:avg"],
        )
        found = {reason: (decided, p90) for reason, decided, p90 in groups}
        self.assertEqual(found["graduation"][0], 2)
        self.assertTrue(4 <= found["graduation"][1] <= 8)
        self.assertEqual(found["transfer"][0], 1)
        self.assertTrue(48 <= found["transfer"][1] <= 72)

    def test_open_work_by_reason(self):
        Open = self.env["sajad.report.open"].with_user(self.user_reporting)
        groups = Open._read_group(
            [("process_id", "=", self.process.id)], ["clearance_reason"], ["__count"]
        )
        self.assertEqual(dict(groups), {"graduation": 2, "transfer": 1})

    def test_printed_by_reason(self):
        Report = self.env["sajad.stat.print"].with_user(self.user_reporting)
        report = Report.create(
            {
                "period": "custom",
                "date_from": START.date(),
                "date_to": START.date() + timedelta(days=4),
                "clearance_reason": "transfer",
            }
        )
        self.assertEqual(report._get_report()["total"]["decided"], 1)
        self.assertIn(("Reason for Clearance", "Transfer"), report._get_filters())

    def test_forecast_by_reason(self):
        request = self.play("transfer", 4, start=datetime.now() - timedelta(hours=5))
        forecast = {"kind": "range", "low": START, "middle": START, "high": START}
        stored = self.env["sajad.forecast"]._store({request: forecast})
        self.assertEqual(stored.clearance_reason, "transfer")


@tagged("post_install", "-at_install", "is_tour")
class TestReportingTour(StatisticsCommon, HttpCase):
    """The reporting officer in the browser, in Persian (row B12)."""

    # what does not fit goes below the plus of the bar, and this officer sees much
    browser_size = "1600x900"

    def test_reporting_officer(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        modules = self.env["ir.module.module"].search(
            [("name", "in", ("sajad_base", "sajad_clearance"))]
        )
        modules._update_translations(["fa_IR"])
        self.user_reporting.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        start = datetime.now() - timedelta(days=20)
        for hours in (5, 30, 90):
            self.play("graduation", hours, start=start)
        # demo data has counted these days already
        Day = self.env["sajad.stat.day"]
        Day._fill(start.date(), get_country_today() - timedelta(days=1))
        self.start_tour(
            "/odoo/sajad-overview", "sajad_clearance_reporting", login="t_reporting"
        )
