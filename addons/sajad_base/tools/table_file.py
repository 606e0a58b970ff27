"""Tables out of CSV, XLSX and old XLS files, as people and spreadsheets write them.

What a file is, its bytes say and not its name. Cells come back as trimmed texts, so
that the same list gives the same whichever way it was saved.
"""

import codecs
import csv
import io
import re
import warnings
import zipfile
from datetime import datetime, time
from itertools import islice
from typing import NamedTuple

import openpyxl
import xlrd

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# what it leaves out of a sheet, such as colours and lists of choices, is none of ours
warnings.filterwarnings("ignore", module="openpyxl")

# no sheet has more; a file may claim so
LAST_ROW = 1_048_576
# what an XLSX file may be when it is unpacked, and of how many parts
MAX_UNPACKED = 100 * 1024**2
MAX_PARTS = 1000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Persian systems of old write CSV in the code page of Windows
ENCODINGS = ("utf-8-sig", "cp1256")
DELIMITERS = ",;\t"
SEPARATOR = re.compile(r"\s*sep=(.)[ \t]*\r?\n", re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*"')
NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
# ="400110007" and '400110007 keep a number from being changed, 400110007.0 was changed
CHANGED = re.compile(r"""="([^"]*)"|'(\d.*)|(-?\d+)\.0""", re.DOTALL)

UNREADABLE = _lt(
    "The file is neither a CSV nor an Excel table, or it is damaged and cannot be "
    "read. Save it again as XLSX, or as CSV (UTF-8)."
)
WEB_PAGE = _lt(
    "The file is a web page under the name of a table. Open it in Excel and save it as "
    "XLSX."
)
PROTECTED = _lt("The file is protected by a password. Save it without one.")
TOO_MUCH = _lt(
    "The file holds far more than a list. Copy the list alone into a new file."
)


class Limits(NamedTuple):
    """How much of a table is read; rows without anything in them do not count."""

    max_rows: int = 20_000
    max_columns: int = 30  # what stands further on is left out
    max_size: int = 10 * 1024**2


class TableError(Exception):
    """The file cannot be read; with a lazy `sentence`, and the `row` if it is one."""

    def __init__(self, sentence, row=None):
        super().__init__(sentence)
        self.sentence = sentence
        self.row = row


def read_table(content, limits=None):
    """Return [(row number in the file, texts of its cells)] without what is empty.

    :param content: the bytes of the file
    :param limits: `Limits`
    :raise TableError: with a sentence for whoever chose the file; nothing else
    """
    limits = limits or Limits()
    if len(content) > limits.max_size:
        size = limits.max_size // 1024**2
        raise TableError(_lt("The file is larger than %(size)s MB.", size=size))
    if content.startswith(ZIP):
        read = _read_xlsx
    elif content.startswith(OLE):
        read = _read_xls
    else:
        read = _read_csv
    try:
        return read(content, limits)
    except TableError:
        raise
    # the readers of spreadsheets raise whatever a broken file makes them raise
    except Exception as error:  # noqa: BLE001
        raise TableError(UNREADABLE) from error


def _take(rows, limits):
    taken = []
    for number, cells in enumerate(rows, 1):
        texts = [_to_text(cell) for cell in cells[: limits.max_columns]]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if len(taken) == limits.max_rows:
            raise TableError(
                _lt("At most %(count)s rows at once.", count=limits.max_rows), number
            )
        taken.append((number, texts))
    return taken


def _to_text(value):
    """Return what a cell was meant to say."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    # spreadsheets keep numbers as decimals
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        if value.time() == time.min:
            return value.date().isoformat()
        return value.isoformat(" ", "seconds")
    text = str(value).strip()
    match = CHANGED.fullmatch(text)
    return match[match.lastindex].strip() if match else text


# ------------------------------------------------------------
# SPREADSHEETS
# ------------------------------------------------------------


def _read_xlsx(content, limits):
    _check_parts(content)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    # the size that the file claims to have is often wrong
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=limits.max_columns, values_only=True)
    return _take(islice(rows, LAST_ROW), limits)


def _check_parts(content):
    """Refuse what a small file would become when it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_UNPACKED:
        raise TableError(TOO_MUCH)


def _read_xls(content, limits):
    if ENCRYPTED in content:
        raise TableError(PROTECTED)
    try:
        # its notes on odd files are for nobody
        book = xlrd.open_workbook(
            file_contents=content,
            logfile=io.StringIO(),
            on_demand=True,
            ragged_rows=True,
        )
    except xlrd.XLRDError as error:
        raise TableError(
            PROTECTED if "encrypted" in str(error) else UNREADABLE
        ) from error
    sheet = book.sheet_by_index(0)
    return _take(
        (
            [_get_xls_value(cell, book.datemode) for cell in sheet.row(index)]
            for index in range(sheet.nrows)
        ),
        limits,
    )


def _get_xls_value(cell, datemode):
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#")
    return cell.value


# ------------------------------------------------------------
# TEXT
# ------------------------------------------------------------


def _read_csv(content, limits):
    text = _decode(content)
    if text.lstrip().startswith("<"):
        raise TableError(WEB_PAGE)
    if text.startswith("%PDF") or NO_TEXT.search(text):
        raise TableError(UNREADABLE)
    delimiter = _find_delimiter(text)
    if match := SEPARATOR.match(text):
        # a line for spreadsheets, which do not count it
        delimiter, text = match[1], text[match.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _take(_read_records(reader), limits)


def _decode(content):
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(UNREADABLE)


def _find_delimiter(text):
    """Return what stands between the cells of the first row that has several."""
    for line in text[:10_000].splitlines():
        line = QUOTED.sub("", line)
        delimiter = max(DELIMITERS, key=line.count)
        if delimiter in line:
            return delimiter
    return DELIMITERS[0]


def _read_records(reader):
    row = 1
    try:
        for record in reader:
            yield record
            row += 1
    except csv.Error as error:
        raise TableError(
            _lt(
                "Row %(row)s cannot be read: a quotation mark is not closed or not "
                "doubled, or a cell is too long.",
                row=row,
            ),
            row,
        ) from error
