"""Dates and numbers as people type them, in any script of digits."""

import re
from datetime import date

from odoo.addons.sajad_jalali.tools.jalali import parse_jalali
from odoo.addons.sajad_persian.tools.normalize import normalize_text

SIGNS = re.compile(r"\s*([/.\-])\s*")
DATE = re.compile(
    r"(\d{4})([/.\-])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
# Latin, Arabic and Persian commas, and spaces, stand between thousands
GROUP = "[,\u066c\u060c' ]"
GROUPED = re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{GROUP}\d{{3}})+(?:\.\d*)?")
NUMBER = re.compile(r"[+-]?(?=\.?\d)\d*(?:\.\d*)?")


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


def parse_number(text):
    """Return the whole or decimal number that a text stands for.

    :raise ValueError: it is none, or signs stand where no thousands are
    """
    text = normalize_text(text).replace("\u066b", ".").replace("\u2212", "-")
    if GROUPED.fullmatch(text):
        text = re.sub(GROUP, "", text)
    if not NUMBER.fullmatch(text):
        raise ValueError(f"no number: {text}")
    return float(text) if "." in text else int(text)
