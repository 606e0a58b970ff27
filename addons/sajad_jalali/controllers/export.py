from datetime import date

from odoo.http import request

from odoo.addons.web.controllers.export import CSVExport, ExcelExport

from ..tools import jalali


class JalaliColumns:
    """After every column of dates a column with the same dates as people read them in
    Jalali. The date cells stay true dates; files for re-import get no such column."""

    def from_data(self, fields, columns_headers, rows):
        return super().from_data(*self._add_jalali(fields, columns_headers, rows))

    def _add_jalali(self, fields, columns_headers, rows):
        names = [field["name"] for field in fields]
        # files for re-import have the names of the fields as headers
        if columns_headers == names or not request.env.user._is_jalali():
            return fields, columns_headers, rows
        dates = {
            index
            for index, _name in enumerate(names)
            if any(isinstance(row[index], date) for row in rows)
        }
        headers = self._insert(
            columns_headers,
            dates,
            lambda header: request.env._("%(column)s (Jalali)", column=header),
        )
        rows = [self._insert(row, dates, _to_text) for row in rows]
        fields = self._insert(fields, dates, _to_text_field)
        return fields, headers, rows

    def _insert(self, row, indexes, convert):
        result = []
        for index, value in enumerate(row):
            result.append(value)
            if index in indexes:
                result.append(convert(value))
        return result


def _to_text(value):
    return jalali.format_jalali(value) if isinstance(value, date) else ""


def _to_text_field(field):
    # a name of its own: the sums and counts of a group go by the name
    return dict(field, name=f"{field['name']}:jalali", type="char")


class JalaliCSVExport(JalaliColumns, CSVExport):
    pass


class JalaliExcelExport(JalaliColumns, ExcelExport):
    def from_group_data(self, fields, columns_headers, groups):
        leaves = [node for node in _walk(groups) if node.data]
        for node in _walk(groups):
            # kept by the node: it goes by the columns as they are now
            _kept = node.aggregated_values
        rows = [row for leaf in leaves for row in leaf.data]
        fields, columns_headers, rows = self._add_jalali(fields, columns_headers, rows)
        rows = iter(rows)
        for leaf in leaves:
            leaf.data = [next(rows) for _row in leaf.data]
        return super().from_group_data(fields, columns_headers, groups)


def _walk(node):
    yield node
    for child in node.children.values():
        yield from _walk(child)
