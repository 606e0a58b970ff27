from datetime import date

from odoo import fields, models

from ...tools.calendars import (
    LunarDate,
    get_lunar_dates,
    hijri_to_date,
    hijri_years,
    jalali_to_date,
)


class SajadOccasion(models.Model):
    """A day that is a public holiday each year, in one of two calendars."""

    _name = "sajad.occasion"
    _description = "Yearly Holiday"
    _order = "kind desc, month, day"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    kind = fields.Selection(
        [("solar", "Solar"), ("lunar", "Lunar")],
        string="Calendar",
        required=True,
        default="solar",
        help="Lunar days move through the year and depend on the sight of the moon.",
    )
    month = fields.Integer(required=True)
    day = fields.Integer(required=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("unique(code)", "This code is in use.")
    _month_range = models.Constraint(
        "CHECK(month BETWEEN 1 AND 12)", "A month is a number from 1 to 12."
    )
    _day_range = models.Constraint(
        "CHECK(day BETWEEN 1 AND 31)", "A day is a number from 1 to 31."
    )

    def _get_dates(self, year):
        """Return the days of the occasion in a Jalali year.

        :return: [(year of its calendar, date, whether the day is certain)]
        """
        self.ensure_one()
        first = jalali_to_date(year, 1, 1)
        last = date.fromordinal(jalali_to_date(year + 1, 1, 1).toordinal() - 1)
        if self.kind == "solar":
            day = jalali_to_date(year, self.month, self.day)
            return [(year, day, True)] if day else []
        known = get_lunar_dates()
        days = []
        for lunar in hijri_years(first, last):
            computed = LunarDate(hijri_to_date(lunar, self.month, self.day), False)
            days.append((lunar, *known.get((lunar, self.code), computed)))
        return [found for found in days if first <= found[1] <= last]
