import re

from odoo.tests import TransactionCase, tagged

# properties whose four values rtlcss leaves on the sides of left to right
ONE_SIDED = re.compile(
    r"(?<![\w-])(?:inset|scroll-(?:margin|padding))\s*:\s*([^\s;}]+(?:\s+[^\s;}]+){3})"
)
BUNDLES = ("web.assets_backend", "web.assets_frontend", "web.assets_web_print")


@tagged("post_install", "-at_install")
class TestStyles(TransactionCase):
    """What is served from right to left has no side left over (row E1)."""

    def get_ours(self, bundle):
        """Return {address: css} of the style sheets of our addons, compiled."""
        asset_bundle = self.env["ir.qweb"]._get_asset_bundle(bundle, js=False, rtl=True)
        asset_bundle.preprocess_css()
        self.assertFalse(asset_bundle.css_errors)
        return {
            sheet.url: sheet._content
            for sheet in asset_bundle.stylesheets
            if re.match(r"/(sajad|payment_zibal)", sheet.url or "")
        }

    def test_four_values_keep_no_side(self):
        sheets = {}
        for bundle in BUNDLES:
            sheets |= self.get_ours(bundle)
        self.assertTrue(sheets)
        wrong = [
            f"{url}: {match[0]}"
            for url, css in sheets.items()
            for match in ONE_SIDED.finditer(css)
            # the same on both sides needs no turning round
            if match[1].split()[1] != match[1].split()[3]
        ]
        self.assertFalse(wrong)

    def test_the_pattern_sees_them(self):
        self.assertTrue(ONE_SIDED.search("a{inset:0 1px 0 auto}"))
        self.assertFalse(ONE_SIDED.search("a{inset:0 1px;scroll-margin-block:0 1px}"))
