"""The Jalali (Solar Hijri) calendar: arithmetic, names and typed text.

The 33-year rule: 8 leap years in 33 years, 12053 days. It equals the tables of ICU
and jdatetime for every day of 1250 to 1500 (tests/test_arithmetic.py). The client
(static/src/core/jalali.js) and PostgreSQL (trunc_sql) count by the same rule.
"""

import re
from datetime import date, datetime, time, timedelta

from odoo.tools import SQL

MONTHS = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
LATIN_MONTHS = (
    *("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar"),
    *("Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
)
SEASONS = ("بهار", "تابستان", "پاییز", "زمستان")
LATIN_SEASONS = ("Spring", "Summer", "Autumn", "Winter")

# typed years in this range are Jalali; later ones are Gregorian
FIRST_YEAR, LAST_YEAR = 1200, 1699
LAST_DAY = 31
PERIODS = {"month": 1, "quarter": 3, "year": 12}

CYCLE_DAYS = 12053  # days in 33 years
EPOCH = date(1921, 3, 21).toordinal()  # 1 Farvardin 1300
EPOCH_DAYS = (CYCLE_DAYS * 1300 + 21) // 33

DIGITS = str.maketrans(
    "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789", "\u200e\u200f\u061c"
)
TEXT = re.compile(
    r"\s*(\d{4}|\d{2})([/.\-])(\d{1,2})\2(\d{1,2})"
    r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*"
)


def _year_start(year):
    return (CYCLE_DAYS * year + 21) // 33


def from_gregorian(value):
    """(year, month, day) of a date or datetime."""
    days = value.toordinal() - EPOCH + EPOCH_DAYS
    year, rest = divmod(33 * days + 11, CYCLE_DAYS)
    rest //= 33
    if rest < 186:
        return year, rest // 31 + 1, rest % 31 + 1
    return year, (rest - 186) // 30 + 7, (rest - 186) % 30 + 1


def is_leap(year):
    return _year_start(year + 1) - _year_start(year) == 366


def month_length(year, month):
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29


def to_gregorian(year, month, day):
    """The date of a Jalali day; ValueError when there is no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        raise ValueError(f"no such Jalali day: {year}/{month}/{day}")
    rest = (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    days = _year_start(year) + rest + day - 1
    return date.fromordinal(days - EPOCH_DAYS + EPOCH)


def add_years(value, years):
    """The same Jalali day of another year, as a date.

    30 Esfand becomes 1 Farvardin where that year has 29 days.
    """
    year, month, day = from_gregorian(value)
    spare = max(day - month_length(year + years, month), 0)
    return to_gregorian(year + years, month, day - spare) + timedelta(days=spare)


def add_months(value, months):
    """The same Jalali day so many months later, as a date.

    The last day of that month where it is shorter: one month after 31 Shahrivar is
    30 Mehr, and 29 Esfand in a year of 365 days.
    """
    year, month, day = from_gregorian(value)
    index = year * 12 + month - 1 + months
    year, month = index // 12, index % 12 + 1
    return to_gregorian(year, month, min(day, month_length(year, month)))


def period_start(value, granularity, shift=0):
    """First day of the Jalali month, quarter or year of a date or datetime, shifted by
    so many periods, as a value of the same type."""
    year, month, _day = from_gregorian(value)
    length = PERIODS[granularity]
    index = year * 12 + (month - 1) // length * length + shift * length
    start = to_gregorian(index // 12, index % 12 + 1, 1)
    return datetime.combine(start, time.min) if isinstance(value, datetime) else start


def week_number(start):
    """(year, number) of the week that starts at the date: it belongs to the year of its
    last day, so the week with 1 Farvardin is the first one."""
    last = start + timedelta(days=6)
    year, _month, _day = from_gregorian(last)
    first = to_gregorian(year, 1, 1)
    last = last.date() if isinstance(last, datetime) else last
    return year, (last - first).days // 7 + 1


def period_label(value, granularity, persian=True):
    """Heading of a group that starts at the value."""
    year, month, _day = from_gregorian(value)
    if granularity == "month":
        return f"{(MONTHS if persian else LATIN_MONTHS)[month - 1]} {year}"
    if granularity == "quarter":
        return f"{(SEASONS if persian else LATIN_SEASONS)[(month - 1) // 3]} {year}"
    return str(year)


def day_label(value, persian=True):
    year, month, day = from_gregorian(value)
    return f"{day:02} {(MONTHS if persian else LATIN_MONTHS)[month - 1]} {year}"


def format_jalali(value):
    """1405/09/01, or 1405/09/01 14:30:00 for a datetime: as people write it."""
    text = "{:04}/{:02}/{:02}".format(*from_gregorian(value))
    return f"{text} {value:%H:%M:%S}" if isinstance(value, datetime) else text


def parse_jalali(text):
    """The datetime that a Jalali text (any digits, / - or . between) stands for, or
    None when the text is of another kind; ValueError for a day that does not exist.

    A year of two digits is read as when it is typed (82 is 1382), unless it could be
    a day: nobody knows where the year stands then.
    """
    match = TEXT.fullmatch(text.translate(DIGITS))
    year = _full_year(match[1]) if match else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    day = to_gregorian(year, int(match[3]), int(match[4]))
    return datetime.combine(day, time(*(int(part or 0) for part in match.groups()[4:])))


def _full_year(text):
    """The year of two or four digits; not further than twenty years ahead."""
    year = int(text)
    if len(text) == 4:
        return year
    if year <= LAST_DAY:
        return 0
    this_year = from_gregorian(datetime.now().date())[0]
    year += this_year // 100 * 100
    return year - 100 if year > this_year + 20 else year


def trunc_sql(granularity, day):
    """SQL of the first day of the Jalali period of a cheap date expression.

    Days since the start of the year come out of one division (see _year_start), so it
    costs a handful of integer operations per row and needs no function in the database.
    """
    return _start_sql(granularity, day, _rest_sql(day))


def trunc_moment_sql(granularity, moment):
    """The same of a timestamp, as a timestamp.

    Its time zone is costly and must not be converted three times: OFFSET keeps the
    planner from writing the expression out wherever it is used.
    """
    return SQL(
        "(SELECT %(start)s::timestamp FROM (SELECT jalali_day, %(rest)s AS jalali_rest"
        " FROM (SELECT (%(moment)s)::date AS jalali_day OFFSET 0) AS jalali_days"
        " OFFSET 0) AS jalali_rests)",
        start=_start_sql(granularity, SQL("jalali_day"), SQL("jalali_rest")),
        rest=_rest_sql(SQL("jalali_day")),
        moment=moment,
    )


def _rest_sql(day):
    """Days since the start of the year; whole cycles keep the dividend positive."""
    return SQL(
        "((33 * (%s - DATE '1921-03-21' + %s) + 11) %% %s / 33)",
        day,
        EPOCH_DAYS + 50 * CYCLE_DAYS,
        CYCLE_DAYS,
    )


def _start_sql(granularity, day, rest):
    if granularity == "year":
        return SQL("(%s - %s)", day, rest)
    first, second = (31, 30) if granularity == "month" else (93, 90)
    return SQL(
        "(%(day)s - CASE WHEN %(rest)s < 186 THEN %(rest)s %% %(first)s"
        " ELSE (%(rest)s - 186) %% %(second)s END)",
        day=day,
        rest=rest,
        first=first,
        second=second,
    )
