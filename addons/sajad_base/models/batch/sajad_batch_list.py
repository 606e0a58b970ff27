import json
from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# rows that one request reads in a few seconds
EXPORT_MANY = 2000
CHUNK = 500
# what a spreadsheet opens, and a worker writes in its time
MAX_ROWS = 100_000


class SajadBatchList(models.AbstractModel):
    """Long lists that are exported: read in the background, written into a sheet when
    they are downloaded (row A10)."""

    _name = "sajad.batch.list"
    _description = "Exports in the Background"
    _inherit = ["sajad.batch.result"]

    @api.model
    def export_many(self, kind, params):
        """Export a long list in the background. Row A10

        :param str kind: "xlsx" or "csv"
        :param dict params: what the client sends to the export of the web client
        :return: the action that shows how far it is, or False: it is short
        :raise AccessError: the user may not export
        :raise UserError: the list is longer than a file should be
        """
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(self.env._("You may not export lists."))
        records = self._get_exported(params)
        if len(records) <= EXPORT_MANY or kind not in ("xlsx", "csv"):
            return False
        return self.env["sajad.batch"]._start(
            self.env._("List: %(name)s", name=self._get_model_name(records)),
            records,
            "_batch_export",
            owner=self._name,
            chunk=CHUNK,
            kind=kind,
            columns=params["fields"],
            import_compat=bool(params.get("import_compat")),
        )

    @api.model
    def _get_exported(self, params):
        """Return what is exported, in the order of the list.

        :raise UserError: it is longer than a file should be
        """
        Model = self.env[params["model"]].with_context(
            active_test=(params.get("context") or {}).get("active_test", True)
        )
        if params.get("ids"):
            return Model.browse(map(int, params["ids"]))
        # a list in groups is exported in their order
        names = [name.split(":")[0] for name in params.get("groupby") or []]
        stored = [n for n in names if n in Model._fields and Model._fields[n].store]
        domain = Domain(params.get("domain") or [])
        order = ", ".join([*stored, Model._order])
        if Model.search_count(domain) > MAX_ROWS:
            raise UserError(
                self.env._(
                    "A list has at most %(count)s rows; filter it first.",
                    count=MAX_ROWS,
                )
            )
        return Model.search(domain, order=order)

    def _get_model_name(self, records):
        return self.env["ir.model"]._get(records._name).name

    @api.model
    def _batch_export(self, records, kind, columns, import_compat):
        """Read a part of the list with the rights of whoever asked."""
        records = records.with_context(import_compat=import_compat)
        names = [column["name"] for column in columns]
        rows = records.export_data(names)["datas"]
        content = json.dumps(rows, default=_write_date)
        self._add_part("rows.json", content.encode())

    @api.model
    def _join(self, batch):
        """Return where the sheet is written and downloaded."""
        kind = batch.parameters["kind"]
        return f"/web/export/batch/{kind}/{batch.id}"

    @api.model
    def _get_rows(self, batch):
        """Return the rows of a batch whose access was checked, dates as dates."""
        return [
            [_read_date(value) for value in row]
            for part in self._get_parts(batch)
            for row in json.loads(part.raw)
        ]


def _write_date(value):
    if isinstance(value, datetime):
        return {"datetime": fields.Datetime.to_string(value)}
    if isinstance(value, date):
        return {"date": fields.Date.to_string(value)}
    return value.decode() if isinstance(value, bytes) else str(value)


def _read_date(value):
    if isinstance(value, dict) and "datetime" in value:
        return fields.Datetime.to_datetime(value["datetime"])
    if isinstance(value, dict) and "date" in value:
        return fields.Date.to_date(value["date"])
    return value
