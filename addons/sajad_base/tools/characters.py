"""Characters that nobody types and that no page takes (row E3)."""

import re

# Unicode's control characters except tab and line ends; PostgreSQL cannot store the
# first, and sheets and papers cannot hold the others. Half of a character that has two
# halves is none at all.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# JSON can say both, and no text can be stored with them
NOT_STORED = re.compile("[\x00\ud800-\udfff]")
NOT_STORED_IN_JSON = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def has_control(texts):
    """Return whether one of the texts has a control character."""
    return any(isinstance(text, str) and CONTROL.search(text) for text in texts)


def cannot_be_stored(value):
    """Return whether a value of JSON has a character that no text is stored with."""
    if isinstance(value, str):
        return bool(NOT_STORED.search(value))
    if isinstance(value, dict):
        return any(cannot_be_stored(item) for pair in value.items() for item in pair)
    return isinstance(value, list) and any(map(cannot_be_stored, value))
