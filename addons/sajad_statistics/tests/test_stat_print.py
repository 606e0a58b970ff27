import io
from datetime import date, timedelta

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .test_stat_day import StatCommon


@tagged("post_install", "-at_install")
class TestStatPrint(StatCommon):
    """The printed report of a university (row B12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.play(5, 30)
        cls.play(9, student=cls.make_student("93", cls.university))
        cls.Day._fill(date(2026, 9, 5), date(2026, 9, 10))

    def make_report(self, user=None, **values):
        Report = self.env["sajad.stat.print"].with_user(user or self.user_reporting)
        return Report.create(
            {
                "university_id": self.university.id,
                "period": "custom",
                "date_from": "2026-09-05",
                "date_to": "2026-09-10",
                **values,
            }
        )

    def print_report(self, records):
        report = records.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        content, _kind = report._render_qweb_pdf(
            "sajad_statistics.sajad_stat_sheet", records.ids
        )
        reader = PdfReader(io.BytesIO(content))
        return reader, "\n".join(page.extract_text() for page in reader.pages)

    def test_numbers(self):
        report = self.make_report()._get_report()
        self.assertEqual([line["stage"].code for line in report["lines"]], ["b", "a"])
        slow, fast = report["lines"]
        self.assertEqual((slow["decided"], slow["waiting"], slow["share"]), (1, 1, 1))
        self.assertEqual((fast["came_in"], fast["decided"]), (2, 2))
        self.assertEqual(
            (report["total"]["came_in"], report["total"]["decided"]), (4, 3)
        )
        self.assertEqual(report["last_day"], date(2026, 9, 10))
        self.assertEqual([line[1] for line in report["requests"]], [1])

    def test_pdf(self):
        reader, text = self.print_report(self.make_report())
        page = reader.pages[0].mediabox
        self.assertGreater(page.width, page.height)
        for expected in (
            "Test University",
            "Stage a",
            "Stage b",
            "Total",
            "Page 1 of",
            "Where It Takes Longest",
        ):
            self.assertIn(expected, text)
        self.assertLess(text.index("Stage b"), text.index("Stage a"))

    def test_two_reports(self):
        empty = {"date_from": "2020-01-01", "date_to": "2020-01-31"}
        reports = self.make_report() | self.make_report(**empty)
        reader, text = self.print_report(reports)
        self.assertGreaterEqual(len(reader.pages), 2)
        self.assertIn("Nothing came in, was decided or waited", text)
        self.assertIn("Stage a", text)

    def test_another_university_is_empty(self):
        report = self.make_report(university_id=self.other_university.id)
        self.assertFalse(report._get_report()["lines"])
        report = self.make_report(self.user_other_reporting)
        self.assertFalse(report._get_report()["lines"])

    @users("t_officer")
    def test_officers_print_none(self):
        with (
            mute_logger("odoo.addons.base.models.ir_model"),
            self.assertRaises(AccessError),
        ):
            self.env["sajad.stat.print"].create({})

    def test_periods(self):
        """Months, terms and years of the Jalali calendar."""
        expected = {
            # 14 Shahrivar 1405
            "this_month": (date(2026, 8, 23), date(2026, 9, 22)),
            "last_month": (date(2026, 7, 23), date(2026, 8, 22)),
            "this_term": (date(2026, 1, 21), date(2026, 9, 22)),
            "last_term": (date(2025, 9, 23), date(2026, 1, 20)),
            "this_year": (date(2026, 3, 21), date(2027, 3, 20)),
        }
        with freeze_time("2026-09-05 08:00:00"):
            form = Form(self.env["sajad.stat.print"].with_user(self.user_reporting))
            self.assertEqual(form.university_id, self.university)
            for period, dates in expected.items():
                with self.subTest(period=period):
                    form.period = period
                    found = (form.date_from, form.date_to)
                    self.assertEqual(found, dates)

    def test_no_day_is_left_out(self):
        """Terms follow each other over two years, whatever the day."""
        Report = self.env["sajad.stat.print"]
        day = date(2025, 3, 21)
        while day < date(2027, 3, 21):
            start, end = Report._get_term(day)
            self.assertTrue(start <= day <= end, day)
            self.assertEqual(
                Report._get_term(end + timedelta(days=1))[0], end + timedelta(days=1)
            )
            day += timedelta(days=13)

    def test_ends_before_it_begins(self):
        with self.assertRaises(ValidationError):
            self.make_report(date_to="2026-09-01")
