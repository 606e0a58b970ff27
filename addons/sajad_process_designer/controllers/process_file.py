from odoo import http
from odoo.http import content_disposition, request


class ProcessFile(http.Controller):
    @http.route(
        "/sajad/process-file/<int:flow_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, flow_id):
        """Send a version as a file for another university (row A5).

        Only to administrators of processes, who may write it.
        """
        flow = request.env["sajad.flow"].browse(flow_id).exists()
        if not flow or not flow.has_access("write"):
            raise request.not_found()
        name = f"{flow.process_id.code}-{flow.version}.json"
        return request.make_response(
            flow._export_file(),
            [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
