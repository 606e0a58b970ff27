"""Tables out of CSV and XLSX files, as people and spreadsheets write them."""

import csv
import io
import zipfile

import openpyxl

from odoo.addons.sajad_base.tools.normalize import fold_word

MAX_COLUMNS = 30
ENCODINGS = ("utf-8-sig", "utf-16", "cp1256")
# what the columns are called, folded as searches fold; the first is the template's
HEADERS = {
    "student_number": ("شماره دانشجویی", "دانشجو", "student_number", "student number"),
    "kind": ("نوع", "نوع بدهی", "kind"),
    "description": ("شرح", "شرح بدهی", "توضیحات", "عنوان", "description"),
    "amount": ("مبلغ", "مبلغ (ریال)", "مبلغ به ریال", "بدهی", "amount"),
    "date": ("تاریخ", "date"),
    "external_id": ("شماره بیرونی", "شماره در سامانه", "شناسه", "external_id"),
    "item_reference": ("شماره کالا", "شماره کتاب", "شماره سند", "item_reference"),
}
KINDS = {
    "debt": ("بدهی", "بدهی مالی", "debt"),
    "item": ("امانت", "کالای امانی", "کتاب", "کالا", "item"),
    "document": ("مدرک", "سند", "document"),
    "discipline": ("انضباطی", "پرونده انضباطی", "discipline"),
}
COLUMNS = {fold_word(t): name for name, texts in HEADERS.items() for t in texts}
KIND_CODES = {fold_word(t): name for name, texts in KINDS.items() for t in texts}


class ListFileError(Exception):
    """The file is no table; `kind` says why: type, empty, columns or rows."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


def read_rows(content, max_rows):
    """Return [(row number in the file, {column: value})] of a CSV or XLSX file.

    :raise ListFileError: the content is neither, or has not the columns
    """
    table = (
        _read_xlsx(content, max_rows) if content[:2] == b"PK" else _read_csv(content)
    )
    header, rows = None, []
    for number, cells in enumerate(table, 1):
        cells = cells[:MAX_COLUMNS]
        if not any(cell not in (None, "") for cell in cells):
            continue
        if header is None:
            header = [COLUMNS.get(fold_word(str(cell or ""))) for cell in cells]
            continue
        row = {
            name: cell
            for name, cell in zip(header, cells, strict=False)
            if name and cell not in (None, "")
        }
        if "kind" in row:
            row["kind"] = KIND_CODES.get(fold_word(str(row["kind"])), row["kind"])
        rows.append((number, row))
        if len(rows) > max_rows:
            raise ListFileError("rows")
    if header is None:
        raise ListFileError("empty")
    if not {"student_number", "description"} <= set(header):
        raise ListFileError("columns")
    if not rows:
        raise ListFileError("empty")
    return rows


def _read_xlsx(content, max_rows):
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        sheet = book.worksheets[0]
        return [
            list(cells)
            for cells in sheet.iter_rows(
                values_only=True, max_col=MAX_COLUMNS, max_row=max_rows + 100
            )
        ]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise ListFileError("type") from error


def _read_csv(content):
    text = None
    for encoding in ENCODINGS:
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\x00" in text:
        raise ListFileError("type")
    head = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise ListFileError("type") from error
