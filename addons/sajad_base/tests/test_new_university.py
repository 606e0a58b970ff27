import re
from urllib.parse import urlsplit

from odoo import http
from odoo.tests import HttpCase, tagged

from .common import SajadCommon
from .test_cartable_request import LETTER, PERSON

PASSWORD = "Invented-1405"


@tagged("post_install", "-at_install", "is_tour")
class TestNewUniversity(SajadCommon, HttpCase):
    """From nothing to serving students, in the browser, in Persian (row A4)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env["ir.module.module"].search(
            [("name", "=", "sajad_base")]
        )._update_translations(["fa_IR"])
        cls.user_organization.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.process = cls.make_process("nu", {"nu_one": {}, "nu_two": {}})
        # the list of gaps has to fit on its first page
        others = cls.env["sajad.process"].search([("id", "!=", cls.process.id)])
        others.active = False

    def tour(self, url, name, user):
        self.start_tour(url, name, login=user.login)
        self.env.invalidate_all()

    def sign_up(self, email):
        """Follow the link of the invitation and choose a password."""
        user = self.env["res.users"].search([("login", "=", email)])
        self.env["sajad.notice"].search([("state", "=", "queued")])._send()
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "in", user.partner_id.ids)], order="id"
        )
        link = re.search(r'href="([^"]+/web/signup[^"]+)"', mails[0].body_html)[1]
        parts = urlsplit(link.replace("&amp;", "&"))
        self.authenticate(None, None)
        page = self.url_open(f"{parts.path}?{parts.query}")
        self.assertIn('name="confirm_password"', page.text)
        token = re.search(r"token=([^&]+)", parts.query)[1]
        answer = self.url_open(
            parts.path,
            data={
                "login": email,
                "name": user.name,
                "password": PASSWORD,
                "confirm_password": PASSWORD,
                "token": token,
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(user.login_date)
        # tours log in with the login as the password
        user.password = user.login
        return user

    def test_from_nothing_to_serving_students(self):
        self.tour(
            "/odoo/sajad-universities/new",
            "sajad_base_open_university",
            self.user_organization,
        )
        university = self.env["sajad.university"].search([("code", "=", "NUP")])
        self.assertEqual(len(university.faculty_ids), 1)
        liaison = self.sign_up("liaison@nup.example")
        self.assertEqual(university.liaison_ids, liaison)
        self.assertEqual(liaison.lang, "fa_IR")

        self.tour(
            "/odoo/sajad-offices-without-anyone",
            "sajad_base_ask_for_cartable",
            liaison,
        )
        # the second office in the same way
        Request = self.env["sajad.cartable.request"]
        other = Request.with_user(liaison).create(
            {
                **PERSON,
                **LETTER,
                "university_id": university.id,
                "process_id": self.process.id,
                "role_id": self.process.stage_ids.role_id[1:].id,
            }
        )
        other.action_submit()
        self.tour(
            "/odoo/sajad-cartable-requests",
            "sajad_base_approve_cartables",
            self.user_organization,
        )
        asked = Request.search([("university_id", "=", university.id)])
        self.assertEqual(asked.mapped("state"), ["approved", "approved"])

        student = self.make_student("14050001", university).with_user(liaison)
        student.email = "student@nup.example"
        student.action_create_accounts()
        account = student.sudo().user_id
        Request_sudo = self.env["sajad.request"].with_user(account).sudo()
        request = Request_sudo._portal_submit(
            self.process, student.with_env(Request_sudo.env), {}, "new-university"
        )
        self.assertEqual(request.state, "running")
        expert = self.sign_up("expert@nup.example")
        self.tour("/odoo/sajad-inbox", "sajad_base_first_decision", expert)
        self.assertEqual(self.task(request, "nu_one").done_by_id, expert)
