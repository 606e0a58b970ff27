from datetime import date, datetime

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import JalaliCase


@tagged("post_install", "-at_install")
class TestGroups(JalaliCase):
    """Labels, domains and borders of groups, as the web client asks for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # rates: a model of base with a date and a time
        cls.currency = cls.env["res.currency"].create({"name": "XJL", "symbol": "X"})
        cls.rates = cls.env["res.currency.rate"]
        for day in (
            date(2026, 11, 21),  # 30 Aban 1405
            date(2026, 11, 22),  # 1 Azar
            date(2026, 12, 21),  # 30 Azar
            date(2026, 12, 22),  # 1 Dey
            date(2027, 3, 20),  # 29 Esfand
            date(2027, 3, 21),  # 1 Farvardin 1406
        ):
            cls.rates += cls.rates.create(
                {"name": day, "rate": 1.0, "currency_id": cls.currency.id}
            )
        cls.domain = [("currency_id", "=", cls.currency.id)]
        cls.persian_user.group_ids = [Command.link(cls.env.ref("base.group_system").id)]
        cls.english_user.group_ids = [Command.link(cls.env.ref("base.group_system").id)]

    def _group(self, model, spec, **context):
        groups = model.with_context(**context).formatted_read_group(
            self.domain, [spec], ["__count"]
        )
        return [
            (group[spec], group["__count"], group["__extra_domain"]) for group in groups
        ]

    def _labels(self, groups):
        return [(label and label[1], count) for label, count, _domain in groups]

    def _count_by_domain(self, model, groups):
        for _label, count, domain in groups:
            self.assertEqual(
                model.search_count(self.domain + list(domain)), count, domain
            )

    def test_months(self):
        rates = self.as_persian("res.currency.rate")
        groups = self._group(rates, "name:month")
        self.assertEqual(
            self._labels(groups),
            [
                ("آبان 1405", 1),
                ("آذر 1405", 2),
                ("دی 1405", 1),
                ("اسفند 1405", 1),
                ("فروردین 1406", 1),
            ],
        )
        self.assertEqual(groups[1][0][0], "2026-11-22")
        self.assertEqual(
            groups[1][2],
            ["&", ("name", ">=", "2026-11-22"), ("name", "<", "2026-12-22")],
        )
        self._count_by_domain(rates, groups)

    def test_quarters_and_years(self):
        rates = self.as_persian("res.currency.rate")
        groups = self._group(rates, "name:quarter")
        self.assertEqual(
            self._labels(groups),
            [("پاییز 1405", 3), ("زمستان 1405", 2), ("بهار 1406", 1)],
        )
        self._count_by_domain(rates, groups)
        groups = self._group(rates, "name:year")
        self.assertEqual(self._labels(groups), [("1405", 5), ("1406", 1)])
        self._count_by_domain(rates, groups)

    def test_days_and_weeks(self):
        rates = self.as_persian("res.currency.rate")
        groups = self._group(rates, "name:day")
        self.assertEqual(
            self._labels(groups)[:2], [("30 آبان 1405", 1), ("01 آذر 1405", 1)]
        )
        self._count_by_domain(rates, groups)
        groups = self._group(rates, "name:week")
        self.assertEqual([count for _label, count in self._labels(groups)], [2, 2, 2])
        self.assertEqual([group[0][0] for group in groups][0], "2026-11-21")
        self.assertIn("36", groups[0][0][1])
        self._count_by_domain(rates, groups)

    def test_months_without_records_are_filled(self):
        rates = self.as_persian("res.currency.rate")
        groups = self._group(rates, "name:month", fill_temporal=True)
        self.assertEqual(
            [label for label, _count in self._labels(groups)],
            [
                "آبان 1405",
                "آذر 1405",
                "دی 1405",
                "بهمن 1405",
                "اسفند 1405",
                "فروردین 1406",
            ],
        )
        fill = {"fill_from": "2026-10-01", "fill_to": "2026-12-25", "min_groups": 9}
        groups = self._group(rates, "name:month", fill_temporal=fill)
        self.assertEqual(
            [label for label, _count in self._labels(groups)][:2],
            ["مهر 1405", "آبان 1405"],
        )
        self.assertEqual(len(groups), 9)

    def test_groups_are_sorted_and_limited(self):
        rates = self.as_persian("res.currency.rate")
        result = rates.web_read_group(
            self.domain, ["name:month"], ["__count"], order="name:month desc", limit=2
        )
        labels = [group["name:month"][1] for group in result["groups"]]
        self.assertEqual(labels, ["فروردین 1406", "اسفند 1405"])
        self.assertEqual(result["length"], 5)

    def test_grouping_sets(self):
        rates = self.as_persian("res.currency.rate")
        result = rates.formatted_read_grouping_sets(
            self.domain,
            [["name:year"], ["name:month", "currency_id"], ["create_date:month"]],
            ["__count"],
        )
        self.assertEqual([group["__count"] for group in result[2]], [6])
        self.assertEqual(
            [group["name:year"][1] for group in result[0]], ["1405", "1406"]
        )
        self.assertEqual(result[1][1]["name:month"][1], "آذر 1405")

    def test_midnight_of_the_user(self):
        """20:30 UTC is midnight of Tehran: the border between two months."""
        self.rates.flush_recordset()
        minutes = {self.rates[0]: 29, self.rates[1]: 30}
        for rate, minute in minutes.items():
            moment = datetime(2026, 11, 21, 20, minute)
            self.env.cr.execute(
                "UPDATE res_currency_rate SET create_date = %s WHERE id = %s",
                (moment, rate.id),
            )
        self.domain = [("id", "in", self.rates[:2].ids)]
        rates = self.as_persian("res.currency.rate")
        groups = self._group(rates, "create_date:month")
        self.assertEqual(self._labels(groups), [("آبان 1405", 1), ("آذر 1405", 1)])
        self.assertEqual(groups[1][0][0], "2026-11-21 20:30:00")
        self._count_by_domain(rates, groups)
        groups = self._group(rates, "create_date:month", fill_temporal=True)
        self.assertEqual(len(groups), 2)

    def test_over_a_many2one(self):
        rates = self.as_persian("res.currency.rate")
        groups = self._group(rates, "currency_id.create_date:year")
        self.assertEqual(len(groups), 1)
        self.assertRegex(groups[0][0][1], r"^1[34]\d\d$")
        self._count_by_domain(rates, groups)

    def test_progress_bar(self):
        rates = self.as_persian("res.currency.rate")
        bars = rates.read_progress_bar(
            self.domain,
            "name:month",
            {"field": "currency_id", "colors": {self.currency: "success"}},
        )
        self.assertIn("2026-11-22", bars)

    def test_english_users_see_no_difference(self):
        rates = self.as_english("res.currency.rate")
        groups = self._group(rates, "name:month")
        self.assertEqual(
            self._labels(groups),
            [("November 2026", 2), ("December 2026", 2), ("March 2027", 2)],
        )

    def test_server_code_keeps_gregorian_months(self):
        rates = self.as_persian("res.currency.rate")
        groups = rates._read_group(self.domain, ["name:month"], ["__count"])
        self.assertEqual(groups[0], (date(2026, 11, 1), 2))

    def test_preference(self):
        self.persian_user.sajad_calendar = "gregorian"
        groups = self._group(self.as_persian("res.currency.rate"), "name:month")
        self.assertEqual(len(groups), 3)
        self.english_user.sajad_calendar = "jalali"
        groups = self._group(self.as_english("res.currency.rate"), "name:month")
        self.assertEqual(self._labels(groups)[0], ("Aban 1405", 1))

    @freeze_time("2026-11-22")
    def test_export_of_groups(self):
        """The tree of a grouped export goes by the same groups."""
        rates = self.as_persian("res.currency.rate", import_compat=False)
        groups = rates.formatted_read_group(
            self.domain, ["name:month"], ["__count", "id:array_agg"]
        )
        self.assertEqual(len(groups[1]["id:array_agg"]), 2)
