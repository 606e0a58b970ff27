from itertools import product
from random import Random

from odoo.tests import BaseCase, tagged

from ..tools.normalize import (
    compact_code,
    fold_word,
    fold_words,
    make_search_key,
    normalize_digits,
    normalize_number,
    normalize_text,
)
from ..tools.spelling import SPELLINGS, respell, respell_pattern

ZWNJ = "\u200c"
# typed, stored
TEXTS = [
    ("علي كريمي", "علی کریمی"),
    ("موسى", "موسی"),
    ("ڪريم", "کریم"),
    ("محــــمد", "محمد"),
    ("\u200fعلی\u200e", "علی"),
    ("\u202bعلی\u202c \u2067کریمی\u2069", "علی کریمی"),
    ("\ufeffعلی\u061c", "علی"),
    (" علی \u00a0\t کریمی\n", "علی کریمی"),
    (f"علی{ZWNJ}زاده", f"علی{ZWNJ}زاده"),
    (f"{ZWNJ}علی{ZWNJ}{ZWNJ}زاده {ZWNJ}کریمی{ZWNJ}", f"علی{ZWNJ}زاده کریمی"),
    ("دانشکده ۲ و ٣", "دانشکده 2 و 3"),
    ("\u0627\u0653رمان", "آرمان"),  # alef and madda apart
    ("ﻋﻠﻲ ﻻﻟﻪ", "علی لاله"),  # presentation forms
    ("ﷲ", "الله"),
    ("Ａｌｉ１", "Ali1"),  # full width
    ("رضائی مؤمن فاطمة", "رضائی مؤمن فاطمة"),  # what can be seen stays
    ("O'Brien-Łódź", "O'Brien-Łódź"),
    ("", ""),
]
NUMBERS = [
    ("۴۰۲۱۱۰۰۰۱", "402110001"),
    ("٤٠٢١١٠٠٠١", "402110001"),
    ("402 110 001", "402110001"),
    (f"۴۰۲{ZWNJ}۱۱۰\u200f۰۰۱ ", "402110001"),
    ("402-110-001", "402-110-001"),
    ("كارت ۱", "کارت1"),
]
CODES = [("a ۱۲-۳۴ ", "A1234"), ("ir۰۵ ۸۴۰٥", "IR058405"), ("۴۹۹–۳۷", "49937")]
SAME = [
    ("علي كريمي", "علی کریمی"),
    (f"علی{ZWNJ}زاده", "علیزاده"),
    ("علی زاده", "علیزاده"),
    ("رضائی", "رضایی"),
    ("مؤمن", "مومن"),
    ("آرمان", "ارمان"),
    ("إبراهيم", "ابراهیم"),
    ("فاطمة", "فاطمه"),
    ("خانۀ", "خانه"),
    ("علاء", "علا"),
    ("مُحَمَّد", "محمد"),
    ("JOSÉ", "jose"),
    ("Straße", "STRASSE"),
    ("۴۰۲", "٤٠٢"),
]
FUNCTIONS = [
    normalize_digits,
    normalize_text,
    normalize_number,
    compact_code,
    fold_word,
    *SPELLINGS.values(),
]
ALPHABET = (
    "علیيىكکگئؤآأإةۀه ء\u0653\u0654\u064b\u0651\u0640\u200c\u200d\u200e\u200f\u202b"
    "\u2067\u00ad\ufeff\u00a0\t۰۹٠٩09ﻻﷲaZéß İ-_.%@+ır"
)


@tagged("post_install", "-at_install")
class TestNormalize(BaseCase):
    """The tables of one spelling (row E3)."""

    def test_texts(self):
        for typed, stored in TEXTS:
            with self.subTest(ascii(typed)):
                self.assertEqual(normalize_text(typed), stored)

    def test_numbers_and_codes(self):
        for function, table in ((normalize_number, NUMBERS), (compact_code, CODES)):
            for typed, stored in table:
                with self.subTest(ascii(typed)):
                    self.assertEqual(function(typed), stored)

    def test_all_digits(self):
        for zero in (0x06F0, 0x0660):
            digits = "".join(chr(zero + n) for n in range(10))
            self.assertEqual(normalize_digits(digits), "0123456789")

    def test_what_searches_do_not_tell_apart(self):
        for one, other in SAME:
            with self.subTest(ascii(one)):
                self.assertEqual(fold_word(one), fold_word(other))
        self.assertNotEqual(fold_word("کرمی"), fold_word("گرمی"))
        self.assertNotEqual(fold_word("سارا"), fold_word("ساره"))

    def test_words(self):
        self.assertEqual(fold_words(" علي  كريمي علي "), ["علی", "کریمی"])
        self.assertEqual(fold_words("00989121234567"), ["+989121234567"])
        self.assertEqual(fold_words("\u200f\u0640"), [])
        self.assertEqual(fold_words(None), [])

    def test_search_key(self):
        key = make_search_key(["علي كريمي", "", False, "علی کریمی", "۴۰۲"])
        self.assertEqual(key, "علیکریمی 402")

    def test_nothing_stays_nothing(self):
        for function in FUNCTIONS:
            for nothing in (False, None, ""):
                self.assertFalse(function(nothing))
        for kind in SPELLINGS:
            self.assertIs(respell(kind, False), False)
            self.assertEqual(respell(kind, 12), 12)
            self.assertIs(respell_pattern(kind, None), None)

    def test_patterns(self):
        for kind, typed, pattern in (
            ("text", "علي ", "علی"),
            ("number", "۴۰ ۲", "402"),
            ("national_id", "۴۹۹۳۷۰۸۹", "49937089"),  # a part is not padded
            ("phone", "۰۹۱۲", "912"),
            ("phone", "+98912", "912"),
            ("phone_text", "۰۹۱۲ ۳", "0912 3"),
        ):
            with self.subTest(ascii(typed)):
                self.assertEqual(respell_pattern(kind, typed), pattern)

    # ------------------------------------------------------------
    # PROPERTIES
    # ------------------------------------------------------------

    def check_properties(self, text):
        for function in FUNCTIONS:
            once = function(text)
            if function(once) != once:
                self.fail(f"{function.__name__} of {ascii(text)} is {ascii(once)}")
        # what is stored in one spelling is found as it was typed
        if fold_word(normalize_text(text)) != fold_word(text):
            self.fail(f"{ascii(text)} is not found by itself")

    def test_every_character(self):
        for code in range(0x110000):
            # of the other planes, which have no Persian letters, one in fifty
            if not 0xD800 <= code < 0xE000 and (code < 0x3000 or code % 50 == 0):
                self.check_properties(chr(code))
        for code in range(0xF900, 0x10000):
            self.check_properties(chr(code))

    def test_every_pair(self):
        for pair in product(ALPHABET, repeat=2):
            self.check_properties("".join(pair))

    def test_random_texts(self):
        random = Random(1405)
        for _number in range(2000):
            length = random.randrange(3, 15)
            self.check_properties("".join(random.choices(ALPHABET, k=length)))
