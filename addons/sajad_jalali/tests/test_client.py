from datetime import date

from odoo.tests import HttpCase, tagged

from .test_import_export import MODEL, RatesCase


@tagged("post_install", "-at_install")
class TestClient(RatesCase, HttpCase):
    """A Persian user at work, in the browser."""

    def setUp(self):
        super().setUp()
        self.rate = self.rate_on(date(2026, 11, 22))
        self.rate_on(date(2026, 11, 21))
        for kind, arch in self.ARCHS.items():
            self.env["ir.ui.view"].create(
                {
                    "name": kind,
                    "type": kind,
                    "model": MODEL,
                    "arch": arch,
                    "priority": 1,
                }
            )
        self.action = self.env["ir.actions.act_window"].create(
            {
                "name": "Rates",
                "res_model": MODEL,
                "view_mode": "list,form",
                "domain": [("currency_id", "=", self.currency.id)],
            }
        )

    ARCHS = {
        "list": "<list><field name='name'/></list>",
        "form": "<form><sheet><group><field name='name'/></group></sheet></form>",
        "search": "<search><filter name='day' string='Day' date='name'/>"
        "<filter name='month' string='Month' context=\"{'group_by': 'name:month'}\"/>"
        "</search>",
    }

    def test_type_pick_filter_and_group(self):
        url = f"/odoo/action-{self.action.id}"
        self.start_tour(url, "sajad_jalali_tour", login="persian", timeout=120)
        self.assertEqual(self.rate.name, date(2025, 3, 20))

    def test_public_pages_have_the_sentences(self):
        names = self.env["ir.http"]._get_translation_frontend_modules_name()
        self.assertIn("sajad_jalali", names)

    def test_portal_and_other_public_pages(self):
        """The picker and the readers of dates are in the bundle of public pages."""
        self.browser_js(
            "/web/login",
            """
            luxon.Settings.defaultLocale = "fa-IR";
            const { formatDate, parseDate, serializeDate } =
                odoo.loader.modules.get("@web/core/l10n/dates");
            const format = "yyyy/MM/dd";
            const date = parseDate("۱۴۰۵/۰۲/۳۱", { format });
            const { DateTimePicker } =
                odoo.loader.modules.get("@web/core/datetime/datetime_picker");
            if (serializeDate(date) !== "2026-05-21") {
                console.error("typed: " + serializeDate(date));
            } else if (formatDate(date, { format }) !== "1405/02/31") {
                console.error("shown: " + formatDate(date, { format }));
            } else if (!DateTimePicker) {
                console.error("no picker");
            } else {
                console.log("test successful");
            }
            """,
            "odoo.loader.modules.has('@sajad_jalali/core/parse_patch')",
        )
