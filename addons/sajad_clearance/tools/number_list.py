"""Student numbers of a list that somebody typed, copied or exported (row B11)."""

import re

from odoo.addons.sajad_base.tools.table_file import Limits, read_table
from odoo.addons.sajad_persian.tools.normalize import fold_word, normalize_number

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
    table = read_table(content, LIMITS)
    column, head_row = _find_column(table[:10])
    found = []
    for row, texts in table:
        if row <= head_row:
            continue
        number = normalize_number(texts[column]) if column < len(texts) else ""
        # a head in other words
        if number and (found or head_row or re.search(r"\d", number)):
            found.append((row, number))
    return found


def _find_column(rows):
    """Return where the numbers stand: (column, row of its head or 0)."""
    for row, texts in rows:
        for column, text in enumerate(texts):
            if fold_word(text) in HEADS:
                return column, row
    return 0, 0
