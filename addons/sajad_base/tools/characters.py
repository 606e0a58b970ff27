"""Characters that nobody types and that no page takes (row E3)."""

import re

# Unicode's control characters except tab and line ends; PostgreSQL cannot store the
# first, and sheets and papers cannot hold the others
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NUL_IN_JSON = b"\\u0000"


def has_control(texts):
    """Return whether one of the texts has a control character."""
    return any(isinstance(text, str) and CONTROL.search(text) for text in texts)


def has_nul(value):
    """Return whether a value of JSON has the character that cannot be stored."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(has_nul(item) for pair in value.items() for item in pair)
    return isinstance(value, list) and any(map(has_nul, value))
