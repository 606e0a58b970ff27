"""One spelling for what people type in Persian, Arabic or Latin script (row E3).

Every function takes text, False or None, never fails and is idempotent. The tables
name characters by code point: most of them look alike, and some do not show at all.
"""

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

_DIGITS = {
    first + digit: str(digit)
    for first in (0x06F0, 0x0660)  # Persian, Arabic
    for digit in range(10)
}
_LETTERS = {
    0x064A: "\u06cc",  # Arabic yeh -> Persian yeh
    0x0649: "\u06cc",  # alef maksura
    0x0643: "\u06a9",  # Arabic kaf -> Persian keheh
    0x06AA: "\u06a9",  # swash kaf
    0x06C1: "\u0647",  # heh goal
    0x06BE: "\u0647",  # heh doachashmee
}
ZWNJ = "\u200c"
# tatweel, soft hyphen, bidi marks, embeddings and isolates, byte order mark
_INVISIBLE = dict.fromkeys(
    [0x0640, 0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF]
    + list(range(0x202A, 0x202F))
    + list(range(0x2066, 0x206A))
)
# What a search does not tell apart. Marks are dropped after the letters are taken
# apart, so that alef with madda or hamza is alef already.
_FOLDED = {
    0x0621: None,  # hamza on the line
    0x0629: "\u0647",  # teh marbuta
    0x06D5: "\u0647",  # ae
    0x0671: "\u0627",  # alef wasla
    0x200C: None,  # zero width non-joiner
    0x200D: None,  # zero width joiner
}
_TEXT_TABLE = {**_DIGITS, **_LETTERS, **_INVISIBLE}
# Arabic presentation forms, as old systems and PDFs give them; full width Latin
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc\uff01-\uff5e]+")
_HYPHENS = re.compile(r"[\s\-\u2010-\u2015\u2212_.]")
# codes have Latin letters only; other scripts have capitals of several characters
_CAPITALS = str.maketrans(ascii_lowercase, ascii_uppercase)
# letters that stay as they are in every form here; names are mostly of them
_PLAIN = re.compile(
    "[ \u0627\u0628\u062a-\u063a\u0641-\u0642\u0644-\u0648"
    "\u067e\u0686\u0698\u06a9\u06af\u06cca-z0-9]+"
)
_SPACES = re.compile(r"\s+")
_ZWNJS = re.compile(f"{ZWNJ}+")


def normalize_digits(text):
    """Return `text` with Persian and Arabic digits as ASCII ones."""
    return text.translate(_DIGITS) if text else text


def normalize_text(text):
    """Return `text` with one kind of letters, digits and spaces.

    What can be seen stays as it was typed: half spaces, hamzas and diacritics.
    """
    if not text:
        return text
    if text.isascii() or _PLAIN.fullmatch(text):
        # numbers and names, of which lists have many, have spaces at most
        return " ".join(text.split())
    text = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = unicodedata.normalize("NFC", text).translate(_TEXT_TABLE)
    # a half space joins two letters; anywhere else it is a slip
    words = (word.strip(ZWNJ) for word in _ZWNJS.sub(ZWNJ, text).split())
    text = " ".join(word for word in words if word)
    # again: what stood between a letter and its mark may be gone
    return unicodedata.normalize("NFC", text)


def normalize_number(text):
    """Return a number or code without spaces, in ASCII digits."""
    if not text:
        return text
    if text.isascii():
        return "".join(text.split())
    text = normalize_text(text).replace(ZWNJ, "").replace(" ", "")
    return unicodedata.normalize("NFC", text)


def compact_code(text):
    """Return a code as it is compared: capital letters, no spaces and hyphens."""
    if not text:
        return text
    if text.isascii() and text.isalnum():
        return text.upper()
    text = _HYPHENS.sub("", normalize_number(text)).translate(_CAPITALS)
    return unicodedata.normalize("NFC", text)


def fold_word(text):
    """Return `text` as searches see it, with no space in it.

    Half space, space and none are one («علی‌زاده»), and so are letters with and
    without hamza, madda, diacritics and Latin accents, capital and small.
    """
    if not text:
        return ""
    if text.isascii():
        return "".join(text.casefold().split())
    if _PLAIN.fullmatch(text):
        return text.replace(" ", "")
    text = unicodedata.normalize("NFKD", normalize_text(text)).casefold()
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = normalize_text(text).translate(_FOLDED)
    return _SPACES.sub("", text)


def fold_words(text):
    """Return the words of what somebody types into a search box, folded."""
    words = (fold_word(word) for word in normalize_text(text or "").split(" "))
    # international prefix as it is dialled
    words = (re.sub(r"^0098(?=\d{10}$)", "+98", word) for word in words)
    return [word for word in dict.fromkeys(words) if word]


def make_search_key(texts):
    """Return the search key of the values of a record: folded, each one word."""
    return " ".join(dict.fromkeys(word for word in map(fold_word, texts) if word))
