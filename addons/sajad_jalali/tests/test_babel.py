from datetime import date, datetime

import babel.dates

from odoo.tests import tagged
from odoo.tools import format_date, format_datetime

from ..tools import babel_patch
from .common import JalaliCase


@tagged("post_install", "-at_install")
class TestBabel(JalaliCase):
    """What the server writes for people: t-field, mail templates, labels."""

    def test_patterns(self):
        day = date(2025, 3, 20)
        for pattern, text in (
            ("yyyy/MM/dd", "1403/12/30"),
            ("yy/M/d", "03/12/30"),
            ("d MMMM y", "30 اسفند 1403"),
            ("QQQQ y", "زمستان 1403"),
            ("Q", "4"),
            ("D", "366"),
        ):
            self.assertEqual(
                babel.dates.format_date(day, pattern, locale="fa_IR"), text
            )
        self.assertEqual(
            babel.dates.format_date(day, "d MMMM y", locale="en"), "20 March 2025"
        )

    def test_gregorian_block(self):
        day = date(2025, 3, 20)
        with babel_patch.gregorian():
            text = babel.dates.format_date(day, "yyyy-MM-dd", locale="fa_IR")
        self.assertEqual(text, "2025-03-20")

    def test_other_databases(self):
        """Babel is one for the process: a database without the addon is left alone."""
        dbname = self.env.cr.dbname
        self.addCleanup(babel_patch.enable, dbname)
        babel_patch.disable(dbname)
        text = babel.dates.format_date(date(2025, 3, 20), "yyyy/MM/dd", locale="fa_IR")
        self.assertEqual(text, "2025/03/20")

    def test_helpers_of_odoo(self):
        env = self.as_persian("res.users").env
        self.assertEqual(format_date(env, date(2026, 11, 22)), "1405/09/01")
        # midnight of Tehran
        moment = datetime(2026, 11, 21, 20, 30)
        self.assertEqual(format_datetime(env, moment), "1405/09/01 00:00:00")
        env = self.as_english("res.users").env
        self.assertEqual(format_date(env, date(2026, 11, 22)), "11/22/2026")

    def test_qweb_fields(self):
        to_html = self.as_persian("ir.qweb.field.date").value_to_html
        self.assertEqual(to_html(date(2026, 11, 22), {}), "1405/09/01")
        self.assertEqual(
            to_html(date(2026, 11, 22), {"format": "d MMMM y"}), "1 آذر 1405"
        )
        to_html = self.as_persian("ir.qweb.field.datetime").value_to_html
        moment = datetime(2026, 11, 21, 20, 30)
        self.assertEqual(to_html(moment, {"hide_seconds": True}), "1405/09/01 00:00")

    def test_qweb_template(self):
        view = self.env["ir.ui.view"].create(
            {
                "name": "letter",
                "type": "qweb",
                "arch": "<t t-name='letter'>"
                "<p t-out='day' t-options-widget='\"date\"'/></t>",
            }
        )
        render = self.as_persian("ir.qweb")._render
        html = render(view.id, {"day": date(2026, 11, 22)}, lang="fa_IR")
        self.assertIn("1405/09/01", html)
