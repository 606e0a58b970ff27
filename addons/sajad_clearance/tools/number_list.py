"""Student numbers of a list that somebody typed, copied or exported (row B11)."""

import re

from odoo.addons.sajad_base.tools.list_file import Columns, find_head
from odoo.addons.sajad_base.tools.table_file import Limits, read_sheets
from odoo.addons.sajad_persian.tools.normalize import normalize_number

COLUMNS = Columns(
    {
        "number": (
            "شماره دانشجویی",
            "شماره‌ی دانشجویی",
            "شماره دانشجو",
            "کد دانشجویی",
            "student number",
            "student_number",
            "student no",
            "student id",
        )
    },
    ["number"],
)
LIMITS = Limits(max_size=5 * 1024**2, max_rows=50_000)


def read_text(text):
    """Return [(line, number)] of typed lines; several in a line are told apart."""
    return [
        (row, number)
        for row, line in enumerate(text.splitlines(), start=1)
        for number in re.split(r"[,;،؛\t]+|\s+", line)
        if normalize_number(number)
    ]


def read_file(content):
    """Return [(row, number)] of a table.

    The column is the one whose head says so, else the first one.

    :raise TableError: too large, no table, or broken
    """
    sheets = [sheet for sheet in read_sheets(content, LIMITS) if sheet.rows]
    if not sheets:
        return []
    sheet, head = find_head(sheets, COLUMNS)
    # without a head the first column of the first sheet
    sheet, column = sheet or sheets[0], next(iter(head.names)) if head else 0
    found = []
    for row, texts in sheet.rows:
        if head and row <= head.row:
            continue
        number = normalize_number(texts[column]) if column < len(texts) else ""
        # a head in other words
        if number and (found or head or re.search(r"\d", number)):
            found.append((row, number))
    return found
