from odoo.tests import tagged

from ..tools.sentences import list_quoted
from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestSentences(SajadCommon):
    """What people wrote, within sentences."""

    def test_names_with_commas(self):
        """A comma within a name does not end it, and its own marks are inner ones."""
        names = ["شناسنامه، همه صفحه‌ها", "کتاب «آمار»"]
        self.env["res.lang"]._activate_lang("fa_IR")
        persian = self.env(context={"lang": "fa_IR"})
        self.assertRegex(
            list_quoted(persian, names), "^«شناسنامه، همه صفحه‌ها» و «کتاب ‹آمار›»$"
        )
        self.assertIn("» یا «", list_quoted(persian, names, "or"))
        self.assertEqual(
            list_quoted(self.env, ["Card, two sides"]), "“Card, two sides”"
        )
