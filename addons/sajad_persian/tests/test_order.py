from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..tools.order import persian_key

LETTERS = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
WORDS = [
    "12",
    "آب",
    "اهواز",
    "پارسا",
    "چمران",
    "حافظ",
    "ژاله",
    "سبز",
    "کرمان",
    "گلستان",
    "لاله",
    "می\u200cروم",
    "میز",
    "میوه",
    "یزد",
    "Latin",
]


@tagged("post_install", "-at_install")
class TestOrder(TransactionCase):
    """Persian order, in Python as in a database with the Persian collation (row E3)."""

    def sort_in_database(self, words):
        rows = self.env.execute_query(
            SQL(
                'SELECT word FROM UNNEST(%s) AS word ORDER BY word COLLATE "fa-x-icu"',
                list(words),
            )
        )
        return [word for (word,) in rows]

    def test_all_letters(self):
        for first, second in zip(LETTERS, LETTERS[1:], strict=False):
            self.assertLess(persian_key(first), persian_key(second), first + second)
        self.assertEqual(self.sort_in_database(LETTERS), list(LETTERS))

    def test_words(self):
        """The half space is no letter; digits come first, Latin last."""
        self.assertEqual(sorted(reversed(WORDS), key=persian_key), WORDS)
        self.assertEqual(self.sort_in_database(reversed(WORDS)), WORDS)

    def test_one_spelling(self):
        self.assertEqual(
            sorted(["كيش", "گرگان", "کاشان", "علي", "عباس"], key=persian_key),
            ["عباس", "علي", "کاشان", "كيش", "گرگان"],
        )
        self.assertLess(persian_key("محمد علی"), persian_key("محمود"))
        self.assertEqual(persian_key(False), persian_key(""))
