import json

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnprocessableEntity

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools import osutil

from odoo.addons.web.controllers.pivot import TableExporter

from ..tools.sheets import get_sheet_name, turn_right_to_left

# what Odoo reads of it
PARTS = {"model", "measure_count", "col_group_headers", "measure_headers", "rows"}


class PlainPivotExport(TableExporter):
    """Pivots whose titles are no formulas: they are texts that people typed. Sheet and
    file bear the name of the screen, in the direction of the reader's language."""

    @http.route()
    def export_xlsx(self, data, **kw):
        """Mark what a spreadsheet would compute, as Odoo does in its lists."""
        table = _read(data)
        title = (table or {}).get("title") or "1"
        if table:
            # Odoo fails on a title that is too long for a sheet
            table = {**_mark(table), "title": get_sheet_name(title)}
        response = super().export_xlsx(json.dumps(table), **kw)
        env = request.env
        language = env["res.lang"]._get_data(code=env.lang or env.user.lang)
        if language.direction == "rtl":
            response.set_data(turn_right_to_left(response.get_data()))
        name = osutil.clean_filename(title)
        response.headers["Content-Disposition"] = content_disposition(f"{name}.xlsx")
        return response


def _read(data):
    """Return the table that the screen sent.

    :raise UnprocessableEntity: no screen sends that
    """
    try:
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
    except ValueError:
        table = [data]
    if table and not (isinstance(table, dict) and table.keys() >= PARTS):
        raise UnprocessableEntity(
            request.env._(
                "This is no table that can be exported. Go back to it, load it again, "
                "and export it once more."
            )
        )
    return table


def _mark(value):
    if isinstance(value, dict):
        return {name: _mark(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_mark(item) for item in value]
    if isinstance(value, str) and value.startswith(("=", "{=")):
        return f"'{value}"
    return value
