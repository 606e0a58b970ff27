"""The order of the Persian alphabet, for what is sorted in Python.

Databases sort by ICU's Persian collation (README, "In an Odoo of your own"); here the
same without ICU. In the order of code points پ چ ژ ک گ come after ی, and the half space
is a letter.
"""

import re
from string import ascii_lowercase

from .normalize import normalize_digits, normalize_text

ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
# ء and what carries it stand beside their letter
LIKE = str.maketrans({"أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ة": "ه"})
PLACES = {letter: chr(0xE000 + place) for place, letter in enumerate(ALPHABET, 1)}
PLACES["ء"] = chr(0xE000)
# behind them Latin words, as the database has it
PLACES |= {letter: chr(0xE100 + place) for place, letter in enumerate(ascii_lowercase)}
RANK = str.maketrans(PLACES)
# neither joins nor vowels make another word
IGNORED = re.compile("[\u200c\u200d\u200e\u200f\u0640\u064b-\u0652\u0670]")


def persian_key(text):
    """Return a key by which `text` is sorted as a Persian reader expects.

    Half spaces and vowel signs do not count. Numbers come first, then Persian, then
    Latin words; words that differ only in what does not count keep an order of their
    own.
    """
    text = normalize_text(text or "")
    bare = IGNORED.sub("", normalize_digits(text)).translate(LIKE)
    return bare.casefold().translate(RANK), text
