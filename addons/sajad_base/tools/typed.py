"""Dates and numbers as people type them, in any script of digits."""

import re
from datetime import date

from odoo.addons.sajad_jalali.tools.jalali import parse_jalali
from odoo.addons.sajad_persian.tools.normalize import normalize_text

SIGNS = re.compile(r"\s*([/.\-])\s*")
DATE = re.compile(
    r"(\d{4})([/.\-])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)


def parse_date(text):
    """Return the day that a Jalali or Gregorian text stands for: the year tells.

    The signs between are / - or . and the year has four digits. A time is left out.

    :raise ValueError: there is no such day
    """
    text = SIGNS.sub(r"\1", normalize_text(text) or "")
    if moment := parse_jalali(text):
        return moment.date()
    match = DATE.fullmatch(text)
    if not match:
        raise ValueError(f"no date: {text}")
    return date(int(match[1]), int(match[3]), int(match[4]))
