"""Dates, numbers and amounts as people type them, in any script of digits."""

import re
from datetime import date

from odoo.addons.sajad_jalali.tools.jalali import parse_jalali
from odoo.addons.sajad_persian.tools.normalize import normalize_text

SIGNS = re.compile(r"\s*([/.\-])\s*")
DATE = re.compile(
    r"(\d{4})([/.\-])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
)
# as databases of registrars write a day
COMPACT = re.compile(r"(1[2-6]|19|20)(\d{2})(\d{2})(\d{2})")
# Latin, Arabic and Persian commas, and spaces, stand between thousands
GROUP = "[,\u066c\u060c' ]"
GROUPED = re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{GROUP}\d{{3}})+(?:\.\d*)?")
NUMBER = re.compile(r"[+-]?(?=\.?\d)\d*(?:\.\d*)?")
# of whole numbers: thousands to one who types it, decimals to another
TWO_READINGS = re.compile(r"[+-]?\d{1,3}[.\u066b]\d{3}")
# the database has no place for larger whole numbers
LARGEST = 2**53
# Rials are whole. One sign stands between all thousands, and another one, if any,
# before decimals, which are zeros; three zeros would be thousands.
AMOUNT = re.compile(
    r"(?:\d+|[1-9]\d{0,2}(?P<sign>[/.,\u066c\u060c'\u2019 ])\d{3}(?:(?P=sign)\d{3})*)"
    r"(?:(?!(?P=sign))[/.,\u066b]0{1,2})?"
    r"|\d+[/.,\u066b]0{1,2}"
)
RIALS = re.compile(r"\s*(?:\u0631\u06cc\u0627\u0644|rials?|irr)\s*", re.IGNORECASE)


def parse_date(text):
    """Return the day that a Jalali or Gregorian text stands for: the year tells.

    The year comes first, so that day and month are never guessed; of a Jalali year
    two digits are enough where they cannot be a day. A time is left out.

    :raise ValueError: there is no such day
    """
    text = SIGNS.sub(r"\1", normalize_text(text) or "")
    text = COMPACT.sub(r"\1\2/\3/\4", text) if COMPACT.fullmatch(text) else text
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


def parse_whole(text):
    """Return the whole number that a text stands for.

    :raise ValueError: it is none, or could be read in two ways
    """
    number = parse_number(text)
    if number % 1 or TWO_READINGS.fullmatch(normalize_text(text)):
        raise ValueError(f"no whole number: {text}")
    return int(number)


def parse_amount(value):
    """Return the whole rials that a text or a number stands for, 0 or more.

    Groups of exactly three digits are thousands, whatever stands between them.

    :raise ValueError: it is no amount, or could be read in two ways
    """
    if isinstance(value, (int, float)):
        # numbers of other systems; some write whole ones with a decimal point
        if isinstance(value, bool) or value < 0 or value % 1:
            raise ValueError(f"no amount of rials: {value}")
        return int(value)
    text = RIALS.sub("", normalize_text(str(value))).replace("\u200c", " ")
    if not AMOUNT.fullmatch(text):
        raise ValueError(f"no amount of rials: {text}")
    return int(re.sub(r"\D", "", re.sub(r"\D0{1,2}$", "", text)))
