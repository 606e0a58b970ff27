"""Jalali in every text that the server makes for people in Persian.

Babel knows no calendar but the Gregorian one, and Odoo formats dates for people only
through babel (format_date, t-field, mail templates, labels): all of them render with
the class DateTimeFormat, which is replaced here. Babel is one for the whole process,
so databases where the addon is not installed are left alone by their name.
What a machine reads goes through strftime in Odoo and is never touched; ``gregorian()``
is for what must go through babel all the same.
"""

import threading
from contextlib import contextmanager
from contextvars import ContextVar

import babel.dates

from . import jalali

_gregorian = ContextVar("sajad_jalali_gregorian", default=False)
_databases = set()
_Base = babel.dates.DateTimeFormat


def enable(dbname):
    _databases.add(dbname)


def disable(dbname):
    _databases.discard(dbname)


@contextmanager
def gregorian():
    """Dates formatted in the block stay Gregorian."""
    token = _gregorian.set(True)
    try:
        yield
    finally:
        _gregorian.reset(token)


def _is_active(locale):
    if locale.language != "fa" or _gregorian.get():
        return False
    dbname = getattr(threading.current_thread(), "dbname", None)
    return dbname in _databases if dbname else bool(_databases)


class JalaliDateTimeFormat(_Base):
    def __init__(self, value, locale, reference_date=None):
        super().__init__(value, locale, reference_date)
        self.jalali = None
        if hasattr(self.value, "year") and _is_active(self.locale):
            self.jalali = jalali.from_gregorian(self.value)

    def __getitem__(self, name):
        if self.jalali and name[0] == "d":
            return self.format(self.jalali[2], len(name))
        return super().__getitem__(name)

    def format_era(self, char, num):
        return "ه‍.ش." if self.jalali else super().format_era(char, num)

    def format_year(self, char, num):
        if not self.jalali:
            return super().format_year(char, num)
        year = self.jalali[0]
        return self.format(year % 100, 2) if num == 2 else self.format(year, num)

    def format_quarter(self, char, num):
        if not self.jalali:
            return super().format_quarter(char, num)
        quarter = (self.jalali[1] - 1) // 3
        return self.format(quarter + 1, num) if num <= 2 else jalali.SEASONS[quarter]

    def format_month(self, char, num):
        if not self.jalali:
            return super().format_month(char, num)
        month = self.jalali[1]
        return self.format(month, num) if num <= 2 else jalali.MONTHS[month - 1]

    def format_day_of_year(self, num):
        if not self.jalali:
            return super().format_day_of_year(num)
        _year, month, day = self.jalali
        past = (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
        return self.format(past + day, num)


babel.dates.DateTimeFormat = JalaliDateTimeFormat
