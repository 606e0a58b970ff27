"""A list of holds as a table: what its columns and kinds are called (row B7)."""

from odoo.tools.translate import LazyTranslate

from odoo.addons.sajad_base.tools.table_file import Limits, TableError, read_table
from odoo.addons.sajad_persian.tools.normalize import fold_word

_lt = LazyTranslate(__name__)

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


REQUIRED = {"student_number", "description"}
NO_ROW = _lt("There is no row in the file.")
NO_COLUMNS = _lt(
    "The first row names the columns: at least the student number and the "
    "description. Use the template."
)


def read_rows(content, max_rows):
    """Return [(row number in the file, {column: text})] of a list of holds.

    :raise TableError: the content is no table, or has not the columns
    """
    # the names of the columns are a row, too
    table = read_table(content, Limits(max_rows=max_rows + 1))
    if not table:
        raise TableError(NO_ROW)
    names = [COLUMNS.get(fold_word(text)) for text in table[0][1]]
    if not REQUIRED.issubset(names):
        raise TableError(NO_COLUMNS, table[0][0])
    if len(table) == 1:
        raise TableError(NO_ROW)
    return [(number, _name_cells(names, texts)) for number, texts in table[1:]]


def _name_cells(names, texts):
    """Return {column: text} of the cells that say something."""
    pairs = zip(names, texts, strict=False)
    row = {name: text for name, text in pairs if name and text}
    if "kind" in row:
        row["kind"] = KIND_CODES.get(fold_word(row["kind"]), row["kind"])
    return row
