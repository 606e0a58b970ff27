"""Comparing translations."""

import unittest
from types import SimpleNamespace

from sajad_cli.checks.pocheck import compare


def entry(msgid, msgstr="ترجمه", flags=(), obsolete=False, msgctxt=None):
    return SimpleNamespace(
        msgid=msgid, msgstr=msgstr, flags=flags, obsolete=obsolete, msgctxt=msgctxt
    )


class TestCompare(unittest.TestCase):
    def test_complete(self):
        fresh = [entry("Name", "")]
        self.assertEqual(compare(fresh, [entry("Name")], fresh), [])

    def test_empty_fuzzy_obsolete(self):
        persian = [
            entry("A", " "),
            entry("B", flags=("fuzzy",)),
            entry("C", obsolete=True),
        ]
        wrong = compare(None, persian)
        self.assertEqual(
            [w.split(":")[0] for w in wrong], ["not translated", "fuzzy", "obsolete"]
        )

    def test_terms_that_are_missing_or_too_many(self):
        wrong = compare([entry("New", "")], [entry("Old")])
        self.assertEqual(
            wrong, ["fa.po lacks: 'New'", "fa.po is not in the code: 'Old'"]
        )

    def test_committed_template_is_stale(self):
        fresh = [entry("New", "")]
        wrong = compare(fresh, [entry("New")], [])
        self.assertEqual(wrong, ["the .pot file lacks: 'New'"])


if __name__ == "__main__":
    unittest.main()
