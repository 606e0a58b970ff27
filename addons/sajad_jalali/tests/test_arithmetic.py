from datetime import date, datetime, time, timedelta

import jdatetime

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..tools import jalali


@tagged("post_install", "-at_install")
class TestArithmetic(TransactionCase):
    def test_every_day_is_that_of_jdatetime(self):
        """Python and PostgreSQL agree with jdatetime on every day of 1250 to 1500."""
        first = jdatetime.date(1250, 1, 1).togregorian()
        last = jdatetime.date(1501, 1, 1).togregorian()
        columns = [
            trunc(granularity, SQL("%s", value))
            for trunc, value in (
                (jalali.trunc_sql, SQL("d::date")),
                (jalali.trunc_moment_sql, SQL("d + interval '23:59'")),
            )
            for granularity in ("month", "quarter", "year")
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT d::date, %s FROM generate_series(%s, %s, '1 day'::interval) d",
                SQL(", ").join(columns),
                first,
                last - timedelta(days=1),
            )
        )
        self.assertEqual(len(rows), 91676)
        for day, month, quarter, year, *moments in rows:
            self.assertEqual(
                moments,
                [datetime.combine(d, time.min) for d in (month, quarter, year)],
            )
            expected = jdatetime.date.fromgregorian(date=day)
            parts = (expected.year, expected.month, expected.day)
            self.assertEqual(jalali.from_gregorian(day), parts)
            self.assertEqual(jalali.to_gregorian(*parts), day)
            start = expected.replace(day=1)
            self.assertEqual(month, start.togregorian())
            start = start.replace(month=(start.month - 1) // 3 * 3 + 1)
            self.assertEqual(quarter, start.togregorian())
            self.assertEqual(year, start.replace(month=1).togregorian())

    def test_sql_far_away(self):
        """Python and PostgreSQL agree outside these years too."""
        for day in (
            date(3, 1, 1),
            date(622, 3, 22),
            date(1600, 2, 29),
            date(9999, 12, 31),
        ):
            for granularity in jalali.PERIODS:
                query = SQL(
                    "SELECT %s", jalali.trunc_sql(granularity, SQL("%s::date", day))
                )
                [(start,)] = self.env.execute_query(query)
                self.assertEqual(start, jalali.period_start(day, granularity))

    def test_days_that_do_not_exist(self):
        for day in ((1405, 12, 30), (1405, 7, 31), (1405, 13, 1), (1405, 1, 0)):
            with self.assertRaises(ValueError):
                jalali.to_gregorian(*day)
        self.assertEqual(jalali.to_gregorian(1403, 12, 30), date(2025, 3, 20))

    def test_periods(self):
        day = date(2026, 11, 22)
        self.assertEqual(jalali.period_start(day, "month", 4), date(2027, 3, 21))
        self.assertEqual(jalali.period_start(day, "quarter"), date(2026, 9, 23))
        self.assertEqual(jalali.period_start(day, "year", -1), date(2025, 3, 21))
        moment = datetime(2026, 12, 1, 13, 30)
        self.assertEqual(jalali.period_start(moment, "month"), datetime(2026, 11, 22))
        self.assertEqual(jalali.week_number(date(2026, 11, 21)), (1405, 36))
        self.assertEqual(jalali.week_number(date(2027, 3, 20)), (1406, 1))
        self.assertEqual(jalali.week_number(datetime(2027, 3, 13)), (1405, 52))

    def test_years(self):
        """The same day of another year; 30 Esfand is the day after the 29th."""
        leap, plain = date(2025, 3, 20), date(2026, 5, 21)
        self.assertEqual(jalali.add_years(leap, 5), date(2030, 3, 20))
        self.assertEqual(jalali.add_years(leap, 1), date(2026, 3, 21))
        self.assertEqual(jalali.add_years(plain, -1), date(2025, 5, 21))

    def test_months(self):
        """The same day some months later; the last one where the month is shorter."""
        for day, months, then in (
            ((1405, 6, 31), 1, (1405, 7, 30)),
            ((1405, 6, 30), 1, (1405, 7, 30)),
            ((1405, 7, 30), -1, (1405, 6, 30)),
            ((1404, 11, 30), 1, (1404, 12, 29)),
            ((1403, 11, 30), 1, (1403, 12, 30)),
            ((1403, 12, 30), 12, (1404, 12, 29)),
            ((1405, 12, 29), 1, (1406, 1, 29)),
            ((1405, 1, 15), -1, (1404, 12, 15)),
        ):
            found = jalali.add_months(jalali.to_gregorian(*day), months)
            self.assertEqual(jalali.from_gregorian(found), then)

    def test_typed_text(self):
        day = datetime(2026, 5, 21)
        for text in (
            "1405/02/31",
            "1405-2-31",
            "۱۴۰۵/۰۲/۳۱",
            "١٤٠٥.٠٢.٣١",
            " 1405/2/31 ",
        ):
            self.assertEqual(jalali.parse_jalali(text), day, text)
        moment = datetime(2026, 5, 21, 10, 15)
        self.assertEqual(jalali.parse_jalali("1405/02/31 10:15"), moment)
        for text in ("2026-05-21", "31/02/1405", "1405", "", "x"):
            self.assertIsNone(jalali.parse_jalali(text), text)
        with self.assertRaises(ValueError):
            jalali.parse_jalali("1405/12/30")
