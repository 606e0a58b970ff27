from odoo.tests import BaseCase, TransactionCase, tagged

from ..tools.rials import to_words

ONES = [
    "صفر",
    "یک",
    "دو",
    "سه",
    "چهار",
    "پنج",
    "شش",
    "هفت",
    "هشت",
    "نه",
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
    "شانزده",
    "هفده",
    "هجده",
    "نوزده",
]
TENS = ["-", "-", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
HUNDREDS = [
    "-",
    "صد",
    "دویست",
    "سیصد",
    "چهارصد",
    "پانصد",
    "ششصد",
    "هفتصد",
    "هشتصد",
    "نهصد",
]
NAMES = ((10**12, "تریلیون"), (10**9, "میلیارد"), (10**6, "میلیون"), (1000, "هزار"))


def spell(number):
    """The words of a whole number, as a cheque has them."""
    for size, name in NAMES:
        if number >= size:
            head = "" if number // size == 1 and size == 1000 else spell(number // size)
            return join(f"{head} {name}".strip(), number % size)
    if number >= 100:
        return join(HUNDREDS[number // 100], number % 100)
    if number >= 20:
        return join(TENS[number // 10], number % 10)
    return ONES[number]


def join(words, rest):
    return f"{words} و {spell(rest)}" if rest else words


@tagged("post_install", "-at_install")
class TestSpell(BaseCase):
    """The table itself."""

    def test_table(self):
        self.assertEqual(spell(30), "سی")
        self.assertEqual(spell(1000), "هزار")
        self.assertEqual(spell(21_345), "بیست و یک هزار و سیصد و چهل و پنج")


@tagged("post_install", "-at_install")
class TestRials(TransactionCase):
    """Amounts on papers in words: each word against a table of our own (row B8)."""

    def test_words(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        env = self.env["res.lang"].with_context(lang="fa_IR").env
        amounts = [*range(1, 1000), 1000, 1001, 1100, 1999, 2000, 12_000, 21_000]
        amounts += [100_000, 250_000, 1_000_001, 3_500_000, 12_345_678, 999_999_999]
        amounts += [10**9, 2 * 10**9 + 5, 10**12]
        for amount in amounts:
            self.assertEqual(to_words(env, amount), f"{spell(amount)} ریال", amount)
        self.assertEqual(to_words(env, 0), "")
