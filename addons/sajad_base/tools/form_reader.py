"""What is typed into the inputs of forms, read by its kind and with one sentence."""

import re
from collections.abc import Callable
from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

from odoo.addons.sajad_jalali.models.sajad_date_guard import FIRST_YEAR
from odoo.addons.sajad_persian.tools import validators
from odoo.addons.sajad_persian.tools.normalize import normalize_text
from odoo.addons.sajad_persian.tools.spelling import respell

from .typed import LARGEST, parse_amount, parse_date, parse_number, parse_whole

_lt = LazyTranslate(__name__)

# {kind: (reader, type, sentence)}
NO_WHOLE = _lt("This is not a whole number.")
NUMBERS = {
    "integer": (parse_whole, int, NO_WHOLE),
    "amount": (parse_amount, int, NO_WHOLE),
    "float": (parse_number, float, _lt("This is not a number.")),
}


class InputError(ValueError):
    """What was typed cannot be read; with a lazy `sentence` for whoever typed it."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


class Kind(NamedTuple):
    """A kind of text: how it is stored, when it is right, and what to say if not."""

    spelling: str
    is_valid: Callable
    sentence: object


KINDS = {
    "national_id": Kind(
        "national_id",
        validators.is_national_id,
        _lt(
            "This is not a valid national ID: compare its ten digits with the "
            "national card."
        ),
    ),
    "foreign_id": Kind(
        "number",
        validators.is_foreign_id,
        _lt("A foreigners' ID has twelve digits."),
    ),
    "passport": Kind(
        "passport",
        validators.is_passport,
        _lt("A passport number has 5 to 12 Latin letters and digits."),
    ),
    "mobile": Kind(
        "phone",
        validators.is_mobile,
        _lt("This is not a mobile number: write it like 09121234567."),
    ),
    "phone": Kind(
        "phone",
        validators.is_phone,
        _lt(
            "This is not a telephone number: write it with the city code, like "
            "02112345678."
        ),
    ),
    "birth_certificate": Kind(
        "number",
        re.compile(r"[0-9]{1,10}").fullmatch,
        _lt("A birth-certificate number has at most ten digits."),
    ),
    "letters": Kind(
        "text", re.compile(r"[^\d<>@]{2,}").fullmatch, _lt("Write it in letters.")
    ),
}


def read(kind, text, options=(), max_length=0):
    """Return the value of what was typed, False for nothing.

    :param kind: one of `KINDS`, or char, text, integer, float, boolean, date,
        selection, many2one
    :param options: the values to choose from, as texts
    :param max_length: in characters, of texts
    :raise InputError: with a sentence
    """
    text = text.strip()
    if kind == "boolean":
        return bool(text)
    if not text:
        return False
    if kind in ("selection", "many2one"):
        if text not in options:
            raise InputError(_lt("Choose one of the list."))
        return int(text) if kind == "many2one" else text
    if kind == "date":
        return _read_date(text)
    if kind in NUMBERS:
        return _read_number(*NUMBERS[kind], text)
    return _read_text(kind, text, max_length)


def _read_date(text):
    try:
        day = parse_date(text)
    except ValueError:
        raise InputError(
            _lt("There is no such day: write it like 1380/05/23.")
        ) from None
    if day.year < FIRST_YEAR:
        raise InputError(_lt("This date is too long ago."))
    return day


def _read_number(parse, to_type, sentence, text):
    try:
        number = parse(text)
    except ValueError:
        raise InputError(sentence) from None
    if abs(number) >= LARGEST:
        raise InputError(_lt("This number is too large."))
    return to_type(number)


def _read_text(kind, text, max_length):
    if max_length and len(text) > max_length:
        raise InputError(_lt("At most %(count)s characters.", count=max_length))
    if kind == "text":
        # the lines of a longer text are its own
        return "\n".join(normalize_text(line) for line in text.splitlines())
    if kind not in KINDS:
        return normalize_text(text)
    value = respell(KINDS[kind].spelling, text)
    if not KINDS[kind].is_valid(value):
        raise InputError(KINDS[kind].sentence)
    return value
