from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_window import WindowCommon


@tagged("post_install", "-at_install")
class TestCommissionWindow(WindowCommon):
    """The commission in the single window (row A8)."""

    def test_appeals_begin_at_their_request(self):
        appeal = self.make_process("window_appeal", {"only": {}})
        self.process.appeal_process_id = appeal
        self.assertNotIn("window_appeal", self.get_cards("/services"))

    def test_shipped_processes_have_guides(self):
        process = self.env.ref("sajad_commission.sajad_process_commission")
        audiences = set(process.guide_ids.mapped("audience"))
        self.assertEqual(audiences, {"student", "university", "organization"})
        self.authenticate(None, None)
        page = self.get_tree("/services/commission")
        (source,) = page.xpath("//div[hasclass('o_sajad_guide_body')]//img/@src")
        self.assertEqual(self.url_open(source).status_code, 200)
