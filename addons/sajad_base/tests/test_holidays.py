from datetime import date, datetime, timedelta

import jdatetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged, users

from ..tools.calendars import get_lunar_dates, hijri_to_date, jalali_to_date
from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestHolidays(SajadCommon):
    """Working week, public holidays and due dates (row D4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sajad.holiday"].search([]).unlink()
        cls.calendar = cls.env.ref("sajad_base.resource_calendar_university").copy(
            {"name": "Test", "company_id": False, "tz": "Asia/Tehran"}
        )
        cls.university.calendar_id = cls.calendar
        cls.year = cls.env["sajad.holiday"]._load_year(1405)

    def plan(self, hours, text):
        start = datetime.fromisoformat(text)
        calendar = self.env["resource.calendar"]
        return calendar._sajad_plan_hours(self.calendar.id, hours, start)

    def find(self, origin):
        return self.env["sajad.holiday"].search([("origin", "=", origin)])

    def test_solar_days_are_exact(self):
        for origin, day in (
            ("nowruz_1/1405", "2026-03-21"),
            ("nature/1405", "2026-04-02"),
            ("khordad/1405", "2026-06-05"),
            ("revolution/1405", "2027-02-11"),
            ("oil/1405", "2027-03-20"),
        ):
            with self.subTest(origin):
                self.assertEqual(self.find(origin).date, date.fromisoformat(day))
        self.assertFalse(self.find("leap/1405"))
        self.env["sajad.holiday"]._load_year(1408)
        self.assertEqual(self.find("leap/1408").date, date(2030, 3, 20))

    def test_jalali_days_are_those_of_jdatetime(self):
        self.assertEqual(jalali_to_date(1403, 12, 30), date(2025, 3, 20))
        self.assertIsNone(jalali_to_date(1405, 12, 30))
        for year in range(1390, 1430):
            first = jdatetime.date(year, 1, 1).togregorian()
            self.assertEqual(jalali_to_date(year, 1, 1), first)

    def test_lunar_days_of_known_years(self):
        self.assertEqual(self.find("ashura/1448").date, date(2026, 6, 25))
        self.assertFalse(self.find("ashura/1448").is_estimated)
        self.assertFalse(self.find("oil/1405").is_estimated)
        # Eid al-Fitr is twice in 1405
        self.assertEqual(self.find("fitr_1/1447").date, date(2026, 3, 21))
        self.assertEqual(self.find("fitr_1/1448").date, date(2027, 3, 10))

    def test_lunar_days_of_other_years_are_computed(self):
        occasions = self.env["sajad.occasion"].search([("kind", "=", "lunar")])
        by_code = {occasion.code: occasion for occasion in occasions}
        for (year, code), known in get_lunar_dates().items():
            occasion = by_code[code]
            computed = hijri_to_date(year, occasion.month, occasion.day)
            self.assertLessEqual(abs(computed - known.date), timedelta(days=2), code)
        holidays = self.env["sajad.holiday"]._load_year(1410)
        self.assertEqual(len(holidays.filtered(lambda h: h.kind == "solar")), 10)
        self.assertIn(
            len(holidays.filtered(lambda h: h.kind == "lunar")), range(16, 20)
        )

    def test_days_of_years_behind_us(self):
        """The official calendars of 1403 and 1404 (row D4)."""
        for year in (1403, 1404):
            self.env["sajad.holiday"]._load_year(year)
        for origin, day in (
            ("fitr_1/1445", "2024-04-10"),
            ("ashura/1446", "2024-07-16"),
            ("arbaeen/1446", "2024-08-25"),
            ("leap/1403", "2025-03-20"),
            ("ali/1446", "2025-03-22"),
            ("ashura/1447", "2025-07-06"),
            ("fatima/1447", "2025-11-24"),
            ("ali/1447", "2026-03-11"),
        ):
            with self.subTest(origin):
                holiday = self.find(origin)
                self.assertEqual(holiday.date, date.fromisoformat(day))
                self.assertFalse(holiday.is_estimated)

    def test_days_to_come_are_estimated_and_say_so(self):
        """The moon has the last word: whoever plans by the calendar reads it."""
        self.env["sajad.holiday"]._load_year(1406)
        fitr = self.find("fitr_1/1448")
        self.assertTrue(fitr.is_estimated)
        self.assertEqual(fitr.display_name, f"{fitr.name} (estimated)")
        self.assertEqual(fitr.leave_ids[:1].name, fitr.name)
        fitr.is_estimated = False
        self.assertEqual(fitr.display_name, fitr.name)
        nowruz = self.find("nowruz_1/1406")
        self.assertFalse(nowruz.is_estimated)
        self.assertEqual(nowruz.display_name, nowruz.name)
        view = self.env["sajad.holiday"].get_view(view_type="calendar")
        self.assertIn('date_start="date"', view["arch"])

    def test_a_year_is_loaded_once_and_corrections_stay(self):
        ashura = self.find("ashura/1448")
        ashura.date = "2026-06-26"
        self.assertFalse(self.env["sajad.holiday"]._load_year(1405))
        self.assertEqual(ashura.date, date(2026, 6, 26))
        ashura.unlink()
        self.assertEqual(
            self.env["sajad.holiday"]._load_year(1405).date, date(2026, 6, 25)
        )

    def test_working_week(self):
        """From Wednesday afternoon the work goes on on Saturday."""
        self.assertEqual(
            self.plan(1, "2026-09-30 12:00:00"), datetime(2026, 10, 3, 5, 0)
        )
        self.assertEqual(
            self.plan(8, "2026-10-03 00:00:00"), datetime(2026, 10, 3, 12, 30)
        )

    def test_thursday_by_choice(self):
        self.calendar = self.env.ref("sajad_base.resource_calendar_university_thursday")
        self.assertEqual(
            self.plan(1, "2026-09-30 12:00:00"), datetime(2026, 10, 1, 5, 0)
        )

    def test_due_dates_pass_over_holidays(self):
        """Nowruz: from 29 Esfand, past four days and a Friday, in Tehran's day."""
        self.env["sajad.holiday"]._load_year(1406)
        self.assertEqual(
            self.plan(8, "2027-03-17 13:00:00"), datetime(2027, 3, 27, 12, 30)
        )

    def test_due_dates_follow_a_correction_at_once(self):
        """Tasua and Ashura are a Wednesday and a Thursday."""
        tasua = self.find("tasua/1448")
        start = "2026-06-23 12:30:00"
        self.assertEqual(self.plan(1, start).date(), date(2026, 6, 27))
        tasua.is_official = False
        self.assertEqual(self.plan(1, start).date(), date(2026, 6, 24))
        tasua.is_official = True
        self.assertEqual(self.plan(1, start).date(), date(2026, 6, 27))
        tasua.date = "2026-06-22"
        self.assertEqual(self.plan(1, start).date(), date(2026, 6, 24))
        tasua.date = "2026-06-24"
        tasua.unlink()
        self.assertEqual(self.plan(1, start).date(), date(2026, 6, 24))

    def test_step_of_a_request_is_due_after_the_holidays(self):
        process = self.make_process("hol", {"a": {"time_limit": 8}})
        self.make_cartables(process, self.university, self.user_officer)
        with freeze_time("2026-06-23 12:30:00"):
            task = self.make_request(process).task_ids
        self.assertEqual(task.date_due, datetime(2026, 6, 27, 12, 30))

    def test_new_calendar_gets_the_holidays(self):
        calendar = self.calendar.copy({"name": "New", "leave_ids": [Command.clear()]})
        calendar.leave_ids.unlink()
        self.other_university.calendar_id = calendar
        self.assertEqual(calendar.leave_ids.sajad_holiday_id, self.year)
        # once, and a university may work on a day that others do not
        calendar.leave_ids[0].unlink()
        self.find("ashura/1448").name = "Ashura"
        self.assertEqual(len(calendar.leave_ids), len(self.year) - 1)

    @users("t_admin")
    def test_wizard(self):
        form = Form(self.env["sajad.holiday.load"])
        form.year = 1407
        action = form.save().action_load()
        self.assertEqual(action["res_model"], "sajad.holiday")
        self.assertTrue(self.find("nowruz_1/1407"))
        form.year = 14
        with self.assertRaises(UserError):
            form.save().action_load()

    @users("t_officer")
    def test_officers_load_nothing(self):
        with self.assertRaises(AccessError):
            self.env["sajad.holiday.load"].create({"year": 1407})

    def test_names_are_in_every_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        occasion = self.env.ref("sajad_base.sajad_occasion_oil")
        occasion.with_context(lang="fa_IR").name = "نفت"
        self.env["sajad.holiday"]._load_year(1409)
        holiday = self.find("oil/1409")
        self.assertEqual(holiday.with_context(lang="fa_IR").name, "نفت")
        self.assertEqual(holiday.with_context(lang="en_US").name, occasion.name)
        # corrected by hand: stays
        holiday.with_context(lang="fa_IR").name = "دیگر"
        self.env["sajad.holiday"]._translate_names()
        self.assertEqual(holiday.with_context(lang="fa_IR").name, "دیگر")
