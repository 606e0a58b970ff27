import base64
import contextlib
import io
import zipfile
from datetime import date, datetime

import openpyxl
import xlwt

from odoo.tests import TransactionCase, tagged

from ..tools.table_file import Limits, TableError, read_table

NUMBER = "400110007"
TEXT = "شماره,نام\n۴۰۰,علی\n"
EXPECTED = [(1, ["شماره", "نام"]), (2, ["۴۰۰", "علی"])]


def make_xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in book.active:
        for cell in row:
            # text that looks like a formula is none
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_xls(*rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(number, column, value, day)
            else:
                sheet.write(number, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestTableFile(TransactionCase):
    """One reader of tables for every list that comes in."""

    def read_rows(self, content, **limits):
        content = content.encode() if isinstance(content, str) else content
        return read_table(content, Limits(**limits))

    def assertRefused(self, content, word, **limits):
        with self.assertRaises(TableError) as caught:
            self.read_rows(content, **limits)
        self.assertIn(word, self.env._(caught.exception.sentence))
        return caught.exception.row

    # ------------------------------------------------------------
    # TEXT
    # ------------------------------------------------------------

    def test_encodings(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            with self.subTest(encoding):
                self.assertEqual(self.read_rows(TEXT.encode(encoding)), EXPECTED)
        arabic = TEXT.replace("ی", "ي").replace("۴۰۰", "400")
        self.assertEqual(
            self.read_rows(arabic.encode("cp1256")),
            [(1, ["شماره", "نام"]), (2, ["400", "علي"])],
        )

    def test_separators(self):
        for sign in ",;\t":
            with self.subTest(sign):
                text = TEXT.replace(",", sign).replace("\n", "\r\n")
                self.assertEqual(self.read_rows(text), EXPECTED)
        # told by the file, not counted as a row
        self.assertEqual(self.read_rows("\ufeffsep=;\r\na;b,c\n"), [(1, ["a", "b,c"])])
        # a title stands alone, a sign between quotation marks is text
        self.assertEqual(
            self.read_rows('Title\n"a,b,c";d\n'), [(1, ["Title"]), (2, ["a,b,c", "d"])]
        )
        self.assertEqual(self.read_rows("770\n771\n"), [(1, ["770"]), (2, ["771"])])

    def test_rows_keep_their_numbers(self):
        self.assertEqual(
            self.read_rows('a,b\n\n , \n"c\nc",d\ne'),
            [(1, ["a", "b"]), (4, ["c\nc", "d"]), (5, ["e"])],
        )
        self.assertFalse(self.read_rows(""))
        self.assertFalse(self.read_rows("\n , \n"))

    def test_open_quotation_mark(self):
        row = self.assertRefused('a,b\nc,d\n"e,f\ng,h\n', "Row 3")
        self.assertEqual(row, 3)

    # ------------------------------------------------------------
    # WHAT SPREADSHEETS DO
    # ------------------------------------------------------------

    def test_numbers_come_back(self):
        for text in (NUMBER, f" {NUMBER}.0 ", f'="{NUMBER}"', f"'{NUMBER}"):
            with self.subTest(text):
                quoted = text.replace('"', '""')
                self.assertEqual(self.read_rows(f'"{quoted}"'), [(1, [NUMBER])])
                self.assertEqual(self.read_rows(make_xlsx([text])), [(1, [NUMBER])])
                self.assertEqual(self.read_rows(make_xls([text])), [(1, [NUMBER])])
        # as text it is left alone
        for text in ("0012", "12.50", "'quoted'", "-", "4.0011E+08"):
            self.assertEqual(self.read_rows(make_xlsx([text])), [(1, [text])])

    def test_cells_of_spreadsheets(self):
        row = [400110007, 400110007.0, 12.5, True, date(2026, 9, 22), " x ", None, -3]
        texts = [NUMBER, NUMBER, "12.5", "TRUE", "2026-09-22", "x"]
        for make in (make_xlsx, make_xls):
            with self.subTest(make.__name__):
                ((number, found),) = self.read_rows(make([], row))
                self.assertEqual(number, 2)
                self.assertEqual(found, [*texts, "", "-3"])
        moment = datetime(2026, 9, 22, 10, 30)
        ((_number, found),) = self.read_rows(make_xlsx([moment]))
        self.assertEqual(found[0], "2026-09-22 10:30:00")

    def test_told_by_its_bytes(self):
        sheet = [["شماره", "نام"], ["۴۰۰", "علی"]]
        for content in (TEXT.encode(), make_xlsx(*sheet), make_xls(*sheet)):
            self.assertEqual(self.read_rows(content), EXPECTED)

    def test_wrong_size_of_the_sheet(self):
        """Some exports say that a sheet is A1:A1, whatever is in it."""
        content = self.change_sheet(
            make_xlsx(["a", "b"], ["c", "d"]), b'ref="A1:B2"', b'ref="A1:A1"'
        )
        self.assertEqual(
            [r[1][:2] for r in self.read_rows(content)], [["a", "b"], ["c", "d"]]
        )

    # ------------------------------------------------------------
    # LIMITS
    # ------------------------------------------------------------

    def test_limits(self):
        rows = [[str(n)] for n in range(6)]
        for content in ("\n\n".join(r[0] for r in rows), make_xlsx(*rows)):
            self.assertEqual(len(self.read_rows(content, max_rows=6)), 6)
            self.assertTrue(self.assertRefused(content, "At most 5 rows", max_rows=5))
        wide = [str(n) for n in range(50)]
        for content in (",".join(wide), make_xlsx(wide), make_xls(wide)):
            ((_row, texts),) = self.read_rows(content, max_columns=7)
            self.assertEqual(texts, wide[:7])
        self.assertRefused(b"x" * (1024**2 + 1), "1 MB", max_size=1024**2)

    def change_sheet(self, content, before, after):
        """Return the file with other bytes in its first sheet."""
        stream = io.BytesIO()
        source = zipfile.ZipFile(io.BytesIO(content))
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                part = source.read(name)
                if name.endswith("sheet1.xml"):
                    self.assertIn(before, part)
                    part = part.replace(before, after)
                target.writestr(name, part)
        return stream.getvalue()

    def test_bombs(self):
        """A small file stays small: unpacked, and by what it says of its rows."""
        padding = b"<!--" + b" " * 120 * 1024**2 + b"--></worksheet>"
        content = self.change_sheet(make_xlsx(["a"]), b"</worksheet>", padding)
        self.assertLess(len(content), 1024**2)
        self.assertRefused(content, "far more than a list")
        content = self.change_sheet(
            make_xlsx(["a"], ["b"]), b'<row r="2"', b'<row r="2000000000"'
        )
        self.assertEqual([row for row, _texts in self.read_rows(content)], [1])

    def test_no_tables(self):
        png = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAA"
        )
        xlsx, xls = make_xlsx(["a"]), make_xls(["a"])
        for content in (
            b"%PDF-1.4 text",
            png,
            b"PK\x03\x04 broken",
            xlsx[: len(xlsx) // 2],
            xlsx.replace(b"worksheets", b"worksheetz"),
            xls[:600],
            xls[:8] + b"\0" * 2000,
            b"a,b\x00c",
            b"\xff\xfea",
        ):
            with self.subTest(content[:20]):
                self.assertRefused(content, "neither")
        for content in ("<html><table>", "\n <?xml version='1.0'?>"):
            self.assertRefused(content, "web page")
        locked = xls[:512] + "EncryptedPackage".encode("utf-16-le") + xls[512:]
        self.assertRefused(locked, "password")

    def test_broken_bytes_raise_nothing_else(self):
        for content in (make_xls(["a", 1.5]), make_xlsx(["a", 1.5])):
            for position in range(8, len(content), max(len(content) // 60, 1)):
                broken = content[:position] + b"\xff\x00\x7f" + content[position + 3 :]
                with contextlib.suppress(TableError):
                    self.read_rows(broken)
