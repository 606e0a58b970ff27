import io
import json
from urllib.parse import quote

from openpyxl import load_workbook
from werkzeug.http import parse_options_header

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

MODEL = "res.partner"
TEXTS = ("=1+1", "+98", "-5", "@SUM(A1)", "علی")


def get_file_name(response):
    """Return the name under which a browser saves an answer."""
    _kind, options = parse_options_header(response.headers["Content-Disposition"])
    return options["filename"]


@tagged("post_install", "-at_install")
class TestExport(HttpCase):
    """Lists that leave: Persian letters, right to left, and no formulas."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        groups = "base.group_user,base.group_allow_export,base.group_partner_manager"
        cls.users = {
            lang: new_test_user(
                cls.env, login=f"t_export_{lang}", groups=groups, lang=lang
            )
            for lang in ("fa_IR", "en_US")
        }
        cls.partners = cls.env[MODEL].create(
            [{"name": "Export", "function": text} for text in TEXTS]
        )

    def export(self, kind, lang="fa_IR", groupby=()):
        user = self.users[lang]
        self.authenticate(user.login, user.login)
        data = {
            "model": MODEL,
            "fields": [{"name": "function", "label": "=Job", "type": "char"}],
            "ids": self.partners.ids,
            "domain": [("id", "in", self.partners.ids)],
            "groupby": list(groupby),
            "import_compat": False,
            "context": {"lang": lang},
        }
        response = self.url_open(f"/web/export/{kind}?data={quote(json.dumps(data))}")
        response.raise_for_status()
        self.file_name = get_file_name(response)
        return response.content

    def open(self, *args, **kwargs):
        content = self.export("xlsx", *args, **kwargs)
        return load_workbook(io.BytesIO(content)).active

    def test_csv(self):
        content = self.export("csv")
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        text = content.decode("utf-8-sig")
        self.assertFalse(text.startswith("\ufeff"))
        for marked in ("'=1+1", "'+98", "'-5", "'@SUM(A1)", "علی"):
            self.assertIn(f'"{marked}"', text)

    def test_texts_are_no_formulas(self):
        for groupby in ((), ("function",)):
            sheet = self.open(groupby=groupby)
            cells = [cell for row in sheet for cell in row if cell.value is not None]
            self.assertFalse([cell for cell in cells if cell.data_type == "f"])
            values = {cell.value for cell in cells}
            if not groupby:
                self.assertLessEqual({*TEXTS, "=Job"}, values)

    def test_direction(self):
        self.assertTrue(self.open().sheet_view.rightToLeft)
        self.assertFalse(self.open(lang="en_US").sheet_view.rightToLeft)

    def test_names(self):
        """Sheets and files are called as the reader calls the list."""
        for lang in self.users:
            model = self.env["ir.model"].with_context(lang=lang)._get(MODEL)
            self.assertEqual(self.open(lang=lang).title, model.name)
            self.assertEqual(self.file_name, f"{model.name}.xlsx")
            self.export("csv", lang=lang)
            self.assertEqual(self.file_name, f"{model.name}.csv")
            self.assertNotIn(MODEL, self.file_name)

    def test_pivot(self):
        """The title of a row is a text that somebody typed."""
        sheet = self.open_pivot("مخاطبان: زمان انتظار در واحدهای دانشگاه و دانشکده")
        cells = [cell for row in sheet for cell in row]
        self.assertIn("'=1+1", [cell.value for cell in cells])
        self.assertNotIn("f", [cell.data_type for cell in cells])
        # no sheet may have so long a name, or a colon in it
        self.assertEqual(sheet.title, "مخاطبان  زمان انتظار در واحدهای")
        self.assertTrue(sheet.sheet_view.rightToLeft)
        self.assertIn("دانشگاه و دانشکده.xlsx", self.file_name)

    def test_pivot_in_english(self):
        sheet = self.open_pivot("Partners", "en_US")
        self.assertEqual((sheet.title, self.file_name), ("Partners", "Partners.xlsx"))
        self.assertFalse(sheet.sheet_view.rightToLeft)

    def test_pivot_of_nothing(self):
        """What no screen sends is refused with a sentence, not with an error."""
        user = self.users["en_US"]
        self.authenticate(user.login, user.login)
        for data in ("x", "[1]", "7", "{}", '{"title": "x"}'):
            with self.subTest(data):
                path = f"/web/pivot/export_xlsx?data={quote(data)}"
                self.assertEqual(self.url_open(path).status_code, 422)
        self.assertIn("no table that can be exported", self.url_open(path).text)

    def open_pivot(self, title, lang="fa_IR"):
        user = self.users[lang]
        self.authenticate(user.login, user.login)
        table = {
            "title": title,
            "model": MODEL,
            "measure_count": 1,
            "origin_count": 1,
            "col_group_headers": [],
            "measure_headers": [],
            "rows": [{"indent": 0, "title": "=1+1", "values": [{"value": 7}]}],
        }
        response = self.url_open(
            "/web/pivot/export_xlsx",
            data={
                "data": json.dumps(table),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        response.raise_for_status()
        self.file_name = get_file_name(response)
        return load_workbook(io.BytesIO(response.content)).active
