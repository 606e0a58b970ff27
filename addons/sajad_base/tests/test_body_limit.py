from odoo import http
from odoo.tests import HttpCase, tagged

from ..tools.body_limit import MAX_FORM, is_plain_form
from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestBodyLimit(SajadCommon, HttpCase):
    """A form without files reads no large body; one with files reads them (row E5)."""

    def send(self, path, size, **values):
        """Return the status of a form of `size` bytes in one file."""
        self.authenticate("t_student", "t_student")
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        files = {"files": ("large.pdf", b"x" * size, "application/pdf")}
        return self.url_open(path, data=data, files=files, allow_redirects=False)

    def test_form_without_files(self):
        process = self.make_process("plain", {"one": {}})
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        path = f"/my/requests/{request.id}/cancel"
        answer = self.send(path, MAX_FORM + 1)
        self.assertEqual(answer.status_code, 413)
        self.assertIn("nothing of it was kept", answer.text)
        self.assertEqual(request.state, "running")
        self.assertEqual(self.send(path, 1000).status_code, 303)

    def test_form_with_files(self):
        process = self.make_process("papers", {"one": {}})
        self.make_cartables(process, self.university, self.user_officer)
        path = f"/my/services/{process.code}/apply"
        # it is no PDF, and it is the form that says so
        answer = self.send(path, MAX_FORM + 1)
        self.assertEqual(answer.status_code, 200)
        # an administrator lets in less
        allowed = {"key": "web.max_file_upload_size", "value": str(MAX_FORM)}
        self.env["ir.config_parameter"].create(allowed)
        self.assertEqual(self.send(path, MAX_FORM + 1).status_code, 413)

    def test_json(self):
        self.env["ir.config_parameter"].create(
            {"key": "web.max_file_upload_size", "value": "1000"}
        )
        self.authenticate("t_student", "t_student")
        url = "/web/session/check"
        self.assertNotIn("error", self.url_open(url, json={"x": "x" * 100}).json())
        # what is JSON tells its errors as JSON
        answer = self.url_open(url, json={"x": "x" * 2000}).json()
        name = "werkzeug.exceptions.RequestEntityTooLarge"
        self.assertEqual(answer["error"]["data"]["name"], name)

    def test_every_route(self):
        """Ours say that they take files, and Odoo's that we extend stay as they are."""
        limited, free = set(), set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            module = rule.endpoint.func.__module__
            if module.startswith("odoo.addons.sajad_"):
                kind = limited if is_plain_form(rule.endpoint) else free
                kind.add(rule.endpoint.func.__name__)
        self.assertIn("portal_my_request_cancel", limited)
        self.assertIn("portal_service_submit", free)
        self.assertIn("mail_attachment_upload", free)
        self.assertFalse(limited & free)
