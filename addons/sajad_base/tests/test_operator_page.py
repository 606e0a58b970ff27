from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import config, mute_logger

from ..models.notice.sajad_metrics import HELP
from .common import SajadCommon

PARAMETER = "sajad_base.metrics_token"


@tagged("post_install", "-at_install")
class TestOperatorPage(SajadCommon, HttpCase):
    """What the machines around Odoo ask, without a session (row E6)."""

    def get_figures(self):
        response = self.url_open("/sajad/metrics")
        self.assertEqual(response.status_code, 200)
        lines = [line for line in response.text.splitlines() if line[0] != "#"]
        return {name: int(value) for name, value in map(str.split, lines)}

    def get_status(self, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        with mute_logger("odoo.http"):
            response = self.url_open("/sajad/metrics", headers=headers)
        return response.status_code

    def test_ready(self):
        response = self.url_open("/sajad/ready")
        self.assertEqual((response.status_code, response.text), (200, "ready\n"))
        self.assertNotIn("Set-Cookie", response.headers)

    def test_files_are_gone(self):
        with patch.object(type(config), "filestore", lambda *_args: "/nowhere"):
            response = self.url_open("/sajad/ready")
        self.assertEqual(response.status_code, 503)
        self.assertEqual(response.text, "missing: files\n")

    def test_figures(self):
        before = self.get_figures()
        self.assertEqual(set(before), {f"sajad_{name}" for name in HELP})
        process = self.make_process("figures", {"a": {}, "b": {}})
        role = process.stage_ids[0].role_id
        self.make_cartable(role, process, self.university, self.user_officer)
        request = self.make_request(process)
        late = request.task_ids.filtered(lambda task: task.state == "ready")
        late.date_due = fields.Datetime.now() - timedelta(days=4000)
        self.env["sajad.notice"]._queue_many(
            [{"kind": "done", "partner_id": self.student.partner_id.id}]
        )
        self.env.flush_all()
        after = self.get_figures()
        for name in ("tasks_late", "tasks_suspended"):
            name = f"sajad_{name}"
            self.assertEqual(after[name] - before[name], 1, name)
        self.assertGreater(
            after["sajad_notices_queued"], before["sajad_notices_queued"]
        )
        # the clock of the database stands while a test runs
        self.assertGreater(after["sajad_tasks_most_late_seconds"], 3999 * 86400)

    def test_figures_are_few_queries(self):
        self.env.flush_all()
        with self.assertQueryCount(2):
            self.env["sajad.metrics"].sudo()._get_text()

    def test_strangers_find_nothing(self):
        """Through a proxy only with the token, which is not set by itself."""
        through = {"X_Forwarded_For": "192.0.2.7"}
        self.assertEqual(self.get_status(), 200)
        self.assertEqual(self.get_status(**through), 404)
        self.assertEqual(self.get_status(X_Real_IP="127.0.0.1"), 404)
        self.assertEqual(self.get_status(**through, Authorization="Bearer "), 404)
        self.env["ir.config_parameter"].set_param(PARAMETER, "a-long-token")
        for given, status in (("a-long-token", 200), ("a-long", 404), ("é", 404)):
            given = f"Bearer {given}".encode()
            found = self.get_status(**through, Authorization=given)
            self.assertEqual(found, status, given)
