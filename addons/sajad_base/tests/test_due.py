from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ..models.engine import sajad_engine_due
from .common import SajadCommon

# a Saturday, 9:00 in Tehran
NOW = "2026-05-23 05:30:00"


@tagged("post_install", "-at_install")
class TestDue(SajadCommon):
    """Due dates of open work follow their calendar (row D4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env.ref("sajad_base.resource_calendar_university")
        cls.calendar = calendar.copy({"name": "Due", "leave_ids": []})
        cls.university.calendar_id = cls.calendar
        # two working days
        cls.process = cls.make_process("due", {"one": {"time_limit": 16}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        with freeze_time(NOW):
            cls.request = cls.make_request(cls.process)
        cls.job_name = "sajad_base.ir_cron_due"
        cls.job = cls.env.ref(cls.job_name)

    def setUp(self):
        super().setUp()
        self.work = self.task(self.request, "one")
        self.before = self.work.date_due
        self.env["ir.cron.trigger"].search([("cron_id", "=", self.job.id)]).unlink()

    def plan(self):
        """Run the job in the transaction of the test."""
        Cron = self.registry["ir.cron"]
        with patch.object(Cron, "_commit_progress", lambda *args, **kwargs: 1):
            self.engine._cron_plan_due()

    def assertMoved(self, days):
        """Check that a change told the job, and where the job puts the date."""
        domain = [("cron_id", "=", self.job.id)]
        self.assertTrue(self.env["ir.cron.trigger"].search_count(domain))
        self.plan()
        self.assertEqual(self.work.date_due - self.before, timedelta(days=days))

    def close(self, day):
        return self.env["sajad.holiday"].create({"name": "Cold", "date": day})

    def test_goes_on_where_it_was_cut_off(self):
        """Of the work of a country a part is planned before the time is over."""
        Work = self.env["sajad.task"]
        for number in range(2):
            student = self.make_student(f"d{number}", self.university)
            with freeze_time(NOW):
                Work |= self.task(self.make_request(self.process, student), "one")
        Work |= self.work
        Work.flush_recordset()
        self.close("2026-05-24")
        Place = self.env["sajad.job.place"]
        self.startPatcher(patch.object(sajad_engine_due, "BATCH", 1))
        moved = []
        Cron = self.registry["ir.cron"]
        with patch.object(Cron, "_commit_progress", return_value=0) as commit:
            while not moved or Place._get(self.job_name):
                self.engine._cron_plan_due()
                moved.append(len(Work.filtered(lambda w: w.date_due != self.before)))
        self.assertEqual(moved[-1], 3)
        self.assertIn(1, moved)
        # Odoo is told that something is left, until nothing is
        left = [call.kwargs["remaining"] for call in commit.call_args_list]
        self.assertEqual(left, [1] * (len(left) - 1) + [0])
        # a change meanwhile begins from the first row
        Place._set(self.job_name, Work[-1].id)
        self.close("2026-05-25")
        self.assertFalse(Place._get(self.job_name))

    def test_holiday(self):
        holiday = self.close("2026-05-24")
        self.assertMoved(1)
        holiday.date = "2026-06-20"
        self.assertMoved(0)
        holiday.date = "2026-05-25"
        self.assertMoved(1)
        holiday.unlink()
        self.assertMoved(0)

    def test_hours(self):
        hours = self.calendar.attendance_ids.filtered(lambda x: x.dayofweek == "6")
        hours.unlink()
        self.assertMoved(1)

    def test_hours_are_those_of_the_zone(self):
        """Work that ends with the office is due at 16:00 on the clock of Tehran."""
        # two whole days from a Saturday at eight
        with freeze_time("2026-05-23 04:30:00"):
            request = self.make_request(
                self.process, self.make_student("1002", self.university)
            )
        due = self.task(request, "one").date_due
        self.assertEqual(due, datetime(2026, 5, 24, 12, 30))
        zone = self.calendar._sajad_get_zone()
        self.assertEqual(str(zone), "Asia/Tehran")
        nothing = self.env["resource.calendar"]._sajad_get_zone()
        self.assertEqual(str(nothing), "Asia/Tehran")

    def test_hours_of_another_zone(self):
        self.calendar.tz = "Europe/Istanbul"
        with freeze_time("2026-05-23 04:00:00"):
            request = self.make_request(
                self.process, self.make_student("1002", self.university)
            )
        self.assertEqual(
            self.task(request, "one").date_due, datetime(2026, 5, 24, 13, 0)
        )

    def test_another_calendar(self):
        self.university.calendar_id = False
        self.plan()
        self.assertFalse(self.work.date_due)
        self.university.calendar_id = self.calendar
        self.assertMoved(0)

    def test_decided_work_stays(self):
        self.approve(self.request, "one")
        self.close("2026-05-24")
        self.plan()
        self.assertEqual(self.work.date_due, self.before)

    def test_queries_do_not_grow(self):
        def count():
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.plan()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(10):
            student = self.make_student(f"88{number}", self.university)
            self.make_request(self.process, student)
        self.assertEqual(count(), few)
        self.assertIsInstance(self.work.date_due, datetime)
