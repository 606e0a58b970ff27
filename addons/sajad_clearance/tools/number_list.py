"""Student numbers of a list that somebody typed, copied or exported (row B11)."""

import csv
import io
import re
import zipfile

import openpyxl

from odoo.addons.sajad_base.tools.normalize import fold_word, normalize_number

MAX_SIZE = 5 * 1024 * 1024
# heads of the column, folded: spaces, half spaces and Arabic letters do not matter
HEADS = {
    fold_word(text)
    for text in (
        "شماره دانشجویی",
        "شماره‌ی دانشجویی",
        "شماره دانشجو",
        "کد دانشجویی",
        "student number",
        "student_number",
        "student no",
        "student id",
    )
}
# how Excel and Persian systems write CSV
ENCODINGS = ("utf-8-sig", "utf-16", "cp1256")


class FileProblem(Exception):
    """A file that cannot be read: its `kind` is kind, size or broken."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


def read_text(text):
    """Return [(line, number)] of typed lines; several in a line are told apart."""
    return [
        (row, number)
        for row, line in enumerate(text.splitlines(), start=1)
        for number in re.split(r"[,;،؛\t]+|\s+", line)
        if normalize_number(number)
    ]


def read_file(content, name):
    """Return [(row, number)] of a CSV or XLSX file.

    The column is the one whose head says so, else the first one.

    :raise FileProblem: too large, of another kind, or broken
    """
    if len(content) > MAX_SIZE:
        raise FileProblem("size")
    name = name.lower()
    if name.endswith((".xlsx", ".xlsm")):
        rows = _read_xlsx(content)
    elif name.endswith((".csv", ".txt")):
        rows = _read_csv(content)
    else:
        raise FileProblem("kind")
    return _pick_column(rows)


def _read_xlsx(content):
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        sheet = book.worksheets[0]
        return [[_to_text(value) for value in row] for row in sheet.values]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise FileProblem("broken") from error


def _to_text(value):
    if value is None:
        return ""
    # spreadsheets keep numbers as decimals
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _read_csv(content):
    # other texts are read as UTF-16 as well, and give nonsense
    encodings = [
        e
        for e in ENCODINGS
        if e != "utf-16" or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    ]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        delimiter = max(",;\t", key=text.count)
        try:
            return list(csv.reader(io.StringIO(text), delimiter=delimiter))
        except csv.Error as error:
            raise FileProblem("broken") from error
    raise FileProblem("broken")


def _pick_column(rows):
    column = 0
    start = 0
    for index, row in enumerate(rows[:10]):
        heads = [number for number, cell in enumerate(row) if fold_word(cell) in HEADS]
        if heads:
            column, start = heads[0], index + 1
            break
    found = []
    for number, row in enumerate(rows[start:], start=start + 1):
        cell = normalize_number(row[column]) if column < len(row) else ""
        # a head in other words
        if cell and (found or start or re.search(r"\d", cell)):
            found.append((number, cell))
    return found
