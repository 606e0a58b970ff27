from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..tools.clock import get_country_today
from .common import SajadCommon

COLUMNS = ["id", "birth_date", "entry_year"]
# (birth date, entry year, what is said)
REFUSED = (
    ("25/11/1382", "1401", "year comes first"),
    ("02/03/2004", "1401", "year comes first"),
    ("1382/11/25", "82.5", "whole number"),
    ("1382/11/25", "1.401", "whole number"),
    ("1382/11/25", "401", "1300 to next year"),
    ("1382/11/25", "2004", "1300 to next year"),
    ("1402/11/25", "1401", "10 to 110 years"),
    ("2999-01-01", "1401", "10 to 110 years"),
)


@tagged("post_install", "-at_install")
class TestOdooImport(SajadCommon):
    """Odoo's import reads our models as when they are typed (row A7 of dates)."""

    def run_import(self, rows, dryrun=False, user=None):
        wizard = (
            self.env["base_import.import"]
            .with_user(user or self.user_admin)
            .create(
                {
                    "res_model": "sajad.student",
                    "file": "\n".join(",".join(row) for row in rows).encode(),
                    "file_name": "students.csv",
                    "file_type": "text/csv",
                }
            )
        )
        # the format that Odoo guesses from the column
        options = {"quoting": '"', "separator": ",", "date_format": "%d/%m/%Y"}
        return wizard.execute_import(COLUMNS, COLUMNS, options, dryrun=dryrun)

    def setUp(self):
        super().setUp()
        self.key = self.student.export_data(["id"])["datas"][0][0]

    def test_dates_as_typed(self):
        jalali = self.user_admin.copy({"login": "t_fa"})
        self.env["res.lang"]._activate_lang("fa_IR")
        jalali.lang = "fa_IR"
        for user in (self.user_admin, jalali):
            for text in ("82/11/25", "۸۲/۱۱/۲۵", "1382/11/25", "2004-02-14"):
                with self.subTest(text, user=user.login):
                    self.student.write({"birth_date": False, "entry_year": 0})
                    result = self.run_import([[self.key, text, "۱۴۰۱"]], user=user)
                    self.assertFalse(result["messages"])
                    self.assertEqual(self.student.birth_date, date(2004, 2, 14))
                    self.assertEqual(self.student.entry_year, 1401)

    def test_refused_in_a_dry_run(self):
        for day, year, words in REFUSED:
            with self.subTest(day=day, year=year):
                result = self.run_import([[self.key, day, year]], dryrun=True)
                self.assertIn(words, str(result["messages"]))
                self.assertFalse(self.student.birth_date)

    def test_the_form_asks_the_same(self):
        for values in (
            {"entry_year": 401},
            {"birth_date": "2999-01-01"},
            {"birth_date": get_country_today()},
            {"student_number": "شماره"},
            {"father_name": "123"},
            {"birth_certificate_number": "12a"},
            {"birth_place": "x" * 101},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.student.write(values)
