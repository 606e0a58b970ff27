"""One word for one thing in Persian."""

import unittest
from pathlib import Path
from types import SimpleNamespace

from sajad_cli.checks.words import RULES, other_words, respell

ADDONS = Path(__file__).parents[2] / "addons"


class TestWords(unittest.TestCase):
    def test_second_words(self):
        for english, second, first in (
            ("Approve", "تأیید", "تایید"),
            ("Yes", "بله", "بلی"),
            ("Send it again.", "دوباره بفرستید.", "دوباره ارسال کنید."),
            ("It is not sent", "فرستاده نشد", "ارسال نشد"),
            ("Which do you send?", "کدام را می‌فرستید؟", "کدام را ارسال می‌کنید؟"),
            ("the office has it", "نزد اداره است", "نزد واحد است"),
        ):
            with self.subTest(second=second):
                self.assertEqual(respell(english, second), first)

    def test_what_is_another_word(self):
        for english, text in (
            ("Welfare Office", "اداره رفاه"),
            ("the welfare office", "به اداره رفاه بدهی دارد"),
            ("Sender", "فرستنده"),
            ("Register of Numbers", "دفتر شماره‌ها"),
            ("Irrevocable", "غیرقابل‌برگشت"),
        ):
            with self.subTest(text=text):
                self.assertEqual(respell(english, text), text)

    def test_what_is_right_stays(self):
        entry = SimpleNamespace(msgid="the office", msgstr="اداره")
        self.assertEqual(len(other_words([entry])), 1)
        for _wrong, right, _about in RULES:
            entry = SimpleNamespace(msgid="the office", msgstr=right)
            with self.subTest(right=right):
                self.assertEqual(other_words([entry]), [])

    def test_files(self):
        """No file of ours has a second word; quick, and without polib."""
        for path in sorted(ADDONS.glob("*/i18n/fa.po")):
            text = path.read_text()
            for wrong in ("تأیید", "همزمان", "ایمیل", "جست‌وجو", "تسویه‌حساب"):
                with self.subTest(path=path.parts[-3], wrong=wrong):
                    self.assertNotIn(f" {wrong}", text)
