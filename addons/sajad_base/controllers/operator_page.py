import hmac
import tempfile
from ipaddress import ip_address

import psycopg2

from odoo import http
from odoo.http import request
from odoo.tools import config

HEADERS = [("Cache-Control", "no-store"), ("Content-Type", "text/plain; charset=utf-8")]
# whoever asks through a proxy is somebody else
PROXY = ("X-Forwarded-For", "X-Real-IP", "Forwarded")
TOKEN = "sajad_base.metrics_token"


class OperatorPage(http.Controller):
    """What the machines around Odoo ask (row E6): readiness and figures, no session."""

    @http.route(
        "/sajad/ready", type="http", auth="none", methods=["GET"], save_session=False
    )
    def is_ready(self, **_kwargs):
        """Whether work can be done here: 200, or 503 and what is gone. Row E6"""
        missing = self._get_missing()
        text = f"missing: {', '.join(missing)}\n" if missing else "ready\n"
        return request.make_response(text, HEADERS, status=503 if missing else 200)

    @http.route(
        "/sajad/metrics", type="http", auth="none", methods=["GET"], save_session=False
    )
    def get_metrics(self, **_kwargs):
        """Figures for Prometheus; a stranger finds nothing. Row E6"""
        if not self._may_read():
            raise request.not_found()
        # figures are counted whoever's the records are
        text = request.env["sajad.metrics"].sudo()._get_text()
        return request.make_response(text, HEADERS)

    def _get_missing(self):
        missing = []
        try:
            request.env.cr.execute("SELECT 1")
        except psycopg2.Error:
            missing.append("database")
        try:
            # a folder that is full or read-only is as good as none
            with tempfile.TemporaryFile(dir=config.filestore(request.db)) as file:
                file.write(b"ready")
        except OSError:
            missing.append("files")
        return missing

    def _may_read(self):
        """Who asks from this machine, past every proxy, or has the token."""
        # the token is nobody's to read
        token = request.env["ir.config_parameter"].sudo().get_param(TOKEN)
        given = request.httprequest.headers.get("Authorization", "")
        if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            return True
        asked = request.httprequest
        came_through = any(name in asked.headers for name in PROXY)
        return not came_through and ip_address(asked.remote_addr).is_loopback
