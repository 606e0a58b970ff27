import json

from odoo.http import request

from odoo.addons.web.controllers.export import ExcelExport


class StatExcelExport(ExcelExport):
    """Lists in groups whose headings say the same in a file as on the screen.

    Odoo adds up or averages the rows of a file by itself: a mean of medians, and a sum
    of what waited at the end of each of thirty days.
    """

    def from_group_data(self, fields, columns_headers, groups):
        if isinstance(groups._model, request.env.registry["sajad.stat.mixin"]):
            _count_groups(groups)
        return super().from_group_data(fields, columns_headers, groups)


def _count_groups(root):
    """Take the numbers of all groups from where the screen has them."""
    data = json.loads(request.params["data"])
    domain = [("id", "in", data["ids"])] if data["ids"] else data["domain"]
    Model, groupby = root._model, list(root._groupby)
    # computed before it is replaced: those of a group go by those within
    _kept = root.aggregated_values
    specs = {
        f"{name}:{Model._fields[name].aggregator}": name
        for name in root._get_aggregated_field_names()
    }
    for depth in range(1, len(groupby) + 1):
        names = groupby[:depth]
        for group in Model.formatted_read_group(domain, names, list(specs)):
            node = root
            for name in names:
                node = node.child(group[name])
            for spec, name in specs.items():
                # of nothing there is no median: an empty cell, not the word FALSE
                value = None if group[spec] is False else group[spec]
                node.aggregated_values[name] = value
