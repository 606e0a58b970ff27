"""Dates and digits as people type them, any of them: by Hypothesis."""

import importlib.util
import sys
import types
import unittest
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ADDONS = Path(__file__).parents[2] / "addons"
# the same answer on every machine and in every run
SETTINGS = settings(
    derandomize=True,
    deadline=None,
    max_examples=300,
    suppress_health_check=list(HealthCheck),
)
SCRIPTS = ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")
# 1 Farvardin 1250, and the last day of 1499
DAYS = st.dates(date(1871, 3, 21), date(2121, 3, 20))


def load(name, path):
    """Load a file of an addon that needs nothing of Odoo but names."""
    spec = importlib.util.spec_from_file_location(name, ADDONS / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_all():
    """Return (jalali, normalize, typed)."""
    names = "odoo.addons.{0}.tools.{1}"
    odoo = types.ModuleType("odoo.tools")
    odoo.SQL = str
    with patch.dict(sys.modules, {"odoo.tools": odoo}):
        jalali = load("jalali", "sajad_jalali/tools/jalali.py")
    normalize = load("normalize", "sajad_persian/tools/normalize.py")
    known = {
        names.format("sajad_jalali", "jalali"): jalali,
        names.format("sajad_persian", "normalize"): normalize,
    }
    with patch.dict(sys.modules, known):
        return jalali, normalize, load("typed", "sajad_base/tools/typed.py")


jalali, normalize, typed = load_all()


def write(text, script):
    """The text with digits of a script."""
    return text.translate(str.maketrans(SCRIPTS[0], script))


class TestTyped(unittest.TestCase):
    @SETTINGS
    @given(DAYS)
    def test_days_follow_each_other(self, day):
        """There and back is the same day, and the next one is a day later."""
        today = jalali.from_gregorian(day)
        self.assertEqual(jalali.to_gregorian(*today), day)
        year, month, number = today
        following = jalali.from_gregorian(day + timedelta(days=1))
        if number < jalali.month_length(year, month):
            self.assertEqual(following, (year, month, number + 1))
        else:
            expected = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
            self.assertEqual(following, expected)

    @SETTINGS
    @given(st.integers(1, 12), st.integers(1, 40), st.integers(1250, 1499))
    def test_days_that_there_are(self, month, number, year):
        if number <= jalali.month_length(year, month):
            day = jalali.to_gregorian(year, month, number)
            self.assertEqual(jalali.from_gregorian(day), (year, month, number))
        else:
            with self.assertRaises(ValueError):
                jalali.to_gregorian(year, month, number)

    @SETTINGS
    @given(DAYS, st.sampled_from("/-."), st.sampled_from(SCRIPTS), st.booleans())
    def test_dates(self, day, sign, script, is_jalali):
        """A day is read as it was meant, whichever calendar, sign and digits."""
        parts = jalali.from_gregorian(day) if is_jalali else day.timetuple()[:3]
        for text in ("{1}{0}{2:02}{0}{3:02}", " {1} {0} {2}{0}{3}"):
            typed_text = write(text.format(sign, *parts), script)
            self.assertEqual(typed.parse_date(typed_text), day, typed_text)

    @SETTINGS
    @given(st.text("0123456789۰۹٠٩/-. :T\u200c\u200f", max_size=12))
    def test_no_date_breaks(self, text):
        """A text is a day that there is, or is refused."""
        try:
            day = typed.parse_date(text)
        except ValueError:
            return
        self.assertIsInstance(day, date)

    @SETTINGS
    @given(st.integers(0, 10**15), st.sampled_from(",٬،"), st.sampled_from(SCRIPTS))
    def test_amounts(self, amount, sign, script):
        for text in (str(amount), f"{amount:,}".replace(",", sign)):
            written = write(text, script)
            self.assertEqual(typed.parse_amount(written), amount, written)
            self.assertEqual(typed.parse_whole(written), amount, written)

    @SETTINGS
    @given(st.text(max_size=20))
    def test_any_text(self, text):
        """Spelling twice changes nothing more, and digits have one script."""
        once = normalize.normalize_text(text)
        self.assertEqual(normalize.normalize_text(once), once)
        for script in SCRIPTS[1:]:
            self.assertFalse(set(script) & set(once or ""))
        for parse in (typed.parse_amount, typed.parse_number, typed.parse_whole):
            try:
                parse(text)
            except ValueError:
                continue
