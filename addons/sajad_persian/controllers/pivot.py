import json

from werkzeug.datastructures import FileStorage

from odoo import http

from odoo.addons.web.controllers.pivot import TableExporter


class PlainPivotExport(TableExporter):
    """Pivots whose titles are no formulas: they are texts that people typed."""

    @http.route()
    def export_xlsx(self, data, **kw):
        """Mark what a spreadsheet would compute, as Odoo does in its lists."""
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        return super().export_xlsx(json.dumps(_mark(table)), **kw)


def _mark(value):
    if isinstance(value, dict):
        return {name: _mark(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_mark(item) for item in value]
    if isinstance(value, str) and value.startswith(("=", "{=")):
        return f"'{value}"
    return value
