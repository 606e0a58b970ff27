from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sajad_base.models.process import sajad_flow_move
from odoo.addons.sajad_base.tests.flow_migrate import FlowMigrateCommon


@tagged("post_install", "-at_install")
class TestFlowMigrateDialog(FlowMigrateCommon):
    """Administrators see what a move would do before it is done (row A5)."""

    def open_wizard(self):
        return (
            self.env["sajad.flow.migrate"]
            .with_user(self.user_admin)
            .create({"flow_id": self.old.id})
        )

    def test_dialog(self):
        self.finish("a", "c")
        self.make_request(self.process, self.make_student("99", self.university))
        flow = self.new_version(remove=["b"], n=["a"], d=["n", "c"])
        wizard = self.open_wizard()
        self.assertEqual(wizard.target_id, flow)
        self.assertEqual((wizard.request_count, wizard.move_count), (2, 1))
        self.assertEqual(wizard.problem_ids.request_id, self.request)
        self.assertEqual(wizard.stage_ids.stage_id.code, "b")
        wizard.stage_ids.target_id = self.process.stage_ids.filtered(
            lambda s: s.code == "n"
        )
        self.assertEqual(wizard.move_count, 2)
        self.assertFalse(wizard.problem_ids)
        wizard.action_apply()
        self.assertIn("2 requests were moved", wizard.result)
        self.assertEqual(self.old.open_request_count, 0)

    def test_dialog_when_nothing_moves(self):
        self.finish("a", "c")
        self.new_version(remove=["b"], d=["c"])
        wizard = self.open_wizard()
        self.assertEqual(wizard.move_count, 0)
        with self.assertRaisesRegex(UserError, "No request can be moved"):
            wizard.action_apply()

    def test_dialog_names_fields_that_the_new_forms_lack(self):
        draft = self.new_version(publish=False)
        draft.step_ids[0].task_properties_definition = [
            {"name": "books", "string": "Books", "type": "integer"}
        ]
        draft.action_publish()
        self.new_version()
        wizard = (
            self.env["sajad.flow.migrate"]
            .with_user(self.user_admin)
            .create({"flow_id": draft.id})
        )
        self.assertEqual(wizard.lost_text, "Stage a: Books")

    def test_many_go_on_in_the_background(self):
        for number in range(4):
            student = self.make_student(f"40{number}", self.university)
            self.make_request(self.process, student)
        flow = self.new_version()
        with patch.object(sajad_flow_move, "BATCH", 2):
            wizard = self.open_wizard()
            self.assertEqual(wizard.move_count, 5)
            wizard.action_apply()
            self.assertEqual(self.old.open_request_count, 3)
            self.assertEqual(self.old.move_to_id, flow)
            self.assertIn("background", wizard.result)
            cron = self.env.ref("sajad_base.ir_cron_flow_move")
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.old.open_request_count, 0)
        self.assertFalse(self.old.move_to_id)
        self.assertEqual(flow.open_request_count, 5)
