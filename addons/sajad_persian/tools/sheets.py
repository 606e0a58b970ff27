"""Names and directions of the sheets of a workbook."""

import io
import re

# what spreadsheets take
LENGTH = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


def get_sheet_name(text):
    """Return a text as spreadsheets take the name of a sheet, never empty."""
    name = FORBIDDEN.sub(" ", text or "")[:LENGTH]
    return name.strip(" '") or "1"


def turn_right_to_left(content):
    """Return a workbook whose sheets run from the right."""
    from openpyxl import load_workbook  # 4 MB of a worker, which most never need

    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        sheet.sheet_view.rightToLeft = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
