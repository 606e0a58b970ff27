import re

from odoo.tests import HttpCase, tagged

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestPortalPages(SajadCommon, HttpCase):
    """What all pages of the portal have in common (rows A8, A9, E1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("titles", {"only": {}})

    def test_address_of_a_form_leads_to_its_page(self):
        """Who signs in anew or loads again asks with GET what takes forms alone."""
        self.authenticate("t_student", "t_student")
        request = self.make_request(self.process)
        page = f"/my/requests/{request.id}"
        response = self.url_open(f"{page}/answer", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith(page))
        rules = self.env["ir.http"].routing_map().iter_rules()
        forms = [
            re.sub("<[^>]*>", "0", rule.rule)
            for rule in rules
            if rule.rule.startswith("/my/") and rule.methods == {"POST", "OPTIONS"}
        ]
        self.assertTrue(forms)
        for url in forms:
            response = self.url_open(url, allow_redirects=False)
            self.assertEqual(response.status_code, 303, url)
