import io

import xlsxwriter

from odoo import http
from odoo.http import request

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_jalali.tools import jalali

from ..tools.hold_list import HEADERS

NAMES = (
    "student_number",
    "kind",
    "description",
    "amount",
    "date",
    "external_id",
    "item_reference",
)
KIND = {True: "بدهی", False: "debt"}


class HoldTemplate(http.Controller):
    """The empty table that an office fills in with its holds (row B7)."""

    @http.route("/sajad_clearance/hold_template.xlsx", auth="user", readonly=True)
    def hold_template(self):
        # officers record holds, nobody else needs the table
        request.env["sajad.hold"].check_access("create")
        title = request.env._("Holds")
        return request.make_response(
            self._make_table(request.env.user.lang == "fa_IR", title),
            [
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                ("Content-Disposition", http.content_disposition(f"{title}.xlsx")),
            ],
        )

    def _make_table(self, persian, title):
        """Return an XLSX file with the names of the columns and one row as example."""
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet(title)
        if persian:
            sheet.right_to_left()
        bold = book.add_format({"bold": True})
        # numbers and dates stay as they are typed
        plain = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(NAMES) - 1, 22, plain)
        for column, name in enumerate(NAMES):
            sheet.write(0, column, HEADERS[name][0] if persian else name, bold)
        today = get_country_today()
        day = jalali.format_jalali(today) if persian else today.isoformat()
        example = ("400000001", KIND[persian], "", "1000000", day, "", "")
        for column, text in enumerate(example):
            sheet.write_string(1, column, text, plain)
        book.close()
        return stream.getvalue()
