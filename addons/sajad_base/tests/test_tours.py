from odoo.tests import HttpCase, tagged

from .common import SajadCommon


@tagged("post_install", "-at_install", "is_tour")
class TestTours(SajadCommon, HttpCase):
    """The Organization and the administrator in the browser (rows A3, A5, A6)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("tour", {"a": {}, "b": {"after": ["a"]}})
        cls.env["res.lang"]._activate_lang("fa_IR")
        for user in cls.user_organization | cls.user_admin:
            user.write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def test_cartable_is_opened_and_the_request_resumes(self):
        request = self.make_request(self.process)
        self.assertEqual(request.state, "suspended")
        self.start_tour(
            "/odoo/sajad-cartables/new",
            "sajad_base_open_cartable",
            login="t_organization",
        )
        self.env.invalidate_all()
        self.assertEqual(request.state, "running")
        self.assertEqual(
            self.task(request, "a").cartable_id.member_ids.user_id, self.user_officer
        )

    def test_new_version(self):
        flow = self.process.published_flow_id
        self.start_tour(
            f"/odoo/sajad-versions/{flow.id}",
            "sajad_base_new_version",
            login="t_admin",
        )
        self.env.invalidate_all()
        self.assertEqual(flow.state, "retired")
        self.assertEqual(self.process.published_flow_id.version, 2)
