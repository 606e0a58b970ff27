"""Lists with named columns out of tables: the one reader of every import.

Above the names of the columns may stand titles, the names may take two rows, and the
list may be on any sheet. What does not fit is told with its row, never left out.
"""

from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

from odoo.addons.sajad_persian.tools.normalize import fold_word

from .sentences import within_quotes
from .table_file import Limits, TableError, read_sheets

_lt = LazyTranslate(__name__)

# how far down the names of the columns are looked for
HEAD_ROWS = 20
NO_ROW = _lt("There is no row in the file.")
MOVED = _lt(
    "The row has more cells than columns: a separator stands inside a cell without "
    "quotation marks."
)


class Columns:
    """What the columns of a list may be called."""

    def __init__(self, headings, required):
        """Take {name: headings, the usual one first}, and the names that must be."""
        self.headings = headings
        self.required = set(required)
        self._names = {
            fold_heading(text): (rank, name)
            for name, texts in headings.items()
            for rank, text in enumerate(texts)
        }

    def find(self, texts):
        """Return {column: (rank, name)} of the cells that name columns."""
        found = {index: self._names.get(fold_heading(t)) for index, t in texts.items()}
        return {index: match for index, match in found.items() if match}


class Head(NamedTuple):
    """Where the names of the columns stand."""

    row: int  # the last of its rows
    names: dict  # {column: name}
    texts: list  # of that row
    unknown: list  # headings of columns that nothing is known of


class ListRow(NamedTuple):
    """A row of a list."""

    number: int  # in the file
    cells: dict  # {name: text}, of cells that say something
    problem: object = None  # lazy sentence


def fold_heading(text):
    """Return a heading as it is compared: signs and spaces do not matter."""
    return "".join(char for char in fold_word(text) if char.isalnum())


def read_list(content, columns, limits=None):
    """Return (Head, [ListRow]) of the one list in a file.

    :param content: the bytes of the file
    :param columns: `Columns`
    :raise TableError: with a sentence for whoever chose the file
    """
    # the names of the columns are rows, too
    limits = limits or Limits(max_columns=100)
    limits = limits._replace(max_rows=limits.max_rows + HEAD_ROWS)
    sheets = [sheet for sheet in read_sheets(content, limits) if sheet.rows]
    if not sheets:
        raise TableError(NO_ROW)
    sheet, head = find_head(sheets, columns)
    if not head:
        names = [columns.headings[name][0] for name in columns.required]
        raise TableError(
            _lt(
                "No row of the file names the columns that are needed: %(names)s. "
                "Use the template.",
                names=names,
            )
        )
    rows = _read_rows(sheet, head)
    if not rows:
        raise TableError(NO_ROW)
    return head, rows


def find_head(sheets, columns):
    """Return (sheet, its head) of the one list, (None, None) if there is none.

    :raise TableError: several sheets hold such a list
    """
    found = [(sheet, head) for sheet in sheets if (head := _find(sheet, columns))]
    if len(found) > 1:
        names = [sheet.name for sheet, _head in found]
        raise TableError(
            _lt(
                "Several sheets hold such a list: %(sheets)s. Leave the one that is "
                "meant.",
                sheets=names,
            )
        )
    return found[0] if found else (None, None)


def _find(sheet, columns):
    """Return the head of a sheet, None if it has none: the row that names most."""
    rows = sheet.rows[:HEAD_ROWS]
    best, best_count = None, 0
    for index, (number, texts) in enumerate(rows):
        found = columns.find(dict(enumerate(texts)))
        if index and found:
            # a name that takes two rows, or stands in the upper one alone
            found = columns.find(_join(rows[index - 1][1], texts)) | found
        names = {name for _rank, name in found.values()}
        if columns.required <= names and len(names) > best_count:
            best = Head(number, _choose(found, texts, number), texts, [])
            best_count = len(names)
    if best:
        best.unknown.extend(
            text
            for index, text in enumerate(best.texts)
            if text and index not in best.names
        )
    return best


def _join(above, below):
    """Return {column: text} of a heading of two rows; a merged cell stands first."""
    texts, last = {}, ""
    for index in range(max(len(above), len(below))):
        upper = above[index] if index < len(above) else ""
        lower = below[index] if index < len(below) else ""
        last = upper or last
        texts[index] = f"{last} {lower}" if lower else upper
    return texts


def _choose(found, texts, row):
    """Return {column: name}; of several columns the one with the usual heading.

    :raise TableError: two columns are called alike
    """
    chosen = {}
    for index, (rank, name) in found.items():
        other = chosen.get(name)
        if other and other[0] == rank:
            raise TableError(
                _lt(
                    "Row %(row)s: two columns are called “%(name)s”. Leave the one "
                    "that is meant.",
                    row=row,
                    name=within_quotes(texts[index] if index < len(texts) else name),
                ),
                row,
            )
        if not other or rank < other[0]:
            chosen[name] = rank, index
    return {index: name for name, (_rank, index) in chosen.items()}


def _read_rows(sheet, head):
    width = max(len(head.texts), *(index + 1 for index in head.names))
    rows = []
    for number, texts in sheet.rows:
        # printed lists repeat the names on each page
        if number <= head.row or texts == head.texts:
            continue
        cells = {
            name: texts[index]
            for index, name in head.names.items()
            if index < len(texts) and texts[index]
        }
        moved = sheet.is_text and len(texts) > width
        rows.append(ListRow(number, cells, MOVED if moved else None))
    return rows
