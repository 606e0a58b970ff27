from odoo.tests import tagged

from .common import JalaliCase


@tagged("post_install", "-at_install")
class TestProperties(JalaliCase):
    """Dates among the properties of a record."""

    def test_group_by_jalali_month(self):
        definition = self.env["properties.base.definition"]
        definition = definition._get_definition_for_property_field(
            "res.partner", "properties"
        )
        definition.properties_definition = [
            {"name": "day", "string": "Day", "type": "date"},
            {"name": "moment", "string": "Moment", "type": "datetime"},
        ]
        days = ("2026-11-21", "2026-11-22", "2026-12-21")
        partners = self.env["res.partner"].create(
            [
                {"name": day, "properties": {"day": day, "moment": f"{day} 12:00:00"}}
                for day in days
            ]
        )
        domain = [("id", "in", partners.ids)]
        model = self.as_persian("res.partner")
        for spec in ("properties.day:month", "properties.moment:month"):
            groups = model.formatted_read_group(domain, [spec], ["__count"])
            labels = [(group[spec][1], group["__count"]) for group in groups]
            self.assertEqual(labels, [("آبان 1405", 1), ("آذر 1405", 2)])
            for group in groups:
                found = model.search_count(domain + list(group["__extra_domain"]))
                self.assertEqual(found, group["__count"], group)
        english = self.as_english("res.partner")
        [group] = english.formatted_read_group(
            [("id", "=", partners[0].id)], ["properties.day:month"], ["__count"]
        )
        self.assertEqual(group["properties.day:month"][1], "November 2026")
