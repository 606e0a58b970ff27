"""The kinds of spelling that models declare for their fields (row E3)."""

from .normalize import compact_code, normalize_number, normalize_text
from .validators import (
    format_phone,
    normalize_national_id,
    normalize_phone,
    normalize_sheba,
)

# {kind: how such a value is stored}
SPELLINGS = {
    "text": normalize_text,
    "number": normalize_number,
    "passport": compact_code,
    "national_id": normalize_national_id,
    "phone": normalize_phone,
    "phone_text": normalize_text,  # as it was typed, but found as a telephone number
    "sheba": normalize_sheba,
}


def respell(kind, value):
    """Return a value as a field of this kind stores it; no text stays as it is.

    Text of which nothing is left, such as a half space, is no value.
    """
    if not value or not isinstance(value, str):
        return value
    return SPELLINGS[kind](value) or False


def is_nothing(kind, value):
    """Return whether a value is text of which nothing is left in this spelling.

    It must not become a search for "not set", which is the value False: whoever looks
    for «-» would find everybody whose field is empty.
    """
    return isinstance(value, str) and not respell(kind, value)


def respell_pattern(kind, value):
    """Return what is looked for inside of values of this kind.

    Part of a number cannot be read as one, so that only its script is changed.
    """
    if not isinstance(value, str):
        return value
    if kind in ("text", "phone_text"):
        return normalize_text(value)
    pattern = normalize_number(value)
    if kind == "phone":
        # stored with the country: 0912 is found in +98912
        for prefix in ("+98", "0098", "0"):
            if pattern.startswith(prefix):
                return pattern.removeprefix(prefix)
    return pattern


def get_key_texts(kind, value):
    """Return the texts under which a value is found."""
    if kind in ("phone", "phone_text"):
        return [value, normalize_phone(value), format_phone(value)]
    return [value]
