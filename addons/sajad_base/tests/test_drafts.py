import uuid
from datetime import timedelta
from io import BytesIO

from lxml import html

from odoo import fields, http
from odoo.tests import HttpCase, tagged

from .common import SajadCommon
from .test_portal import PDF


@tagged("post_install", "-at_install")
class TestDrafts(SajadCommon, HttpCase):
    """Half-filled forms of any process: kept, found again, thrown away (row B9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "draft",
            {"only": {}},
            exclusive_group="draft",
            request_properties_definition=[
                {"name": "city", "type": "char", "string": "City"},
                {"name": "grade", "type": "float", "string": "Grade"},
            ],
        )
        cls.url = "/my/services/draft/apply"
        cls.Draft = cls.env["sajad.request.draft"]

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")
        self.token = str(uuid.uuid4())

    def post(self, url, files=(), **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        files = [("files", (name, BytesIO(content))) for name, content in files]
        return self.url_open(url, data=data, files=files or None)

    def save(self, files=(), **data):
        data.setdefault("submit_token", self.token)
        return self.post("/my/services/draft/draft", files, **data)

    def read_form(self, response):
        page = html.fromstring(response.text)
        return {
            "note": page.xpath("//textarea[@name='note']")[0].text or "",
            "city": page.xpath("//input[@name='property_city']/@value"),
            "token": page.xpath("//input[@name='submit_token']/@value"),
            "files": page.xpath("//input[@name='kept_file_ids']/@value"),
            "draft": bool(page.xpath("//*[@id='sajad_draft']")),
        }

    def get_requests(self):
        return self.env["sajad.request"].search([("process_id", "=", self.process.id)])

    def test_go_on_later(self):
        response = self.save(
            note="Half", property_city="Shiraz", files=[("paper.pdf", PDF)]
        )
        self.assertIn("Your draft was saved", response.text)
        # another day, another browser
        self.authenticate("t_student", "t_student")
        found = self.read_form(self.url_open(self.url))
        self.assertTrue(found["draft"])
        self.assertEqual(
            (found["note"], found["city"], found["token"]),
            ("Half", ["Shiraz"], [self.token]),
        )
        self.assertEqual(len(found["files"]), 1)
        self.assertFalse(self.get_requests())
        for url in ("/my/requests", "/my/services"):
            self.assertIn("Continue Your Draft", self.url_open(url).text, url)
        self.post(
            self.url,
            submit_token=self.token,
            note="Whole",
            property_city="Shiraz",
            kept_file_ids=found["files"],
        )
        request = self.get_requests()
        self.assertEqual(request.note, "Whole")
        self.assertEqual(request._get_portal_files().mapped("name"), ["paper.pdf"])
        self.assertFalse(self.Draft.search([("process_id", "=", self.process.id)]))

    def test_one_per_form(self):
        for note in ("First", "Second"):
            self.save(note=note, submit_token=str(uuid.uuid4()))
        draft = self.Draft.search([("process_id", "=", self.process.id)])
        self.assertEqual(draft.content["note"], "Second")

    def test_nothing_else_is_kept(self):
        self.save(note="x" * 20000, state="done", partner_id="1", property_evil="1")
        draft = self.Draft.search([("process_id", "=", self.process.id)])
        self.assertEqual(set(draft.content), {"note"})
        self.assertEqual(len(draft.content["note"]), 10000)
        self.assertEqual(draft.partner_id, self.student.partner_id)

    def test_errors_are_kept_too(self):
        """A form with errors is found again when the browser was closed."""
        self.post(
            self.url,
            submit_token=self.token,
            note="Typed",
            property_grade="many",
            files=[("paper.pdf", PDF)],
        )
        found = self.read_form(self.url_open(self.url))
        self.assertEqual((found["note"], found["token"]), ("Typed", [self.token]))
        self.assertEqual(len(found["files"]), 1)

    def test_bad_file_loses_nothing(self):
        response = self.save(note="Kept", files=[("good.pdf", PDF), ("bad.pdf", b"x")])
        self.assertIn("bad.pdf is not a PDF", response.text)
        self.assertEqual(self.read_form(response)["note"], "Kept")
        found = self.read_form(self.url_open(self.url))
        self.assertEqual(len(found["files"]), 1)

    def test_unticked_file_goes(self):
        self.save(files=[("one.pdf", PDF), ("two.pdf", PDF)])
        kept = self.read_form(self.url_open(self.url))["files"]
        self.save(kept_file_ids=kept[:1])
        self.assertEqual(self.read_form(self.url_open(self.url))["files"], kept[:1])

    def test_discard(self):
        self.save(note="Gone", files=[("paper.pdf", PDF)])
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "sajad.request.draft")], order="id desc", limit=1
        )
        url = "/my/services/draft/draft/discard"
        key = self.student._get_requester_key()
        response = self.post(url, requester=key)
        self.assertIn("The draft was thrown away.", response.text)
        self.assertEqual(self.read_form(response)["note"], "")
        self.assertFalse(file.exists())
        # a second click
        self.assertEqual(self.post(url, requester=key).status_code, 200)

    def test_belongs_to_one_person(self):
        self.save(note="Secret plan")
        self.authenticate("t_other_student", "t_other_student")
        for url in (self.url, "/my/requests", "/my/services"):
            self.assertNotIn("Secret plan", self.url_open(url).text)
            self.assertNotIn("Continue Your Draft", self.url_open(url).text)
        key = self.student._get_requester_key()
        self.post("/my/services/draft/draft/discard", requester=key)
        self.save(requester=key, note="Mine", submit_token="no token")
        drafts = self.Draft.search([("process_id", "=", self.process.id)])
        self.assertEqual(drafts.student_id, self.student | self.other_student)

    def test_staff_without_a_study(self):
        self.authenticate("t_officer", "t_officer")
        self.assertTrue(self.save(note="x").url.endswith("/my/services"))
        self.assertFalse(self.Draft.search([("process_id", "=", self.process.id)]))

    def test_draft_of_a_sent_form(self):
        """The back button after sending: the request is shown, no draft is made."""
        self.post(self.url, submit_token=self.token, note="Sent")
        request = self.get_requests()
        self.assertIn(request.access_url, self.save(note="Again").url)
        self.assertFalse(self.Draft.search([("process_id", "=", self.process.id)]))

    def test_closed_call_keeps_the_draft(self):
        self.save(note="Early")
        self.process.call_end = "2020-01-01"
        self.assertIn("has closed", self.url_open(self.url).text)
        self.post(self.url, submit_token=self.token, note="Late")
        self.assertFalse(self.get_requests())
        self.process.call_end = False
        self.assertEqual(self.read_form(self.url_open(self.url))["note"], "Late")

    # ------------------------------------------------------------
    # TWO WINDOWS
    # ------------------------------------------------------------

    def open_window(self):
        """Return what the form sends when nothing in it is changed."""
        page = html.fromstring(self.url_open(self.url).text)
        form = page.xpath("//form[contains(@action, '/apply')]")[0]
        sent = {
            name: value
            for name, value in form.form_values()
            if name not in ("csrf_token", "kept_file_ids")
        }
        files = page.xpath("//input[@name='kept_file_ids']/@value")
        return {**sent, "kept_file_ids": files}

    def test_two_windows(self):
        first, second = self.open_window(), self.open_window()
        self.save(**{**first, "note": "Mine"}, files=[("paper.pdf", PDF)])
        self.save(**{**second, "property_city": "Yazd"})
        found = self.read_form(self.url_open(self.url))
        self.assertEqual((found["note"], found["city"]), ("Mine", ["Yazd"]))
        self.assertEqual(len(found["files"]), 1)
        # a third one, as old, sends the request
        self.post(self.url, **{**second, "property_grade": "۱۷٫۵"})
        request = self.get_requests()
        self.assertEqual(request.note, "Mine")
        self.assertEqual(request.properties._values, {"city": "Yazd", "grade": 17.5})
        self.assertEqual(request._get_portal_files().mapped("name"), ["paper.pdf"])

    def test_the_same_field_in_two_windows(self):
        first, second = self.open_window(), self.open_window()
        self.save(**{**first, "property_city": "Qom", "note": "One"})
        response = self.post(
            self.url, **{**second, "property_city": "Yazd", "note": "Two"}
        )
        self.assertFalse(self.get_requests())
        for text in ("meanwhile: Qom", "meanwhile: One"):
            self.assertIn(text, response.text)
        found = self.read_form(response)
        self.assertEqual((found["note"], found["city"]), ("Two", ["Yazd"]))
        kept = self.read_form(self.url_open(self.url))
        self.assertEqual((kept["note"], kept["city"]), ("One", ["Qom"]))
        # told once, the person decides
        form = html.fromstring(response.text).xpath("//form[@enctype]")[0]
        again = dict(form.form_values())
        again.pop("csrf_token")
        self.post(self.url, **again)
        self.assertEqual(self.get_requests().note, "Two")
        self.assertEqual(self.get_requests().properties["city"], "Yazd")

    def test_what_a_form_does_not_say(self):
        sent = self.open_window()
        for shown in ("", "x", "[]", "{}", '{"note": 5, "kept_file_ids": "x"}'):
            sent.update(note="Typed", form_shown=shown)
            self.assertEqual(self.save(**sent).status_code, 200)

    def test_swept_after_a_month(self):
        self.save(note="Old", files=[("paper.pdf", PDF)])
        draft = self.Draft.search([("process_id", "=", self.process.id)])
        self.env["sajad.upload"]._gc_kept()
        self.Draft._gc_drafts()
        self.assertTrue(draft.exists())
        file = self.env["ir.attachment"].search(
            [("res_model", "=", draft._name), ("res_id", "=", draft.id)]
        )
        self.assertEqual(len(file), 1)
        old = fields.Datetime.now() - timedelta(days=31)
        self.env.cr.execute(
            "UPDATE sajad_request_draft SET write_date = %s WHERE id = %s",
            [old, draft.id],
        )
        draft.invalidate_recordset()
        self.Draft._gc_drafts()
        self.assertFalse(draft.exists() or file.exists())
