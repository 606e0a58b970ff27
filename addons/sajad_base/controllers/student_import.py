import io

import xlsxwriter

from odoo import http
from odoo.http import request

from ..tools.student_list import HEADERS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class StudentImport(http.Controller):
    """The empty list of students, and the rows that were refused (row A1)."""

    @http.route("/sajad_base/student_template.xlsx", auth="user", readonly=True)
    def student_template(self):
        request.env["sajad.student.import"].check_access("create")
        names = [name for name in HEADERS if name not in ("first_name", "last_name")]
        return self._make_file(request.env._("Students"), names, [])

    @http.route(
        "/sajad_base/student_import/<int:import_id>/refused.xlsx",
        auth="user",
        readonly=True,
    )
    def refused_rows(self, import_id):
        record = request.env["sajad.student.import"].browse(import_id).exists()
        record.check_access("read")
        lines = record.line_ids.filtered(lambda line: line.result == "refused")
        used = {name for line in lines for name in line.cells}
        names = [name for name in HEADERS if name in used]
        rows = [
            [*(line.cells.get(name, "") for name in names), line.message or ""]
            for line in lines
        ]
        return self._make_file(request.env._("Refused Rows"), names, rows)

    def _make_file(self, title, names, rows):
        """Return a table that can be filled in, or put right, and chosen again."""
        stream = io.BytesIO()
        # what begins with = is a text of somebody's, and no formula
        book = xlsxwriter.Workbook(
            stream, {"in_memory": True, "strings_to_formulas": False}
        )
        sheet = book.add_worksheet(title[:31])
        persian = request.env.user.lang == "fa_IR"
        if persian:
            sheet.right_to_left()
        heads = [HEADERS[name][0] if persian else name for name in names]
        # numbers and dates stay as they are typed
        sheet.set_column(0, len(heads), 20, book.add_format({"num_format": "@"}))
        bold = book.add_format({"bold": True})
        sheet.write_row(
            0, 0, [*heads, *([request.env._("Reason")] if rows else [])], bold
        )
        for number, texts in enumerate(rows, 1):
            for column, text in enumerate(texts):
                sheet.write_string(number, column, text)
        book.close()
        return request.make_response(
            stream.getvalue(),
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", http.content_disposition(f"{title}.xlsx")),
            ],
        )
