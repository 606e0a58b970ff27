from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request


class ProcessFile(http.Controller):
    @http.route(
        "/sajad/process-file/<model('sajad.flow'):flow>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, flow):
        """Send a version as a file for another university (row A5).

        Only to administrators of processes, who may write it.
        """
        try:
            flow.check_access("write")
        except AccessError:
            raise request.not_found() from None
        name = f"{flow.process_id.code}-{flow.version}.json"
        return request.make_response(
            flow._export_file(),
            [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
