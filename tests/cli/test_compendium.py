"""The translation files that are written anew."""

import unittest
from types import SimpleNamespace

from sajad_cli.verbs.compendium import dropped, gather, translate


def entry(msgid, msgstr="", flags=(), obsolete=False, tcomment=""):
    return SimpleNamespace(
        msgid=msgid,
        msgstr=msgstr,
        flags=flags,
        obsolete=obsolete,
        tcomment=tcomment,
        msgctxt=None,
    )


class TestCompendium(unittest.TestCase):
    def fill(self, fresh, own, *others):
        done, lacking = translate(fresh, own, gather(others))
        return [(e.msgid, e.msgstr) for e in done], lacking

    def test_order_and_references_are_those_of_the_code(self):
        fresh = [entry("B"), entry("A")]
        done, lacking = self.fill(fresh, [entry("A", "الف"), entry("B", "ب")])
        self.assertEqual(done, [("B", "ب"), ("A", "الف")])
        self.assertEqual(lacking, [])
        self.assertEqual(
            [e.msgstr for e in fresh], ["", ""], "the template stays empty"
        )

    def test_a_term_that_moved_keeps_its_translation(self):
        done, lacking = self.fill(
            [entry("A")], [], [entry("X", "ی")], [entry("A", "الف")]
        )
        self.assertEqual((done, lacking), ([("A", "الف")], []))

    def test_the_addon_itself_comes_first(self):
        done, _ = self.fill([entry("A")], [entry("A", "own")], [entry("A", "other")])
        self.assertEqual(done, [("A", "own")])

    def test_what_is_only_guessed_is_no_translation(self):
        own = [entry("A", "الف", flags=("fuzzy",)), entry("B", "ب", obsolete=True)]
        done, lacking = self.fill([entry("A"), entry("B"), entry("C")], own)
        self.assertEqual(done, [("A", ""), ("B", ""), ("C", "")])
        self.assertEqual(lacking, ["A", "B", "C"])

    def test_the_comment_of_the_translator_stays(self):
        own = [entry("A", "الف", tcomment="why")]
        (done,), _ = translate([entry("A")], own, {})
        self.assertEqual(done.tcomment, "why")

    def test_what_no_addon_needs_is_named(self):
        book = gather([[entry("A", "الف"), entry("Old", "کهنه")], [entry("C", "پ")]])
        self.assertEqual(dropped([[entry("A")], [entry("C")]], book), ["Old"])


if __name__ == "__main__":
    unittest.main()
