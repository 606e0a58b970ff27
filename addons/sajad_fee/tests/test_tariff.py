from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2.errors import ForeignKeyViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools import budget_year
from .common import FeeCommon


@tagged("post_install", "-at_install")
class TestTariff(FeeCommon):
    """What a service costs, whom, and from when until when (row D5)."""

    def text(self):
        self.env.invalidate_all()
        return self.process._get_fee_text()

    def test_year(self):
        """A budget year ends with Esfand, of 30 days in a leap year."""
        self.assertEqual(budget_year.get_first_day("1403"), date(2024, 3, 20))
        self.assertEqual(budget_year.get_last_day("1403"), date(2025, 3, 20))
        self.assertEqual(budget_year.get_last_day("1404"), date(2026, 3, 20))
        self.assertEqual(budget_year.get_year(date(2025, 3, 20)), "1403")
        self.assertEqual(budget_year.get_year(date(2025, 3, 21)), "1404")

    def test_year_begins_at_midnight_in_the_country(self):
        """20:30 in Greenwich is midnight in Tehran."""
        with freeze_time("2026-03-20 20:29:59"):
            self.assertEqual(get_country_today(), date(2026, 3, 20))
        with freeze_time("2026-03-20 20:30:00"):
            self.assertEqual(budget_year.get_year(get_country_today()), "1405")

    def test_list_of_years(self):
        years = budget_year.get_years()
        self.assertIn("1400", years)
        self.assertIn(str(int(self.year) + 1), years)
        with self.assertRaises(ValueError):
            self.make_tariff(year="14x5")

    def test_no_row_is_free(self):
        self.assertIn("500,000 rials", self.text())
        self.tariff.unlink()
        self.assertEqual(self.text(), "Free of charge")
        self.assertEqual(self.apply().state, "running")

    def test_row_of_another_year(self):
        day = budget_year.get_first_day(str(int(self.year) + 1))
        with freeze_time(f"{day} 12:00:00"):
            self.assertEqual(self.text(), "Free of charge")
            self.make_tariff(700000, year=str(int(self.year) + 1))
            self.assertIn("700,000", self.text())

    def test_zero_is_free(self):
        self.tariff.amount = 0
        self.assertEqual(self.text(), "Free of charge")
        request = self.apply()
        self.assertEqual(request.state, "running")
        self.assertFalse(request.fee_ids)

    def test_who_pays(self):
        """The first row whose condition holds; the others pay the one without."""
        self.make_tariff(
            900000,
            name="International students",
            condition="[('is_international', '=', True)]",
            sequence=20,
        )
        text = self.text()
        self.assertIn("International students: 900,000 rials", text)
        self.assertIn("others: 500,000 rials", text)
        self.assertEqual(self.apply().fee_ids.amount, 500000)
        self.other_student.write(
            {"is_international": True, "passport_number": "X12345678"}
        )
        request = self.apply(self.user_other_student, self.other_student)
        self.assertEqual(request.fee_ids.amount, 900000)

    def test_nobody_else_pays(self):
        self.tariff.write({"name": "Guests", "condition": "[('note', '=', 'guest')]"})
        self.assertIn("others: free of charge", self.text())
        self.assertEqual(self.apply().state, "running")

    def test_wrong_rows(self):
        for values in (
            {"condition": "[('note', '=', 'x')]", "name": False},
            {"date_start": budget_year.get_first_day(self.year) - timedelta(days=1)},
            {"date_end": budget_year.get_last_day(self.year) + timedelta(days=1)},
            {"condition": "[('nothing', '=', 1)]", "name": "x"},
            {"condition": "no domain", "name": "x"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.tariff.write(values)
                self.env.flush_all()

    def test_overlap(self):
        with self.assertRaises(ValidationError):
            self.make_tariff(date_start=get_country_today())
        # the same twice at one moment: the database refuses
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.make_tariff()

    def test_row_in_use_stays(self):
        fee = self.apply().fee_ids
        self.assertEqual(fee.tariff_id, self.tariff)
        self.env.invalidate_all()
        self.assertTrue(self.tariff.is_used)
        for values in (
            {"amount": 1},
            {"condition": "[('note', '=', 'x')]", "name": "x"},
            {"date_start": get_country_today()},
            {"process_id": self.make_process("else", {"only": {}}).id},
            {"date_end": get_country_today() - timedelta(days=1)},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.tariff.write(values)
        # the same again is no change
        self.tariff.write({"amount": 500000, "note": "For each paper"})
        with self.assertRaises(ForeignKeyViolation), mute_logger("odoo.sql_db"):
            self.tariff.unlink()
            self.env.flush_all()

    def test_new_amount(self):
        """Another row goes on; what was priced keeps its price."""
        fee = self.apply().fee_ids
        action = self.tariff.with_user(self.user_fee).action_replace()
        Tariff = self.env["sajad.tariff"].with_user(self.user_fee)
        form = Form(Tariff.with_context(**action["context"]))
        form.amount = 800000
        new = form.save()
        tomorrow = get_country_today() + timedelta(days=1)
        self.assertEqual(new.date_start, tomorrow)
        self.assertEqual(self.tariff.date_end, get_country_today())
        self.assertEqual(new.replaces_id, self.tariff)
        self.assertIn("500,000", self.text())
        with freeze_time(f"{tomorrow} 12:00:00"):
            self.assertIn("800,000", self.text())
            request = self.apply(self.user_other_student, self.other_student)
            self.assertEqual(request.fee_ids.amount, 800000)
        self.assertEqual((fee.amount, fee.tariff_id), (500000, self.tariff))

    @users("t_officer", "t_liaison", "t_auditor", "t_organization")
    def test_who_changes_tariffs(self):
        tariff = self.tariff.with_env(self.env)
        self.assertEqual(tariff.amount, 500000)
        with self.assertRaises(AccessError):
            tariff.amount = 1
        with self.assertRaises(AccessError):
            self.env["sajad.tariff"].create(
                {"process_id": self.process.id, "amount": 1, "year": "1410"}
            )

    @users("t_student")
    def test_portal_reads_no_tariff(self):
        with self.assertRaises(AccessError):
            self.tariff.with_env(self.env).read(["amount"])
