"""A list of holds as a table: what its columns and kinds are called (row B7)."""

from odoo.addons.sajad_base.tools.list_file import Columns, read_list
from odoo.addons.sajad_base.tools.table_file import Limits
from odoo.addons.sajad_persian.tools.normalize import fold_word

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
KIND_CODES = {fold_word(t): name for name, texts in KINDS.items() for t in texts}
COLUMNS = Columns(HEADERS, ["student_number", "description"])


def read_rows(content, max_rows):
    """Return the `ListRow`s of a list of holds, with the codes of the kinds.

    :raise TableError: the content is no table, or has not the columns
    """
    _head, rows = read_list(content, COLUMNS, Limits(max_rows, max_columns=100))
    for row in rows:
        if kind := row.cells.get("kind"):
            row.cells["kind"] = KIND_CODES.get(fold_word(kind), kind)
    return rows
