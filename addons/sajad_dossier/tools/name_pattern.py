"""Reads the names that an office gives its scans: 4021_birth_2.jpg."""

import posixpath
import re
from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

from odoo.addons.sajad_persian.tools.normalize import ZWNJ, fold_word, normalize_text

_lt = LazyTranslate(__name__)

# what a placeholder stands for, in a name as `fold_name` gives it
PLACEHOLDERS = {
    "student_number": r"[a-z]{0,3}\d+",
    # spreadsheets and scanners lose zeros at the beginning
    "national_id": r"\d{8,10}",
    "document_type": r"[^/]+?",
    "page": r"\d{1,3}",
    "any": r"[^/]*?",
}
PART = re.compile(r"\{([^{}]*)\}|([\[\]])|([^{}\[\]]+)|(.)", re.DOTALL)
# the ending is the file's, and no part of the pattern
ENDING = re.compile(r"\.(?:\{ext\}|[A-Za-z]{3,4})$")
SEPARATORS = re.compile(r"[\s_.\-\u2010-\u2015]+")

BAD_SIGN = _lt("The pattern has a bracket that is not closed.")
NOBODY = _lt(
    "The pattern has to say whose a file is: {student_number} or {national_id}."
)


class PatternError(Exception):
    """The pattern is none; with a lazy `sentence` for whoever wrote it."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


class NameParts(NamedTuple):
    """What a name says; texts without anything where it says nothing."""

    student_number: str = ""
    national_id: str = ""
    document_type: str = ""
    page: int = 0


def fold_name(name):
    """Return a name as patterns see it: one kind of letters, digits and spaces."""
    return normalize_text(name).replace(ZWNJ, " ").casefold()


def fold_kind(word):
    """Return what a kind of document is found by, however it is written."""
    return re.sub(r"[\W_]+", "", fold_word(word))


class NamePattern:
    """A pattern with placeholders and [parts that may be missing].

    Spaces, half spaces, underscores, hyphens and dots are one. With a slash in it, it
    reads the folders, too.

    :raise PatternError: it is no pattern
    """

    def __init__(self, text):
        self.names = set()
        self.depth = 1 + text.strip().strip("/").count("/")
        text = ENDING.sub("", text.strip().strip("/"))
        expression = "".join(self._read(match) for match in PART.finditer(text))
        if expression.count("(?:") != expression.count(")?"):
            raise PatternError(BAD_SIGN)
        if not self.names & {"student_number", "national_id"}:
            raise PatternError(NOBODY)
        try:
            self.expression = re.compile(expression)
        except re.error as error:
            raise PatternError(BAD_SIGN) from error

    def _read(self, match):
        name, bracket, literal, stray = match.groups()
        if stray:
            raise PatternError(BAD_SIGN)
        if bracket:
            return "(?:" if bracket == "[" else ")?"
        if literal:
            words = [re.escape(fold_name(word)) for word in SEPARATORS.split(literal)]
            return SEPARATORS.pattern.join(words)
        return self._read_placeholder(name.strip().lower())

    def _read_placeholder(self, name):
        if name not in PLACEHOLDERS:
            raise PatternError(
                _lt(
                    "The pattern knows {student_number}, {national_id}, "
                    "{document_type}, {page} and {any}, and not “%(name)s”.",
                    name=name,
                )
            )
        if name == "any":
            return PLACEHOLDERS[name]
        if name in self.names:
            # a folder and the name in it say the same
            return f"(?P={name})"
        self.names.add(name)
        return f"(?P<{name}>{PLACEHOLDERS[name]})"

    def match(self, path):
        """Return the `NameParts` of a path with slashes, or None."""
        stem = posixpath.splitext(path)[0]
        parts = [fold_name(part) for part in stem.split("/")[-self.depth :]]
        match = self.expression.fullmatch("/".join(parts))
        if not match:
            return None
        found = {name: text for name, text in match.groupdict().items() if text}
        if "page" in found:
            found["page"] = int(found["page"])
        return NameParts(**found)
