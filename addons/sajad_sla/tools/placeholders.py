"""Places in the texts of agreements that facts of the service fill: ``{fee}``."""

import re

NAMES = (
    "service",
    "definition",
    "audience",
    "provider",
    "window",
    "fee",
    "call",
    "dispute_days",
)
PLACE = re.compile(r"\{\s*(\w+)\s*\}")


def find_unknown(text):
    """Return the names of places that no fact fills, in order."""
    return [name for name in PLACE.findall(text or "") if name not in NAMES]


def fill(text, facts):
    """Return a text with its places filled; what no fact fills stays as it is."""
    return PLACE.sub(lambda m: str(facts.get(m[1], m[0])), text or "")
