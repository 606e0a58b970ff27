"""Days of the Jalali and of the lunar Hijri calendar as dates."""

import csv
from datetime import date
from functools import cache
from math import ceil
from typing import NamedTuple

import jdatetime

from odoo.tools.misc import file_open

# of the first day of the Hijri era, as date.toordinal() counts
HIJRI_EPOCH = 227014


def jalali_to_date(year, month, day):
    """Return the date, or None: the 30th of Esfand is only in leap years."""
    try:
        return jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None


def jalali_year(day):
    """Return the Jalali year of a date."""
    return jdatetime.date.fromgregorian(date=day).year


def hijri_to_date(year, month, day):
    """Return the date by the arithmetic calendar: a day off the moon at times."""
    months = ceil(29.5 * (month - 1))
    leap_days = (3 + 11 * year) // 30
    before = (year - 1) * 354 + leap_days + months + day - 1
    return date.fromordinal(HIJRI_EPOCH + before)


def hijri_years(first, last):
    """Return the Hijri years that may have days between two dates."""
    start = int((first.toordinal() - HIJRI_EPOCH) / 354.367) + 1
    end = int((last.toordinal() - HIJRI_EPOCH) / 354.367) + 1
    return range(start - 1, end + 2)


class LunarDate(NamedTuple):
    """A day of the moon: as it was announced, or as it is expected."""

    date: date
    announced: bool


@cache
def get_lunar_dates():
    """Return {(Hijri year, code of the occasion): LunarDate} of the years known here.

    Days of 1403 to 1405 are those of the official calendar (Council of Public Culture,
    Institute of Geophysics of the University of Tehran). The moon has the last word
    until a day has come, so that those to come are not announced yet.
    """
    with file_open("sajad_base/tools/lunar_dates.csv") as file:
        return {
            (int(row["hijri_year"]), row["occasion"]): LunarDate(
                date.fromisoformat(row["date"]), bool(row["announced"])
            )
            for row in csv.DictReader(file)
        }
