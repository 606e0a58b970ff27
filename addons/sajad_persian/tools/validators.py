"""Numbers and codes of Iranian persons: one way to write them, and checks (row E3).

`normalize_*` returns the stored form of what can be read as such a number, and text
with clean digits otherwise, so that a check can show what was typed. `is_*` takes
any script of digits.
"""

import re
from functools import lru_cache

import phonenumbers
from stdnum.iso7064 import mod_97_10

from odoo.tools import email_normalize

from .normalize import compact_code, normalize_number, normalize_text

REGION = "IR"
IRANIAN_MOBILE = re.compile(r"(?:0|\+98|0098)(9[0-9]{9})")
# the word of every letterhead, which parsers of numbers do not know
EXTENSION = re.compile(r"\s*داخلی\s*[:：]?\s*(?=[0-9])")
# what a mail server of the world has; one of the own network has none
TOP_DOMAIN = re.compile(r"[a-z]{2,}|xn--[a-z0-9-]+", re.IGNORECASE)
MOBILE_TYPES = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
)


def normalize_national_id(text):
    """Return ten digits; spreadsheets drop leading zeros, so eight or nine do."""
    if not text:
        return text
    code = compact_code(text)
    return code.zfill(10) if re.fullmatch(r"\d{8,9}", code) else code


def is_national_id(text):
    """Whether `text` is an Iranian national id: ten digits with a valid checksum."""
    digits = compact_code(text or "")
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1:
        return False
    remainder = sum(int(d) * (10 - i) for i, d in enumerate(digits[:9])) % 11
    return int(digits[9]) == (remainder if remainder < 2 else 11 - remainder)


def is_foreign_id(text):
    """Whether `text` is an identification number of foreigners: twelve digits.

    Its check digits are not published, so only the form is checked.
    """
    digits = compact_code(text or "")
    return bool(re.fullmatch(r"[0-9]{12}", digits)) and len(set(digits)) > 1


def is_passport(text):
    """Whether `text` can be the number of a passport of some country."""
    code = compact_code(text or "")
    return bool(re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{5,12}", code))


def is_postal_code(text):
    """Whether `text` is an Iranian postal code: ten digits, none leading zero."""
    digits = compact_code(text or "")
    return bool(re.fullmatch(r"[1-9][0-9]{9}", digits)) and len(set(digits)) > 1


def _parse_phone(text):
    """Return (number, its type), or (None, None) if it is none that can exist."""
    text = EXTENSION.sub(" ext ", normalize_text(text or ""))
    try:
        if match := IRANIAN_MOBILE.fullmatch(text):
            # what nearly all are, ten times as fast; whether it exists is asked below
            return _find_mobile(int(match[1]))
        return _identify(phonenumbers.parse(text, REGION))
    except phonenumbers.NumberParseException:
        return None, None


# one that is read is then checked and written
@lru_cache(maxsize=64)
def _find_mobile(digits):
    return _identify(phonenumbers.PhoneNumber(98, digits))


def _identify(number):
    if not phonenumbers.region_code_for_number(number):
        return None, None
    # of no type is what no numbering plan has
    kind = phonenumbers.number_type(number)
    if kind == phonenumbers.PhoneNumberType.UNKNOWN:
        return None, None
    return number, kind


def normalize_phone(text):
    """Return a telephone number in E.164, or with clean digits if it is none."""
    number, _kind = _parse_phone(text)
    if not number or number.extension:
        return normalize_text(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_phone(text):
    """Whether `text` is a telephone number, of Iran unless it names a country."""
    return _parse_phone(text)[0] is not None


def is_mobile(text):
    """Whether `text` is a mobile number, of Iran unless it names a country."""
    return _parse_phone(text)[1] in MOBILE_TYPES


def is_email(text):
    """Whether `text` is one address that mails reach: name@host.domain."""
    address = email_normalize(text or "")
    host, _dot, top = (address or "").rpartition("@")[2].rpartition(".")
    return bool(host and TOP_DOMAIN.fullmatch(top))


def format_phone(text):
    """Return a telephone number as people in Iran write it: 09…, foreign ones +…."""
    number, _kind = _parse_phone(text)
    if number and number.country_code == 98 and not number.extension:
        return f"0{phonenumbers.national_significant_number(number)}"
    return text


def normalize_sheba(text):
    """Return a Sheba as IR and 24 digits, any other account number with clean digits.

    Bank forms print the IR apart, so that 24 digits that pass the check are one too.
    """
    code = compact_code(text)
    if code and re.fullmatch(r"IR[0-9]+", code):
        return code
    if code and re.fullmatch(r"[0-9]{24}", code) and is_sheba(f"IR{code}"):
        return f"IR{code}"
    return normalize_text(text)


def is_sheba(text):
    """Whether `text` is a Sheba, the Iranian bank account number (mod 97)."""
    code = compact_code(text or "")
    return bool(
        re.fullmatch(r"IR[0-9]{24}", code)
        and mod_97_10.is_valid(normalize_number(code[4:] + code[:4]))
    )
