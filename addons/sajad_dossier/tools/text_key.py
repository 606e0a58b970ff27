"""What a text is searched by, and where in it something was found (row C7).

Words are folded by the owner of spelling. Numbers and dates are one however their parts
are divided: 1405/09/06, 1405.9.6 and 1,405 are not told apart from what is typed.
"""

import re
from typing import NamedTuple

from markupsafe import Markup

from odoo.addons.sajad_persian.tools.normalize import (
    ZWNJ,
    fold_word,
    normalize_digits,
    normalize_text,
)

_DIVIDERS = r"[/\\.,:_\-\u2010-\u2015\u2212\u060c\u066b\u066c]"
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:[,\u066c]\d{3})+(?!\d)")
_DIVIDED = re.compile(rf"(?<=\d){_DIVIDERS}(?=\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(1[34]\d\d)/(\d\d?)/(\d\d?)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d\d?)/(\d\d?)/(1[34]\d\d)(?!\d)")
# numbers in digits that stand among right-to-left letters
_FOREIGN_NUMBER = re.compile(rf"[\u06f0-\u06f9\u0660-\u0669](?:{_DIVIDERS}?\d)+")
# words before and after what was found
AROUND = 8


def _pad(match):
    first, middle, last = match.groups()
    return f"{first}/{middle:0>2}/{last:0>2}"


def _turn_day_first(match):
    day, month, year = match.groups()
    return f"{year}/{month:0>2}/{day:0>2}"


def fold(word):
    """Return a word as the search sees it."""
    folded = _THOUSANDS.sub(
        lambda match: re.sub(r"[,\u066c]", "", match[0]), normalize_digits(word)
    )
    folded = _DIVIDED.sub("/", fold_word(folded))
    if "/" in folded:
        folded = _DAY_FIRST.sub(_turn_day_first, _YEAR_FIRST.sub(_pad, folded))
    return folded


def _join(words):
    """Return folded words as one: half space, space and none are the same.

    Numbers beside each other stay two.
    """
    joined = ""
    for word in words:
        gap = " " if joined[-1:].isdigit() and word[:1].isdigit() else ""
        joined += gap + word
    return joined


def make_key(*texts):
    """Return what texts are searched by, line by line."""
    lines = (line for text in texts for line in (text or "").splitlines())
    keys = (_join(map(fold, line.split())) for line in lines)
    return " ".join(dict.fromkeys(filter(None, keys)))


def get_words(typed):
    """Return the folded words of what somebody types; all are looked for.

    A half space divides: scans do not show it.
    """
    text = normalize_text(typed or "").replace(ZWNJ, " ")
    return [word for word in dict.fromkeys(map(fold, text.split())) if word]


def get_spellings(word):
    """Return how a folded word may stand where dividers were kept as typed."""
    return dict.fromkeys([word, *(word.replace("/", sign) for sign in "-.\u066b")])


def turn_numbers(layer):
    """Return the numbers of a PDF's text the other way round.

    Readers of PDFs give the digits of some Persian numbers back to front; which, nobody
    can tell.
    """
    numbers = _FOREIGN_NUMBER.findall(layer)
    return " ".join(dict.fromkeys(number[::-1] for number in numbers))


def turn_dates(layer):
    """Return the text of a PDF with the dates that stand back to front put right."""
    return _FOREIGN_NUMBER.sub(
        lambda match: match[0][::-1] if _is_turned_date(match[0]) else match[0], layer
    )


def _is_turned_date(number):
    return bool(_YEAR_FIRST.fullmatch(fold(number[::-1])))


class _Place(NamedTuple):
    words: list
    first: int
    last: int


def find_snippet(text, words):
    """Return a piece of the text around the first of the words, marked, or "".

    :param words: of `get_words`
    """
    for line in (text or "").splitlines():
        for word in words:
            if place := _find_place(line.split(), word):
                return _cut(place)
    return ""


def _find_place(tokens, word):
    folded = [fold(token) for token in tokens]
    for first, token in enumerate(folded):
        if word in token:
            return _Place(tokens, first, first)
        if word[::-1] in token and word.replace("/", "").isdigit():
            # such as people read it on the page
            turned = [*tokens[:first], token[::-1], *tokens[first + 1 :]]
            return _Place(turned, first, first)
    # over the spaces between words
    for first in range(len(folded)):
        for last in range(first, min(first + 4, len(folded))):
            if word in _join(folded[first : last + 1]):
                return _Place(tokens, first, last)
    return None


def _cut(place):
    words, first, last = place
    start, end = max(first - AROUND, 0), last + 1 + AROUND
    before = ["…", *words[start:first]] if start else words[:first]
    after = words[last + 1 : end] + (["…"] if end < len(words) else [])
    found = Markup("<b>%s</b>") % " ".join(words[first : last + 1])
    return Markup(" ").join([*before, found, *after])
