from odoo.tests import TransactionCase, tagged
from odoo.tools.i18n import format_list

COMMA = "،\u200f "


@tagged("post_install", "-at_install")
class TestLists(TransactionCase):
    """What a Persian sentence lists has no comma before its last word (row E1)."""

    def test_persian(self):
        cases = [
            ([], "standard", ""),
            (["الف"], "or", "الف"),
            (["الف", "ب"], "standard", "الف و ب"),
            (["PDF", "JPG", "PNG"], "or", f"PDF{COMMA}JPG یا PNG"),
            # a comma of a name is its own
            (["الف، و ب", "پ", "ت"], "standard", f"الف، و ب{COMMA}پ و ت"),
        ]
        for names, style, expected in cases:
            with self.subTest(names=names, style=style):
                text = format_list(self.env, names, style, lang_code="fa_IR")
                self.assertEqual(text, expected)

    def test_other_languages(self):
        text = format_list(self.env, ["a", "b", "c"], "or", lang_code="en_US")
        self.assertEqual(text, "a, b, or c")
        text = format_list(self.env, ["ا", "ب", "ج"], lang_code="ar_001")
        self.assertIn("وج", text)

    def test_within_a_sentence(self):
        """A list given to a sentence is joined in the language of its reader."""
        self.env["res.lang"]._activate_lang("fa_IR")
        reader = self.env(context={"lang": "fa_IR"})
        translate = reader._  # by another name: it is no term of ours
        text = translate("%(names)s", names=["الف", "ب", "پ"])
        self.assertEqual(text, f"الف{COMMA}ب و پ")
