import re

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tests.common import HOST

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestPortalPages(SajadCommon, HttpCase):
    """What all pages of the portal have in common (rows A8, A9, E1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("titles", {"only": {}})
        cls.env["res.lang"]._activate_lang("en_US")
        cls.user_student.lang = "en_US"

    def get_title(self, url):
        # where Persian is installed too, pages would be in it
        self.opener.cookies.set("frontend_lang", "en_US", domain=HOST, path="/")
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200, url)
        return html.fromstring(response.content).findtext(".//title").strip()

    def test_each_page_has_its_own_title(self):
        """Among twenty tabs a page is found by what it shows."""
        company = self.env.company.name
        self.assertEqual(self.get_title("/web/login"), f"Sign In | {company}")
        self.authenticate("t_student", "t_student")
        request = self.make_request(self.process)
        titles = {
            "/my": "My Account",
            "/my/requests": "My Requests",
            "/my/services": "Services",
            f"/services/{self.process.code}": self.process.name,
            f"/my/requests/{request.id}": self.process.name,
        }
        for url, title in titles.items():
            self.assertEqual(self.get_title(url), f"{title} | {company}", url)

    def test_no_page_without_a_title(self):
        views = self.env["ir.ui.view"].search(
            [
                ("type", "=", "qweb"),
                ("key", "=like", "sajad\\_%"),
                ("arch_db", "like", 't-call="portal.portal_layout"'),
            ]
        )
        self.assertTrue(views)
        for view in views:
            self.assertIn('t-set="additional_title"', view.arch_db, view.key)

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
