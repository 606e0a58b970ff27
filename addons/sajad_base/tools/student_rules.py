"""What the fields of the register may hold, however they are filled (rows B4, E3).

Forms, imports and other systems ask the same table. The numbers of persons have
checks of their own in `sajad.student`.
"""

import re

from odoo.tools.translate import LazyTranslate

from odoo.addons.sajad_jalali.tools.jalali import from_gregorian

from .form_reader import KINDS

_lt = LazyTranslate(__name__)

FIRST_YEAR = 1300
# of a student, in years
MIN_AGE, MAX_AGE = 10, 110
NUMBER = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z/_.\-]{1,29}")


def is_entry_year(year, today):
    """Whether it is a Jalali year in which a student of today can have begun."""
    return FIRST_YEAR <= year <= from_gregorian(today)[0] + 1


def is_birth_date(day, today):
    """Whether a student can be born on this day."""
    age = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return MIN_AGE <= age <= MAX_AGE


def _fits(pattern):
    return lambda text, _today: bool(pattern.fullmatch(text))


def _is_short(limit):
    return lambda text, _today: len(text) <= limit


def _of_kind(kind):
    return lambda text, _today: bool(KINDS[kind].is_valid(text))


# {field: (whether a value is right today, what to say if not)}
RULES = {
    "student_number": (
        _fits(NUMBER),
        _lt("A student number has 2 to 30 Latin digits and letters."),
    ),
    "entry_year": (
        is_entry_year,
        _lt("The entry year is a Jalali year of four digits, 1300 to next year."),
    ),
    "birth_date": (
        is_birth_date,
        _lt("A birth date lies 10 to 110 years in the past."),
    ),
    "birth_certificate_number": (
        _of_kind("birth_certificate"),
        KINDS["birth_certificate"].sentence,
    ),
    "father_name": (_of_kind("letters"), KINDS["letters"].sentence),
    "birth_place": (_is_short(100), _lt("At most 100 characters.")),
    "address": (_is_short(1000), _lt("At most 1000 characters.")),
}
