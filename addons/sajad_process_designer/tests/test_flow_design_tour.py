from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.sajad_base.tests.common import SajadCommon
from odoo.addons.sajad_jalali.tests.hoot import HootCase


@tagged("post_install", "-at_install", "is_tour")
class TestFlowDesignTour(SajadCommon, HttpCase):
    """An administrator without code builds a process in Persian (row A5)."""

    browser_size = "1600x1000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.user_admin.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.make_role("build")

    def test_design_a_process(self):
        self.start_tour(
            "/odoo/sajad-processes/new",
            "sajad_process_designer_design_process",
            login="t_admin",
        )
        process = self.env["sajad.process"].search([("name", "=", "وام آزمون")])
        flow = process.published_flow_id
        self.assertEqual(flow.version, 1)
        first, dormitory, fund = flow.step_ids
        self.assertEqual(first.successor_ids, dormitory | fund)
        self.assertIn("has_dormitory", dormitory.condition)
        self.assertFalse(fund.condition)
        self.assertEqual(first.role_id.name, "نقش تازه آزمون")
        self.assertTrue(process.code)
        # and it works
        self.make_cartables(process, self.university, self.user_officer)
        self.student.has_dormitory = True
        request = self.make_request(process)
        for stage in (first, dormitory, fund):
            task = request.task_ids.filtered(lambda t, s=stage: t.step_id == s)
            self.assertEqual(task.state, "ready")
            task.with_user(self.user_officer).action_approve()
            self.env.invalidate_all()
        self.assertEqual(request.state, "done")


@tagged("post_install", "-at_install", "is_tour")
class TestFlowHoot(HootCase):
    """The unit tests of the drawing in the client."""

    @no_retry
    def test_geometry(self):
        self.run_suites("sajad_process_designer", "flow_drawing")
