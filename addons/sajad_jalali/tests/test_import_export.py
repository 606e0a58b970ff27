import csv
import io
import json
from datetime import date, datetime
from urllib.parse import quote

from openpyxl import load_workbook

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..models.sajad_date_guard import SajadDateGuard
from .common import JalaliCase

MODEL = "res.currency.rate"


class RatesCase(JalaliCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currency = cls.env["res.currency"].create({"name": "XJL", "symbol": "X"})
        system = Command.link(cls.env.ref("base.group_system").id)
        (cls.persian_user + cls.english_user).group_ids = [system]

    def rate_on(self, day):
        return self.env[MODEL].create(
            {"name": day, "rate": 1.0, "currency_id": self.currency.id}
        )


@tagged("post_install", "-at_install")
class TestImport(RatesCase):
    def _load(self, model, day):
        fields = ["name", "rate", "currency_id/.id"]
        return model.load(fields, [[day, "1.0", str(self.currency.id)]])

    def test_jalali_text(self):
        for number, text in enumerate(("1405/02/31", "1405-03-01", "۱۴۰۵/۰۳/۰۲")):
            result = self._load(self.as_persian(MODEL), text)
            self.assertFalse(result["messages"])
            rate = self.env[MODEL].browse(result["ids"])
            self.assertEqual(rate.name, date(2026, 5, 21 + number))

    def test_iso_text_stays(self):
        result = self._load(self.as_persian(MODEL), "2026-05-21")
        self.assertEqual(self.env[MODEL].browse(result["ids"]).name, date(2026, 5, 21))

    def test_days_that_do_not_exist(self):
        result = self._load(self.as_persian(MODEL), "1405/12/30")
        self.assertFalse(result["ids"])
        self.assertIn("1405/12/30", result["messages"][0]["message"])

    def test_english_users_have_no_jalali(self):
        result = self._load(self.as_english(MODEL), "1405-02-31")
        self.assertFalse(result["ids"])

    def test_times_are_those_of_the_user(self):
        converter = self.as_persian("ir.fields.converter")
        field = self.env["res.users"]._fields["create_date"]
        value, _warnings = converter._str_to_datetime(None, field, "1405/09/01", None)
        self.assertEqual(value, "2026-11-21 20:30:00")

    def test_screen_of_import(self):
        """base_import reads dates by itself first (it comes with web)."""
        if "base_import.import" not in self.env:
            return
        rows = [["date", "rate", "currency"], ["1405/02/31", "1.0", self.currency.name]]
        text = "\n".join(",".join(row) for row in rows)
        wizard = self.as_persian("base_import.import").create(
            {
                "res_model": MODEL,
                "file": text.encode(),
                "file_name": "rates.csv",
                "file_type": "text/csv",
            }
        )
        options = {
            "quoting": '"',
            "separator": ",",
            "has_headers": True,
            "date_format": "%Y/%m/%d",
        }
        columns = ["name", "rate", "currency_id"]
        result = wizard.execute_import(columns, rows[0], options)
        self.assertFalse(result["messages"])
        rate = self.env[MODEL].browse(result["ids"])
        self.assertEqual(rate.name, date(2026, 5, 21))


@tagged("post_install", "-at_install")
class TestGuard(RatesCase):
    def test_dates_before_1900_are_refused(self):
        slipped = self.rate_on(date(1405, 2, 28))
        with self.assertRaisesRegex(ValidationError, "1405-02-28"):
            SajadDateGuard._check_first_year(slipped, ["name", "rate"])
        slipped.name = date(1900, 1, 1)
        SajadDateGuard._check_first_year(slipped, ["name", "rate", "create_date"])
        slipped.name = False
        SajadDateGuard._check_first_year(slipped, ["name"])


@tagged("post_install", "-at_install")
class TestExport(RatesCase, HttpCase):
    def _export(self, user, kind, import_compat=False, groupby=()):
        rate = self.rate_on(date(2025, 3, 20))
        self.authenticate(user.login, user.login)
        data = {
            "model": MODEL,
            "fields": [
                {"name": "name", "label": "Date", "type": "date"},
                {"name": "rate", "label": "Rate", "type": "float"},
            ],
            "ids": rate.ids,
            "domain": [],
            "groupby": list(groupby),
            "import_compat": import_compat,
            "context": {"lang": user.lang},
        }
        response = self.url_open(f"/web/export/{kind}?data={quote(json.dumps(data))}")
        response.raise_for_status()
        return response.content

    def _csv(self, *args, **kwargs):
        content = self._export(*args, **kwargs).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(content)))

    def _xlsx(self, *args, **kwargs):
        content = self._export(*args, **kwargs)
        sheet = load_workbook(io.BytesIO(content)).active
        return [list(row) for row in sheet.iter_rows(values_only=True)]

    def test_a_true_date_and_a_jalali_text(self):
        header, row = self._xlsx(self.persian_user, "xlsx")
        self.assertEqual(len(header), 3)
        self.assertEqual(row, [datetime(2025, 3, 20), "1403/12/30", 1])

    def test_csv(self):
        _header, row = self._csv(self.persian_user, "csv")
        self.assertEqual(row, ["2025-03-20", "1403/12/30", "1.0"])

    def test_grouped(self):
        rows = self._xlsx(self.persian_user, "xlsx", groupby=["name:month"])
        self.assertIn("اسفند 1403", rows[1][0])
        self.assertEqual(rows[2], [datetime(2025, 3, 20), "1403/12/30", 1])

    def test_files_for_import_have_no_such_column(self):
        rows = self._csv(self.persian_user, "csv", import_compat=True)
        self.assertEqual(rows, [["name", "rate"], ["2025-03-20", "1.0"]])

    def test_english_users_see_no_difference(self):
        rows = self._csv(self.english_user, "csv")
        self.assertEqual(rows, [["Date", "Rate"], ["2025-03-20", "1.0"]])
