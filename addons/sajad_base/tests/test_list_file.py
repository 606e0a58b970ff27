import io
import re
import zipfile
from datetime import date

import openpyxl

from odoo.tests import TransactionCase, tagged

from ..tools.list_file import Columns, read_list
from ..tools.table_file import TableError
from .test_table_file import make_xls, make_xlsx

COLUMNS = Columns(
    {
        "number": ("شماره دانشجویی", "student number"),
        "first": ("نام",),
        "last": ("نام خانوادگی", "مشخصات خانوادگی"),
        "amount": ("مبلغ", "مبلغ (ریال)"),
    },
    ["number"],
)
HEAD = ["شماره دانشجویی", "نام", "مبلغ"]
ROW = ["400110007", "علی", "250"]
CELLS = {"number": "400110007", "first": "علی", "amount": "250"}


def make_book(**sheets):
    """Return an XLSX file with sheets of these names and rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def change_part(content, name, change):
    """Return the file with one of its parts changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for part in source.namelist():
            data = source.read(part)
            target.writestr(part, change(data) if part == name else data)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestListFile(TransactionCase):
    """Lists as other programs write them: read rightly, or refused in words."""

    def read_file(self, content):
        content = content.encode() if isinstance(content, str) else content
        return read_list(content, COLUMNS)

    def assertRead(self, content, row=2, cells=None):
        _head, rows = self.read_file(content)
        self.assertEqual([(r.number, r.cells) for r in rows], [(row, cells or CELLS)])

    def assertRefused(self, content, words, row=None):
        with self.assertRaises(TableError) as caught:
            self.read_file(content)
        self.assertIn(words, self.env._(caught.exception.sentence))
        self.assertEqual(caught.exception.row, row)

    def test_headings(self):
        for head in (
            HEAD,
            ["شماره‌ي دانشجويي".replace("‌ي", ""), "نام:", "مبلغ(ریال)"],
            ["Student  Number", "نـام", "مبلغ ( ريال )"],
        ):
            with self.subTest(head):
                self.assertRead(make_xlsx(head, ROW))
                self.assertRead(make_xls(head, ROW))
        head, _rows = self.read_file(make_xlsx([*HEAD, "رنگ"], ROW))
        self.assertEqual(head.unknown, ["رنگ"])
        self.assertRefused(make_xlsx(["نام"], ["علی"]), "شماره دانشجویی")
        self.assertRefused(make_xlsx(HEAD), "no row")
        self.assertRefused("", "no row")

    def test_titles_and_repeated_heads(self):
        self.assertRead(
            make_xlsx(["فهرست", None], [], ["تاریخ: 1405/01/01"], HEAD, ROW, HEAD), 5
        )
        self.assertRead(
            "فهرست, نیمسال ۱\n;;\n" + ";".join(HEAD) + "\n" + ";".join(ROW), 4
        )
        self.assertRead("sep=;\n" + ";".join(HEAD) + "\n" + ";".join(ROW))
        self.assertRead('"sep=|"\n' + "|".join(HEAD) + "\n" + "|".join(ROW))

    def test_heads_of_two_rows(self):
        above = ["شماره دانشجویی", "مشخصات", None, "مبلغ"]
        below = [None, "نام", "خانوادگی"]
        self.assertRead(
            make_xlsx(["فهرست"], above, below, ["1", "علی", "رضایی", "250"]),
            4,
            {"number": "1", "first": "علی", "last": "رضایی", "amount": "250"},
        )

    def test_sheets(self):
        cover = [["راهنما"], ["این فهرست..."]]
        self.assertRead(make_book(Cover=cover, List=[HEAD, ROW]))
        self.assertRead(make_book(Empty=[], List=[HEAD, ROW]))
        both = make_book(A=[HEAD, ROW], B=[HEAD, ROW])
        self.assertRefused(both, "Several sheets")
        with self.assertRaises(TableError) as caught:
            self.read_file(both)
        self.env["res.lang"]._activate_lang("fa_IR")
        persian = self.env(context={"lang": "fa_IR"})
        self.assertRegex(persian._(caught.exception.sentence), "A(،| و) ?\u200f? ?B")
        hidden = change_part(
            both,
            "xl/workbook.xml",
            lambda part: part.replace(
                b'name="B" sheetId="2" state="visible"',
                b'name="B" sheetId="2" state="hidden"',
            ),
        )
        self.assertNotEqual(hidden, both)
        self.assertRead(hidden)

    def test_two_columns_of_a_name(self):
        self.assertRefused(make_xlsx([*HEAD, "مبلغ"], ROW), "two columns", 1)
        # in other words: the usual one
        self.assertRead(make_xlsx([*HEAD, "مبلغ (ریال)"], [*ROW, "9"]))

    def test_changed_numbers(self):
        for text in ('="400110007"', "'400110007", "400110007.0", 400110007.0):
            self.assertRead(make_xlsx(HEAD, [text, *ROW[1:]]))

    def test_styles_of_other_programs(self):
        """An empty fill, and whatever else openpyxl has no place for."""
        content = make_xlsx(HEAD, ROW)
        for pattern, text in (
            (rb"<fill>.*?</fill>", b"<fill/>"),
            (rb"<fill>.*?</fill>", b"<fill></fill>"),
            (rb"<font>.*?</font>", b"<font><sz val='big'/></font>"),
        ):
            with self.subTest(text):
                changed = change_part(
                    content,
                    "xl/styles.xml",
                    lambda part, pattern=pattern, text=text: re.sub(
                        pattern, text, part, flags=re.DOTALL
                    ),
                )
                with self.assertRaises(Exception):  # noqa: B017
                    openpyxl.load_workbook(io.BytesIO(changed))
                self.assertRead(changed)
        # what is a date is still known
        day = make_xlsx(HEAD, [date(2026, 9, 22), *ROW[1:]])
        changed = change_part(
            day, "xl/styles.xml", lambda part: part.replace(b"<fill>", b"<fill/><fill>")
        )
        self.assertRead(changed, cells={**CELLS, "number": "2026-09-22"})

    def test_formulas(self):
        book = openpyxl.Workbook()
        book.active.append(HEAD)
        book.active.append(["400110007", "علی", "=1+1"])
        stream = io.BytesIO()
        book.save(stream)
        self.assertRefused(stream.getvalue(), "not been computed", 2)
        for error in ("#N/A", "#REF!", "#VALUE!"):
            self.assertRefused(make_xlsx(HEAD, ["1", "علی", error]), error, 2)

    def test_cells_that_moved(self):
        _head, rows = self.read_file(",".join(HEAD) + "\n1,علی,12,500,000\n2,علی,5,\n")
        self.assertEqual([bool(row.problem) for row in rows], [True, False])
        # beside a spreadsheet's list may stand notes
        _head, rows = self.read_file(make_xlsx(HEAD, [*ROW, None, "یادداشت"]))
        self.assertFalse(rows[0].problem)
