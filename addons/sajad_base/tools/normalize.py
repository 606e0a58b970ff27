"""Digits and codes that people type in Persian, Arabic or Latin script (row E3)."""

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def normalize_digits(text):
    """Return `text` with Persian and Arabic digits as ASCII ones."""
    return text.translate(_DIGITS) if text else text


def is_national_id(text):
    """Whether `text` is an Iranian national id: ten digits with a valid checksum."""
    digits = normalize_digits(text or "").strip()
    if len(digits) != 10 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    remainder = sum(int(d) * (10 - i) for i, d in enumerate(digits[:9])) % 11
    return int(digits[9]) == (remainder if remainder < 2 else 11 - remainder)
