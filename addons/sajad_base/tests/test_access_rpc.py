import json

from odoo.models import MAGIC_COLUMNS
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestAccessRpc(SajadCommon, HttpCase):
    """What a portal user can reach over RPC (row E5): nothing that moves work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("rpc", {"a": {}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.request_record = cls.make_request(cls.process)
        cls.other_record = cls.make_request(cls.process, cls.other_student)
        cls.targets = {
            "sajad.request": cls.request_record,
            "sajad.task": cls.request_record.task_ids,
            "sajad.event": cls.request_record.event_ids[:1],
            "sajad.student": cls.student,
            "sajad.request.draft": cls.env["sajad.request.draft"].create(
                {
                    "partner_id": cls.student.partner_id.id,
                    "process_id": cls.process.id,
                    "student_id": cls.student.id,
                    "token": "t",
                }
            ),
            "sajad.process.guide": cls.env["sajad.process.guide"].create(
                {"process_id": cls.process.id, "name": "Guide"}
            ),
            "sajad.process.attachment": cls.env["sajad.process.attachment"].create(
                {"process_id": cls.process.id, "name": "Paper"}
            ),
        }

    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does; return (result, error name)."""
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            response = self.url_open(
                "/web/dataset/call_kw",
                data=json.dumps(
                    {
                        "jsonrpc": "2.0",
                        "method": "call",
                        "params": {
                            "model": model,
                            "method": method,
                            "args": args,
                            "kwargs": kwargs,
                        },
                    }
                ),
                headers={"Content-Type": "application/json"},
            ).json()
        error = response.get("error")
        return response.get("result"), error and error["data"]["name"]

    def assertDenied(self, model, method, *args, **kwargs):
        _result, error = self.call(model, method, *args, **kwargs)
        self.assertEqual(error, "odoo.exceptions.AccessError", f"{model}.{method}")

    def test_portal_writes_no_field(self):
        self.authenticate("t_student", "t_student")
        for model, record in self.targets.items():
            for name, field in record._fields.items():
                if field.store and name not in MAGIC_COLUMNS:
                    with self.subTest(f"{model}.{name}"):
                        self.assertDenied(model, "write", record.ids, {name: False})

    def test_portal_neither_creates_nor_deletes(self):
        self.authenticate("t_student", "t_student")
        for model, record in self.targets.items():
            self.assertDenied(model, "unlink", record.ids)
            self.assertDenied(model, "copy", record.ids)
            self.assertDenied(model, "create", [{"name": "x"}])
            self.assertDenied(model, "create", [{}], context={"default_state": "done"})
            self.assertDenied(model, "web_save", record.ids, {"state": "done"}, {})
            loaded, error = self.call(model, "load", ["id"], [["x.y"]])
            self.assertTrue(error or not loaded["ids"])

    def test_portal_sees_only_own_requests(self):
        self.authenticate("t_student", "t_student")
        found, _error = self.call("sajad.request", "search_read", [], ["name"])
        self.assertEqual([r["id"] for r in found], self.request_record.ids)
        self.assertDenied("sajad.request", "read", self.other_record.ids, ["name"])
        for model in ("sajad.task", "sajad.event", "sajad.cartable", "sajad.scope"):
            self.assertDenied(model, "search_read", [])

    def test_portal_presses_no_button(self):
        self.authenticate("t_student", "t_student")
        task = self.request_record.task_ids
        for method in (
            "action_approve",
            "action_claim",
            "action_release",
            "action_take_back",
            "action_undo",
        ):
            self.assertDenied("sajad.task", method, task.ids)
        self.assertEqual(task.state, "ready")

    def test_engine_is_not_callable(self):
        self.authenticate("t_admin", "t_admin")
        task = self.request_record.task_ids
        for method in ("_decide", "_submit", "_reroute", "_cancel"):
            self.assertDenied("sajad.engine", method, task.ids, "approved")
        self.assertEqual(task.state, "ready")

    def test_stranger_presses_no_button(self):
        self.authenticate("t_stranger", "t_stranger")
        self.assertDenied(
            "sajad.task", "action_approve", self.request_record.task_ids.ids
        )
