import json
import uuid
from io import BytesIO

from lxml import html

from odoo import http
from odoo.tests import BaseCase, HttpCase, tagged

from ..tools.show_if import drop_unasked, find_unasked
from .common import SajadCommon

PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
)
FORM = [
    {"name": "works", "type": "boolean", "string": "Works"},
    {
        "name": "employer",
        "type": "char",
        "string": "Employer",
        "default": "None",
        "show_if": {"question": "works", "answers": [True]},
    },
    {
        "name": "home",
        "type": "selection",
        "string": "Home",
        "selection": [["own", "Own"], ["rent", "Rented"]],
    },
    {
        "name": "lease",
        "type": "char",
        "written_as": "file",
        "string": "Lease",
        "help": "Signed by both.",
        "show_if": {"question": "home", "answers": ["rent"]},
    },
    {
        "name": "rent",
        "type": "integer",
        "string": "Rent",
        "show_if": {"question": "home", "answers": ["rent"]},
    },
]


@tagged("post_install", "-at_install")
class TestRule(BaseCase):
    """When a question is asked (row A5)."""

    def test_rule(self):
        form = [*FORM, {"name": "late", "show_if": {"question": "rent"}}]
        for answers, unasked in (
            ({}, {"employer", "lease", "rent", "late"}),
            ({"works": True}, {"lease", "rent", "late"}),
            ({"works": True, "home": "own"}, {"lease", "rent", "late"}),
            ({"home": "rent"}, {"employer", "late"}),
            ({"home": "rent", "rent": 5}, {"employer"}),
            ({"home": "rent", "rent": 0}, {"employer"}),
            # what is not asked has no answer that others could wait for
            ({"home": "own", "rent": 5}, {"employer", "lease", "rent", "late"}),
        ):
            with self.subTest(answers=answers):
                self.assertEqual(find_unasked(form, answers), unasked)

    def test_no_and_tags(self):
        form = [
            {"name": "works", "show_if": None},
            {"name": "why", "show_if": {"question": "works", "answers": [False]}},
            {"name": "more", "show_if": {"question": "tags", "answers": ["a", "b"]}},
        ]
        self.assertEqual(find_unasked(form, {"tags": ["c", "b"]}), set())
        self.assertEqual(
            find_unasked(form, {"works": True, "tags": ["c"]}), {"why", "more"}
        )
        self.assertEqual(
            drop_unasked(form, {"works": True, "why": "x"}), {"works": True}
        )


class ShowIfCommon(SajadCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "show",
            {"a": {"allow_return": True}},
            publish=False,
            request_properties_definition=FORM,
        )
        cls.process.flow_ids.required_properties = ["employer", "lease", "rent"]
        cls.process.flow_ids.action_publish()
        cls.make_cartables(cls.process, cls.university, cls.user_officer)

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")
        self.token = str(uuid.uuid4())

    def send(self, url, paper=None, **typed):
        files = [("property_lease", (paper, BytesIO(PAPER)))] if paper else None
        data = {"csrf_token": http.Request.csrf_token(self), **typed}
        return self.url_open(url, data=data, files=files)

    def apply(self, paper=None, **typed):
        typed = {"submit_token": self.token, **typed}
        return self.send("/my/services/show/apply", paper, **typed)

    def get_request(self):
        return self.env["sajad.request"].search([("student_id", "=", self.student.id)])

    def get_said(self, request):
        self.env.invalidate_all()
        (row,) = request.read(["properties"])
        return {a["name"]: a.get("value") or False for a in row["properties"]}


@tagged("post_install", "-at_install")
class TestShowIf(ShowIfCommon):
    """A form in the portal with files and with questions after others (row A5)."""

    def test_the_page_says_when(self):
        page = html.fromstring(self.url_open("/my/services/show/apply").text)
        (asked,) = page.xpath("//div[@data-question='lease']")
        self.assertEqual(
            json.loads(asked.get("data-show-if")),
            {"question": "home", "answers": ["rent"]},
        )
        self.assertTrue(asked.xpath(".//input[@type='file'][@name='property_lease']"))
        self.assertIn("Signed by both.", asked.text_content())

    def test_hidden_is_neither_required_nor_kept(self):
        response = self.apply("x.pdf", property_employer="Bank", property_rent="5")
        self.assertIn("message=submitted", response.url)
        request = self.get_request()
        said = self.get_said(request)
        self.assertEqual(
            (said["employer"], said["lease"], said["rent"]), (False, False, False)
        )
        self.assertFalse(request._get_portal_files())
        self.assertEqual(
            request._get_answers()[request.id],
            [{"label": "Works", "kind": "boolean", "text": "No"}],
        )

    def test_shown_is_required(self):
        page = self.apply(property_works="1", property_home="rent").text
        self.assertIn("Fill in this field.", page)
        self.assertIn("This document is required.", page)
        self.assertFalse(self.get_request())

    def test_the_file_is_the_answer(self):
        page = self.apply("lease.pdf", property_home="rent", property_rent="x").text
        self.assertIn("This is not a whole number.", page)
        # the file is kept with the form and need not be chosen again
        kept = html.fromstring(page).xpath("//input[@name='kept_file_ids']/@value")
        self.apply(property_home="rent", property_rent="500", kept_file_ids=kept)
        request = self.get_request()
        said = self.get_said(request)
        self.assertEqual((said["lease"], said["rent"]), ("lease.pdf", 500))
        (file,) = request._get_portal_files()
        self.assertEqual((file.name, file.raw), ("Lease - lease.pdf", PAPER))
        page = self.url_open(request.access_url).text
        self.assertIn("lease.pdf", page)

    def test_corrected_on_return(self):
        self.apply("lease.pdf", property_home="rent", property_rent="500")
        request = self.get_request()
        task = self.task(request, "a", self.user_officer)
        task.env["sajad.engine"]._return_to_student(task, "Which lease?")
        page = html.fromstring(self.url_open(request.access_url).text)
        (asked,) = page.xpath("//form[@id='answer_form']//div[@data-question='lease']")
        self.assertIn("lease.pdf", asked.text_content())
        url = f"{request.access_url}/answer"
        typed = {"answer": "This.", "form_sent": "1", "property_home": "rent"}
        self.send(url, "new.pdf", property_rent="500", **typed)
        self.assertEqual(self.get_said(request)["lease"], "new.pdf")
        event = request.event_ids.filtered(lambda e: e.kind == "answered")
        self.assertIn("Lease: lease.pdf → new.pdf", event.reason)
        self.assertEqual(
            request._get_portal_files().mapped("name"),
            ["Lease - lease.pdf", "Lease - new.pdf"],
        )
        task.env["sajad.engine"]._return_to_student(task, "Still?")
        self.send(url, **{**typed, "property_home": "own"})
        said = self.get_said(request)
        self.assertEqual((said["lease"], said["rent"]), (False, False))


@tagged("post_install", "-at_install", "is_tour")
class TestShowIfTour(ShowIfCommon):
    """The same in the browser (row A5)."""

    def test_without_reload(self):
        self.start_tour(
            "/my/services/show/apply", "sajad_base_show_if", login="t_student"
        )
        said = self.get_said(self.get_request())
        self.assertEqual((said["employer"], said["home"]), ("Bank", "own"))
