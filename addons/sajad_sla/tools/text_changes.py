"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

# words with the space behind them, so that the pieces together are the text
WORD = re.compile(r"\S+\s*|\s+")
# of each kind of change: which side's words are shown, and as what
SHOWN = {
    "equal": ((1, "same"),),
    "delete": ((0, "gone"),),
    "insert": ((1, "new"),),
    "replace": ((0, "gone"), (1, "new")),
}


def get_changes(before, after):
    """Return [(kind, words)]: `same`, `gone` or `new`; the texts may be empty."""
    sides = [WORD.findall(text or "") for text in (before, after)]
    pieces = []
    matcher = SequenceMatcher(None, *sides, autojunk=False)
    for tag, *bounds in matcher.get_opcodes():
        for side, kind in SHOWN[tag]:
            start, end = bounds[2 * side : 2 * side + 2]
            pieces.append((kind, "".join(sides[side][start:end])))
    return pieces
