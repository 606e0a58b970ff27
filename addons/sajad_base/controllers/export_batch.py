import json

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools.osutil import clean_filename

from odoo.addons.web.controllers.export import CSVExport, ExcelExport


class BatchExport:
    """Long lists that were read in the background (row A10)."""

    def _send_batch(self, batch_id):
        batch = request.env["sajad.batch"].browse(batch_id).exists()
        # an administrator sees how far it is, and not what another may read
        own = batch.has_access("read") and batch.user_id == request.env.user
        if not own or batch.state != "done":
            raise request.not_found()
        # what the parts say is read by their job alone
        batch_sudo = batch.sudo()
        columns = batch_sudo.parameters["columns"]
        compat = batch_sudo.parameters["import_compat"]
        headers = [c["name"] if compat else c["label"].strip() for c in columns]
        # as the client's own export says whose list it writes
        request.params["data"] = json.dumps({"model": batch_sudo.res_model})
        rows = request.env["sajad.batch.list"]._get_rows(batch)
        name = clean_filename(self.filename(batch_sudo.res_model) + self.extension)
        return request.make_response(
            self.from_data(columns, headers, rows),
            headers=[
                ("Content-Disposition", content_disposition(name)),
                ("Content-Type", self.content_type),
            ],
        )


class BatchExcelExport(BatchExport, ExcelExport):
    @http.route("/web/export/batch/xlsx/<int:batch_id>", type="http", auth="user")
    def web_export_batch_xlsx(self, batch_id, **_kw):
        """Download a long list as a workbook. Row A10"""
        return self._send_batch(batch_id)


class BatchCSVExport(BatchExport, CSVExport):
    @http.route("/web/export/batch/csv/<int:batch_id>", type="http", auth="user")
    def web_export_batch_csv(self, batch_id, **_kw):
        """Download a long list as text. Row A10"""
        return self._send_batch(batch_id)
