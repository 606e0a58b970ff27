import json

from odoo.http import request

from odoo.addons.web.controllers import export

from ..tools.sheets import get_sheet_name

BOM = "\ufeff"
# what spreadsheets take for formulas besides what Odoo marks
FORMULAS = ("@", "\t", "\r")


class NamedExport:
    """Files that bear the name of the list alone, and not Odoo's name of its model."""

    def filename(self, base):
        return _get_name(base) or super().filename(base)


class PersianCSVExport(NamedExport, export.CSVExport):
    """Lists that Excel opens in Persian letters, in which no text is a formula."""

    def from_data(self, fields, columns_headers, rows):
        rows = [[_to_text(value) for value in row] for row in rows]
        return BOM + super().from_data(fields, columns_headers, rows)


class NamedExcelExport(NamedExport, export.ExcelExport):
    """The same name for a workbook."""


def _get_name(model):
    """Return what a model is called in the reader's language, nothing of no model."""
    return model in request.env and request.env["ir.model"]._get(model).name


def _to_text(value):
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    return value


class PlainXlsxWriter(export.ExportXlsxWriter):
    """Writes texts as texts, on a sheet with a name of its own in the direction of the
    reader's language."""

    def __init__(self, fields, columns_headers, row_count):
        super().__init__(fields, columns_headers, row_count)
        env = request.env
        language = env["res.lang"]._get_data(code=env.lang or env.user.lang)
        if language.direction == "rtl":
            self.worksheet.right_to_left()
        # the writer is not told whose list it writes
        model = json.loads(request.params.get("data") or "{}").get("model")
        self.worksheet.name = get_sheet_name(_get_name(model) or self.worksheet.name)

    def write(self, row, column, cell_value, style=None):
        # "=1+1" that somebody typed would be computed by whoever opens the file
        if isinstance(cell_value, str):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class PlainGroupXlsxWriter(PlainXlsxWriter, export.GroupExportXlsxWriter):
    """The same of lists in groups."""


# The controller names the classes itself and is extended by other addons, whose order
# nobody knows, so that it cannot be told to take others.
export.ExportXlsxWriter = PlainXlsxWriter
export.GroupExportXlsxWriter = PlainGroupXlsxWriter
