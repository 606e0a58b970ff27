"""Budget years: from 1 Farvardin to the end of Esfand, by the clock of the country."""

from datetime import timedelta

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_jalali.tools.jalali import from_gregorian, to_gregorian

FIRST_YEAR = 1400
# tariffs are decided before their year begins
YEARS_AHEAD = 2


def get_year(day):
    """Return the budget year of a day, as text."""
    return str(from_gregorian(day)[0])


def get_first_day(year):
    """Return 1 Farvardin of a budget year."""
    return to_gregorian(int(year), 1, 1)


def get_last_day(year):
    """Return the last day of Esfand of a budget year, the 29th or the 30th."""
    return get_first_day(int(year) + 1) - timedelta(days=1)


def get_years():
    """Return the budget years that can be chosen, the last one first."""
    last = int(get_year(get_country_today())) + YEARS_AHEAD
    return [str(year) for year in range(last, FIRST_YEAR - 1, -1)]
