from datetime import date, timedelta
from random import Random
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.sajad_base.tools import percentiles
from odoo.addons.sajad_jalali.tools import jalali

from .test_stat_day import StatCommon

MEASURES = [
    "__count",
    "came_in:sum",
    "decided:sum",
    "passed:sum",
    "returned:sum",
    "waiting:avg",
    "late:avg",
    "with_student:avg",
    "suspended:avg",
    "wait_seconds:sum",
    "wait_p50:avg",
    "wait_p90:avg",
]
FIRST, LAST = date(2026, 7, 20), date(2026, 11, 10)
# of Jalali months: 1 Mordad and 1 Mehr 1405
MORDAD, MEHR = date(2026, 7, 23), date(2026, 9, 23)


@tagged("post_install", "-at_install")
class TestStatCountry(StatCommon):
    """What is added up for the country says what the days of offices say (row B12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dice = Random(19)
        cls.env.cr.execute("DELETE FROM sajad_stat_day")
        for _number in range(400):
            cls.throw(FIRST + timedelta(days=cls.dice.randrange(114)))
        cls.Country = cls.env["sajad.stat.country"]
        cls.Country._fill(FIRST, LAST)
        cls.auditor = cls.Day.with_user(cls.user_auditor)

    @classmethod
    def throw(cls, day):
        """Insert a day of an office with what the dice say, past all methods."""
        waits = [cls.dice.randrange(1, 900_000) for _n in range(cls.dice.randrange(9))]
        place = cls.dice.choice([cls.university, cls.other_university])
        counts = [cls.dice.randrange(5) for _name in range(7)]
        names = ("came_in", "passed", "returned")
        names += ("waiting", "late", "with_student", "suspended")
        cls.env.cr.execute(
            SQL(
                "INSERT INTO sajad_stat_day (day, process_id, stage_id, university_id,"
                " decided, wait_seconds, waits, %s) VALUES %s",
                SQL(", ").join(map(SQL.identifier, names)),
                (
                    *(day, cls.process.id, cls.dice.choice(cls.process.stage_ids.ids)),
                    *(place.id, len(waits), sum(waits), sorted(waits) or None),
                    *counts,
                ),
            )
        )

    def get_answer(self, domain, *grouping_sets):
        """Return what an auditor reads, whose calendar is the Jalali one."""
        reader = self.auditor.with_context(jalali_groups=True)
        domain = [("process_id", "=", self.process.id), *domain]
        order = ",".join(
            dict.fromkeys(spec for specs in grouping_sets for spec in specs)
        )
        return reader._read_grouping_sets(domain, grouping_sets, MEASURES, order)

    def assertSame(self, domain, *grouping_sets):
        """Check what is read against the days of offices themselves."""
        found = self.get_answer(domain, *grouping_sets)
        with patch.object(type(self.Country), "_get_answering", return_value=None):
            exact = self.get_answer(domain, *grouping_sets)
        self.assertTrue(exact[0])
        for rows, exact_rows in zip(found, exact, strict=True):
            for row, exact_row in zip(rows, exact_rows, strict=True):
                for value, exact_value in zip(row, exact_row, strict=True):
                    if isinstance(exact_value, float):
                        self.assertAlmostEqual(value, exact_value, 6)
                    else:
                        self.assertEqual(value, exact_value)

    def get_whole(self, domain, *groupby, jalali_groups=True):
        """Return whether months answer, None where nothing of the country does."""
        Country = self.Country.with_user(self.user_auditor)
        Country = Country.with_context(jalali_groups=jalali_groups)
        domain = Country._get_answering(domain, groupby, MEASURES)
        if domain is None:
            return None
        (whole,) = (c for c in domain.iter_conditions() if "whole" in c.field_expr)
        return True in whole.value if whole.operator == "in" else whole.value

    def test_the_same_as_the_days_of_offices(self):
        months = ["stage_id", "day:month"]
        self.assertSame([], months, ["stage_id"], ["day:month"], [])
        self.assertSame([("day", ">=", MORDAD), ("day", "<", MEHR)], months, [])
        self.assertSame([("day", ">=", MORDAD + timedelta(days=5))], months, [])
        self.assertSame([], ["day:week"], ["day:day", "stage_id"])
        [groups] = self.get_answer([], ["day:month"])
        self.assertEqual(len(groups), 5)
        self.assertEqual(jalali.period_start(groups[1][0], "month"), MORDAD)

    def test_a_late_correction_is_carried_over(self):
        """A day that is counted again changes its month, and nothing twice."""
        [[before]] = self.get_answer([], [])
        self.throw(MORDAD + timedelta(days=3))
        self.throw(MORDAD + timedelta(days=3))
        for _time in range(2):
            day = MORDAD + timedelta(days=3)
            self.Country._fill(day, day)
            self.assertSame([], ["day:month"], [])
            self.assertSame([], ["day:day"])
        [[after]] = self.get_answer([], [])
        self.assertEqual(after[0], before[0] + 2)

    def test_who_is_answered_out_of_it(self):
        """Whole months where nothing cuts them; never where a place is asked for."""
        stage = [("stage_id", "in", self.process.stage_ids.ids)]
        self.assertIs(self.get_whole(stage, "stage_id", "day:month"), True)
        self.assertIs(self.get_whole([("day", ">=", str(MEHR))], "day:year"), True)
        self.assertIs(
            self.get_whole([("day", "<=", str(MEHR - timedelta(days=1)))]), True
        )
        self.assertIs(self.get_whole([("day", "<=", str(MEHR))]), False)
        self.assertIs(self.get_whole([("day", ">=", "today -90d")]), False)
        self.assertIs(self.get_whole([], "day:week"), False)
        self.assertIs(self.get_whole([], "day"), False)
        # a Gregorian month consists of days
        self.assertIs(self.get_whole([], "day:month", jalali_groups=None), False)
        for path in ("university_id", "faculty_id", "cartable_id"):
            self.assertIsNone(self.get_whole([], path))
            self.assertIsNone(self.get_whole([(path, "!=", False)]))
        self.assertIsNone(self.get_whole([("late", ">", 0)]))

    def test_others_are_answered_by_the_days_they_see(self):
        reader = self.Day.with_user(self.user_reporting)
        [(decided,)] = reader._read_group([], [], ["decided:sum"])
        own = self.Day.search([("university_id", "=", self.university.id)])
        self.assertEqual(decided, sum(own.mapped("decided")))

    def test_it_reads_no_days_of_offices(self):
        self.env.cr.execute("DELETE FROM sajad_stat_day")
        [groups] = self.get_answer([], ["stage_id", "day:month"])
        self.assertEqual(len(groups), 10)

    def test_of_ordered_ones_the_same_percentile(self):
        """Rows of one, of many and of alike waiting times, in the order of the dice."""
        for number in (1, 2, 3, 40):
            rows = [
                sorted(self.dice.choices(range(1, 60), k=self.dice.randrange(1, 30)))
                for _row in range(number)
            ]
            values = SQL(", ").join(SQL("(%s::int[])", row) for row in rows)
            waits = SQL("day.waits")
            for share in (0.5, 0.9):
                query = SQL(
                    "SELECT %s, %s FROM (VALUES %s, (NULL), ('{}')) day(waits)",
                    percentiles.percentile_of_ordered_sql(waits, share),
                    percentiles.percentile_sql(waits, share),
                    values,
                )
                [(found, exact)] = self.env.execute_query(query)
                self.assertAlmostEqual(found, exact, 9)
