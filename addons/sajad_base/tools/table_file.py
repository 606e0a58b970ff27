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

import xlrd
from lxml import etree

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
DELIMITERS = ",;\t|"
SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?[ \t]*\r?\n", re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*"')
NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
# ="400110007" and '400110007 keep a number from being changed, 400110007.0 was changed
CHANGED = re.compile(r"""="([^"]*)"|'(\d.*)|(-?\d+)\.0""", re.DOTALL)

# what a formula shows that could not be computed
FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
# a cell whose formula was never computed, and its row
UNCOMPUTED = re.compile(
    rb'<c r="[A-Z]+(\d+)"(?![^>]* t="str")[^>]*><f[^>]*?(?:/>|>[^<]*</f>)'
    rb"(?:<v\s*/>|<v></v>)?</c>"
)

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


class Sheet(NamedTuple):
    """A sheet of a file; a file of text has one."""

    name: str
    rows: list  # [(row number in the file, texts of its cells)], without empty ones
    is_text: bool = False  # a sign too much in a row moves its cells


class TableError(Exception):
    """The file cannot be read; with a lazy `sentence`, and the `row` if it is one."""

    def __init__(self, sentence, row=None):
        super().__init__(sentence)
        self.sentence = sentence
        self.row = row


def read_table(content, limits=None):
    """Return [(row number, texts of its cells)] of the first sheet with anything in it.

    :param content: the bytes of the file
    :param limits: `Limits`
    :raise TableError: with a sentence for whoever chose the file; nothing else
    """
    return next((s.rows for s in read_sheets(content, limits) if s.rows), [])


def read_sheets(content, limits=None):
    """Return a list of `Sheet`, those that are hidden left out.

    :raise TableError: as `read_table`
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
        texts = [to_text(cell) for cell in cells[: limits.max_columns]]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if len(taken) == limits.max_rows:
            raise TableError(
                _lt("At most %(count)s rows at once.", count=limits.max_rows), number
            )
        for text in texts:
            if text.startswith("#") and FAILED.fullmatch(text):
                raise TableError(
                    _lt(
                        "Row %(row)s: a formula shows the error %(text)s.",
                        row=number,
                        text=text,
                    ),
                    number,
                )
        taken.append((number, texts))
    return taken


def to_text(value):
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
    if not text.endswith(".0") and not text.startswith(("=", "'")):
        # nearly all are as they were typed
        return text
    match = CHANGED.fullmatch(text)
    return match[match.lastindex].strip() if match else text


# ------------------------------------------------------------
# SPREADSHEETS
# ------------------------------------------------------------


def _read_xlsx(content, limits):
    _check_parts(content)
    book = _load_book(content)
    if not book.worksheets:
        raise TableError(UNREADABLE)
    return [
        Sheet(sheet.title, _read_xlsx_sheet(sheet, limits))
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
    ]


def _load_book(content):
    import openpyxl  # 4 MB of a worker, which most of them never need

    def load(content):
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )

    try:
        return load(content)
    # other programs write styles that openpyxl has no place for
    except Exception:  # noqa: BLE001
        return load(_drop_styles(content))


def _drop_styles(content):
    """Return the file without looks; how numbers are shown tells what is a date."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/styles.xml":
                part = _keep_formats(part)
            target.writestr(name, part)
    return stream.getvalue()


def _keep_formats(part):
    """Return styles with the formats of numbers alone."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(part, parser)
    space = root.tag.removesuffix("styleSheet")
    for child in root:
        if child.tag not in (f"{space}numFmts", f"{space}cellXfs"):
            root.remove(child)
    for style in root.iter(f"{space}xf"):
        number_format = style.get("numFmtId", "0")
        style.clear()
        style.set("numFmtId", number_format)
    return etree.tostring(root)


def _read_xlsx_sheet(sheet, limits):
    _check_computed(sheet)
    # the size that the file claims to have is often wrong
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=limits.max_columns, values_only=True)
    return _take(islice(rows, LAST_ROW), limits)


def _check_computed(sheet):
    """Refuse formulas that no program has computed: their cells would be missing."""
    with sheet._get_source() as source:
        match = UNCOMPUTED.search(source.read())
    if match:
        row = int(match[1])
        raise TableError(
            _lt(
                "Row %(row)s: a formula has not been computed. Open the file in Excel "
                "and save it.",
                row=row,
            ),
            row,
        )


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
    return [
        Sheet(sheet.name, _read_xls_sheet(sheet, book.datemode, limits))
        for sheet in book.sheets()
        if not sheet.visibility
    ]


def _read_xls_sheet(sheet, datemode, limits):
    rows = (
        [_get_xls_value(cell, datemode) for cell in sheet.row(index)]
        for index in range(sheet.nrows)
    )
    return _take(rows, limits)


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
    return [Sheet("", _take(_read_records(reader), limits), is_text=True)]


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
    """Return what stands between cells: what most of the first rows have.

    A title, and a text between quotation marks, may have other signs in it.
    """
    lines = [QUOTED.sub("", line) for line in text[:10_000].splitlines()[:30]]
    first = next((n for n in lines if any(sign in n for sign in DELIMITERS)), "")
    return max(
        DELIMITERS,
        key=lambda sign: (sum(sign in line for line in lines), first.count(sign)),
    )


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
