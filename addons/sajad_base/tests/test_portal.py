import base64
import uuid
from io import BytesIO
from unittest.mock import patch
from urllib.parse import quote

from lxml import html

from odoo import http
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers.portal_request_list import SajadRequestListPortal
from .common import PORTAL, STAFF, SajadCommon

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
)


@tagged("post_install", "-at_install")
class TestPortal(SajadCommon, HttpCase):
    """The student's pages, asked for over HTTP (rows A8, A9, E5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "portal",
            {
                "expert": {"allow_return": True, "allow_visit": True},
                "library": {"after": ["expert"]},
                "head": {"after": ["expert", "library"]},
            },
            exclusive_group="portal",
            request_properties_definition=[
                {"name": "grade", "type": "float", "string": "Grade"},
                {"name": "city", "type": "char", "string": "City"},
                {"name": "until", "type": "date", "string": "Until"},
                {
                    "name": "reason",
                    "type": "selection",
                    "string": "Reason",
                    "selection": [["ill", "Illness"], ["job", "Work"]],
                },
            ],
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.free_process = cls.make_process("free", {"only": {}})

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")

    # ------------------------------------------------------------
    # SHORTHANDS
    # ------------------------------------------------------------

    def get_page(self, url):
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        return response

    def post(self, url, data=None, files=(), **kw):
        data = {"csrf_token": http.Request.csrf_token(self), **(data or {})}
        files = [("files", (name, BytesIO(content))) for name, content in files]
        return self.url_open(url, data=data, files=files or None, **kw)

    def apply(self, files=(), process=None, **data):
        data.setdefault("submit_token", str(uuid.uuid4()))
        process = process or self.process
        return self.post(f"/my/services/{process.code}/apply", data, files)

    def get_requests(self):
        return self.env["sajad.request"].search([("student_id", "=", self.student.id)])

    def return_request(self, request, reason="The transcript is missing."):
        task = self.task(request, "expert", self.user_officer)
        engine = self.env["sajad.engine"].with_user(self.user_officer)
        self.assertFalse(engine._return_to_student(task, reason))

    # ------------------------------------------------------------
    # WHO SEES WHAT
    # ------------------------------------------------------------

    def test_visitor_signs_in_first(self):
        self.authenticate(None, None)
        urls = ("/my/requests", "/my/services", "/my/services/portal/apply")
        for url in urls:
            response = self.url_open(url, allow_redirects=False)
            self.assertIn("/web/login", response.headers["Location"], url)

    def test_request_of_somebody_else(self):
        request = self.make_request(self.free_process, self.other_student)
        url = f"/my/requests/{request.id}"
        for address in (url, f"{url}?access_token=wrong", "/my/requests/999999999"):
            response = self.url_open(address, allow_redirects=False)
            self.assertEqual(response.status_code, 303, address)
            self.assertTrue(response.headers["Location"].endswith("/my"), address)
        self.assertNotIn(request.name, self.get_page("/my/requests").text)
        for action in ("answer", "cancel"):
            self.post(f"{url}/{action}", {"answer": "Mine now"})
        self.assertEqual(request.state, "suspended")

    def test_staff_see_only_their_own_in_the_portal(self):
        request = self.make_request(self.process)
        self.authenticate("t_officer", "t_officer")
        self.assertNotIn(request.name, self.get_page("/my/requests").text)
        page = self.get_page(f"/my/requests/{request.id}").text
        self.assertNotIn("sajad_cancel_modal", page)

    def test_token_link_reads_only(self):
        request = self.make_request(self.process)
        token = request._portal_ensure_token()
        self.authenticate(None, None)
        url = f"/my/requests/{request.id}"
        page = self.get_page(f"{url}?access_token={token}").text
        self.assertIn(request.name, page)
        self.assertNotIn("sajad_cancel_modal", page)
        self.assertNotIn("o_portal_chatter", page)
        with mute_logger("odoo.http"):
            response = self.make_jsonrpc_comment(request, token)
        self.assertIn("error", response)

    def make_jsonrpc_comment(self, request, token):
        payload = {
            "params": {
                "thread_model": "sajad.request",
                "thread_id": request.id,
                "post_data": {"body": "I am the student"},
                "token": token,
            }
        }
        return self.url_open("/mail/message/post", json=payload).json()

    # ------------------------------------------------------------
    # SERVICES
    # ------------------------------------------------------------

    def test_catalogue(self):
        self.free_process.university_ids = self.other_university
        closed = self.make_process("closed", {"only": {}}, call_end="2020-01-01")
        staff = self.make_process("staff", {"only": {}}, **STAFF)
        draft = self.make_process("draft", {"only": {}}, publish=False)
        page = self.get_page("/my/services").text
        self.assertIn("/my/services/portal/apply", page)
        for process in (self.free_process, closed, staff, draft):
            self.assertNotIn(f"/my/services/{process.code}/apply", page)
        request = self.make_request(self.process)
        page = self.get_page("/my/services").text
        self.assertNotIn("/my/services/portal/apply", page)
        self.assertIn(f"/my/requests/{request.id}", page)

    def test_catalogue_without_a_study(self):
        self.make_user("t_nobody", PORTAL)
        self.authenticate("t_nobody", "t_nobody")
        page = self.get_page("/my/services").text
        self.assertIn("not linked to a study", page)

    def test_apply(self):
        page = html.fromstring(self.get_page("/my/services/portal/apply").text)
        (token,) = page.xpath("//input[@name='submit_token']/@value")
        response = self.apply(
            submit_token=token,
            note="Please",
            property_grade="۱۷٫۵",
            property_city="Shiraz",
            property_until="2026-09-01",
            property_reason="job",
            files=[("../pass port.pdf", PDF), ("photo.PNG", PNG)],
        )
        request = self.get_requests()
        self.assertEqual(len(request), 1)
        self.assertIn(f"/my/requests/{request.id}", response.url)
        self.assertEqual(request.state, "running")
        self.assertEqual(request.note, "Please")
        typed = {p["name"]: p["value"] for p in request.read()[0]["properties"]}
        self.assertEqual(
            typed,
            {"grade": 17.5, "city": "Shiraz", "until": "2026-09-01", "reason": "job"},
        )
        files = request._get_portal_files()
        self.assertEqual(files.mapped("name"), ["pass port.pdf", "photo.PNG"])
        self.assertIn("Stage expert", response.text)
        self.assertIn("Shiraz", response.text)
        self.check_file_link(request, files[0])

    def check_file_link(self, request, file):
        url = f"/my/requests/{request.id}/files/{file.id}"
        self.assertEqual(self.get_page(url).content, PDF)
        self.authenticate("t_other_student", "t_other_student")
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        with mute_logger("odoo.http"):
            response = self.url_open(f"/web/content/{file.id}")
        self.assertNotEqual(response.content, PDF)

    def test_double_submission(self):
        token = str(uuid.uuid4())
        first = self.apply(submit_token=token, note="Once")
        second = self.apply(submit_token=token, note="Once")
        self.assertEqual(len(self.get_requests()), 1)
        self.assertEqual(first.url, f"{second.url}?message=submitted")

    def test_race_is_repeated(self):
        """Two forms at one moment: the unique index decides, Odoo tries again."""
        token = str(uuid.uuid4())
        Request = self.env["sajad.request"].with_user(self.user_student)
        student = self.student.with_user(self.user_student).sudo()
        process = self.free_process.with_user(self.user_student).sudo()
        first = Request._portal_submit(process, student, {}, token)
        with (
            patch.object(type(Request), "_get_by_token", lambda self, token: self),
            mute_logger("odoo.sql_db"),
            self.assertRaises(ConcurrencyError),
        ):
            Request._portal_submit(process, student, {}, token)
        self.assertEqual(Request._portal_submit(process, student, {}, token), first)

    def test_second_open_request(self):
        first = self.make_request(self.process)
        page = self.get_page("/my/services/portal/apply").text
        self.assertIn(f"/my/requests/{first.id}", page)
        page = self.apply(note="A second one").text
        self.assertIn(f"/my/requests/{first.id}", page)
        self.assertIn("A second one", page)
        self.assertEqual(self.get_requests(), first)

    def test_not_for_somebody_else(self):
        self.apply(
            requester=f"student-{self.other_student.id}",
            note="x",
            process=self.free_process,
        )
        self.assertEqual(self.get_requests().partner_id, self.user_student.partner_id)
        Request = self.env["sajad.request"].with_user(self.user_student)
        with self.assertRaises(AccessError):
            Request._portal_submit(self.free_process, self.other_student, {}, "token")

    def test_choose_a_study(self):
        """Somebody with several studies says for which one; each has its own key."""
        second = self.make_student("1002", self.university, self.user_student)
        page = html.fromstring(self.get_page("/my/services/portal/apply").text)
        options = page.xpath("//select[@name='requester']/option/@value")
        keys = [f"student-{student.id}" for student in (self.student, second)]
        self.assertEqual(set(options), set(keys))
        for key in keys:
            self.apply(requester=key)
        requests = self.env["sajad.request"].search(
            [("partner_id", "=", self.user_student.partner_id.id)]
        )
        self.assertEqual(requests.student_id, self.student | second)

    def test_call_is_closed(self):
        self.process.call_end = "2020-01-01"
        page = self.get_page("/my/services/portal/apply").text
        self.assertIn("has closed", page)
        self.assertNotIn("submit_token", page)
        self.apply(note="Late")
        self.assertFalse(self.get_requests())

    def test_csrf(self):
        with mute_logger("odoo.http"):
            response = self.apply(csrf_token="wrong")
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.get_requests())

    # ------------------------------------------------------------
    # FORMS WITH ERRORS
    # ------------------------------------------------------------

    def test_errors_lose_nothing(self):
        token = str(uuid.uuid4())
        typed = {
            "submit_token": token,
            "note": "A <long> text",
            "property_grade": "many",
            "property_city": "Shiraz",
            "property_until": "yesterday",
            "property_reason": "job",
        }
        response = self.apply(files=[("good.pdf", PDF), ("bad.pdf", b"MZ\0")], **typed)
        self.assertFalse(self.get_requests())
        page = html.fromstring(response.text)
        self.assertEqual(page.xpath("//textarea[@name='note']")[0].text, typed["note"])
        for name in ("property_grade", "property_city", "property_until"):
            (value,) = page.xpath(f"//input[@name='{name}']/@value")
            self.assertEqual(value, typed[name])
        (value,) = page.xpath("//select/option[@selected]/@value")
        self.assertEqual(value, "job")
        self.assertEqual(page.xpath("//input[@name='submit_token']/@value"), [token])
        errors = page.xpath("//*[hasclass('invalid-feedback')]/text()")
        self.assertEqual(len(errors), 3)
        self.assertIn(
            "bad.pdf is not a PDF, JPG, or PNG file. Its name ends as it should, but "
            "there is something else in it. Save or scan it again.",
            errors,
        )
        # the good file is kept and comes with the corrected form
        (kept,) = page.xpath("//input[@name='kept_file_ids']/@value")
        typed |= {"property_grade": "17", "property_until": "2026-09-01"}
        self.apply(kept_file_ids=kept, **typed)
        request = self.get_requests()
        self.assertEqual(request.note, typed["note"])
        self.assertEqual(request._get_portal_files().mapped("name"), ["good.pdf"])

    def test_bad_files(self):
        for name, content in (
            ("page.html", b"<html></html>"),
            ("page.pdf", b"<html></html>"),
            ("photo.pdf", PNG),
            ("empty.pdf", b""),
            ("large.pdf", PDF + b" " * 10 * 1024 * 1024),
        ):
            response = self.apply(files=[(name, content)], note="Kept")
            self.assertIn(name, response.text)
            self.assertFalse(self.get_requests(), name)
        response = self.apply(files=[(f"{i}.pdf", PDF) for i in range(11)])
        self.assertIn("at most 10 files", response.text)
        self.assertFalse(self.get_requests())

    def test_kept_files_belong_to_their_form(self):
        other = self.env["sajad.upload"].with_user(self.user_other_student)
        token = str(uuid.uuid4())
        kept = other._keep([("theirs.pdf", PDF)], token)
        self.apply(submit_token=token, kept_file_ids=kept.id)
        self.assertFalse(self.get_requests()._get_portal_files())
        self.assertFalse(kept.res_id)
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = '2020-01-01' WHERE id = %s",
            [kept.id],
        )
        self.env["sajad.upload"]._gc_kept()
        self.assertFalse(kept.exists())

    # ------------------------------------------------------------
    # MY REQUESTS
    # ------------------------------------------------------------

    def test_home_counter(self):
        self.make_request(self.process)
        self.get_page("/my")
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["request_count"]}
        )
        self.assertEqual(counters["request_count"], 1)

    def test_list_filters(self):
        first = self.make_request(self.process)
        second = self.make_request(self.free_process)
        self.return_request(first)

        def found(query=""):
            page = self.get_page(f"/my/requests?{query}").text
            return [request for request in (first, second) if request.name in page]

        self.assertEqual(found(), [first, second])
        self.assertEqual(found("kind=free"), [second])
        self.assertEqual(found("filterby=todo"), [first])
        self.assertEqual(found("filterby=open"), [first, second])
        self.assertEqual(found("filterby=done"), [])
        self.assertEqual(found(f"search={second.name}"), [second])
        self.assertEqual(found("search=Process+portal"), [first])
        self.assertEqual(
            found("filterby=nonsense&sortby=nonsense&kind=x"), [first, second]
        )
        self.assertEqual(found("search=nothing+like+it"), [])

    def test_list_pages(self):
        for _i in range(21):
            self.make_request(self.free_process)
        oldest = self.get_requests()[-1]
        self.assertNotIn(oldest.name, self.get_page("/my/requests").text)
        self.assertIn(oldest.name, self.get_page("/my/requests/page/2").text)
        self.assertIn(oldest.name, self.get_page("/my/requests?sortby=oldest").text)
        self.get_page("/my/requests/page/99")

    def count_queries(self, url):
        self.get_page(url)
        before = self.cr.sql_log_count
        self.get_page(url)
        return self.cr.sql_log_count - before

    def test_list_is_cheap(self):
        """The number of queries does not grow with the requests."""
        for _i in range(2):
            self.make_request(self.free_process)
        few = self.count_queries("/my/requests")
        for _i in range(15):
            self.make_request(self.free_process)
        self.assertLessEqual(self.count_queries("/my/requests"), few)

    def test_work_is_looked_for_when_chosen(self):
        """Of all filters only the chosen one is put together."""
        asked, original = [], SajadRequestListPortal._get_todo_domain

        def get_todo_domain(portal):
            asked.append(portal)
            return original(portal)

        with patch.object(SajadRequestListPortal, "_get_todo_domain", get_todo_domain):
            self.get_page("/my/requests")
            self.assertFalse(asked)
            self.get_page("/my/requests?filterby=todo")
        self.assertEqual(len(asked), 1)

    # ------------------------------------------------------------
    # ONE REQUEST
    # ------------------------------------------------------------

    def test_request_is_read_at_once(self):
        """A page asks once for its request, whatever it shows of it."""
        request_id = self.make_request(self.process).id
        # students read their own requests with elevated rights
        Request_sudo = self.env["sajad.request"].with_user(self.user_student).sudo()
        # what is asked for once in a process
        Request_sudo._find_whole(request_id)
        self.env.flush_all()
        self.env.invalidate_all()
        fields = Request_sudo._fields.values()
        columns = [f for f in fields if f.store and f.column_type and f.name != "id"]
        with self.assertQueryCount(1):
            request_sudo = Request_sudo._find_whole(request_id)
        self.assertEqual(request_sudo.id, request_id)
        for field in columns:
            self.assertIn(request_id, field._get_cache(request_sudo.env), field.name)
        self.assertFalse(Request_sudo._find_whole(request_id + 1))

    def test_next_action(self):
        request = self.make_request(self.process)
        student_request = request.with_user(self.user_student)
        kinds = [student_request._get_next_action()["kind"]]
        page = self.get_page(f"/my/requests/{request.id}").text
        self.assertIn("Nothing to do: it is with Stage expert since", page)
        engine = self.env["sajad.engine"].with_user(self.user_officer)
        task = self.task(request, "expert", self.user_officer)
        engine._require_visit(task, "Building 2", "8 to 12", "Bring the card")
        kinds.append(student_request._get_next_action()["kind"])
        page = self.get_page(f"/my/requests/{request.id}").text
        for text in ("Come in person to Stage expert", "Building 2", "Bring the card"):
            self.assertIn(text, page)
        self.approve(request, "expert", "library", "head")
        kinds.append(student_request._get_next_action()["kind"])
        self.assertIn("Done.", self.get_page(f"/my/requests/{request.id}").text)
        suspended = self.make_request(self.free_process).with_user(self.user_student)
        kinds.append(suspended._get_next_action()["kind"])
        self.assertIn(
            "not named anyone for Stage only",
            self.get_page(f"/my/requests/{suspended.id}").text,
        )
        self.assertEqual(kinds, ["office", "visit", "done", "suspended"])

    def test_timeline(self):
        process = self.make_process(
            "fork", {"a": {}, "b": {"after": ["a"]}, "c": {"after": ["a"]}}
        )
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        self.approve(request, "a")
        timeline = request.with_user(self.user_student)._get_portal_timeline()
        self.assertEqual(
            [(e["stage"], e["state"], e["parallel"]) for e in timeline],
            [
                ("Stage a", "done", False),
                ("Stage b", "ready", True),
                ("Stage c", "ready", True),
            ],
        )
        # offices, never persons
        self.assertNotIn("t_officer", self.get_page(f"/my/requests/{request.id}").text)

    def test_detail_is_cheap(self):
        """The number of queries does not grow with the steps."""
        short = self.make_process("short", {"s0": {}, "s1": {"after": ["s0"]}})
        spec = {f"s{i}": {"after": [f"s{i - 1}"] if i else []} for i in range(12)}
        counts = []
        for process in (short, self.make_process("long", spec)):
            self.make_cartables(process, self.university, self.user_officer)
            request = self.make_request(process)
            self.approve(request, "s0")
            counts.append(self.count_queries(f"/my/requests/{request.id}"))
        self.assertLessEqual(counts[1], counts[0])

    def test_answer(self):
        request = self.make_request(self.process)
        url = f"/my/requests/{request.id}"
        self.assertNotIn("answer_form", self.get_page(url).text)
        self.return_request(request)
        page = self.get_page(url).text
        self.assertIn("Complete your request: The transcript is missing.", page)
        response = self.post(f"{url}/answer", {"answer": "Here"}, [("t.exe", b"MZ\0")])
        self.assertIn(">Here</textarea>", response.text)
        self.assertEqual(request.state, "returned")
        response = self.post(f"{url}/answer", {"answer": "Here"}, [("t.pdf", PDF)])
        self.assertIn("message=answered", response.url)
        self.assertStates(request, expert="ready")
        (event,) = request.event_ids.filtered(lambda e: e.kind == "answered")
        self.assertEqual(event.reason, "Here\nNew file: t.pdf")
        self.assertEqual(request._get_portal_files().mapped("name"), ["t.pdf"])
        page = self.post(f"{url}/answer", {"answer": "Once more"}).text
        self.assertIn("The office has your answer already", page)
        # files that nobody waits for are not kept
        kept = self.env["ir.attachment"].search_count(
            [("res_model", "=", "sajad.upload")]
        )
        files = [(f"{number}.pdf", PDF) for number in range(9)]
        page = self.post(f"{url}/answer", {"answer": "Once more"}, files).text
        self.assertIn("The office has your answer already", page)
        self.assertEqual(
            self.env["ir.attachment"].search_count(
                [("res_model", "=", "sajad.upload")]
            ),
            kept,
        )

    def test_files_of_comments(self):
        """Row B9: a comment takes what a form takes."""
        request = self.make_request(self.process)
        files = (
            ("cut.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
            ("page.html", b"<script>1</script>"),
            ("run.exe", b"MZ"),
        )
        for login in ("t_student", "t_officer"):
            self.authenticate(login, login)
            for name, content in files:
                answer = self.send_comment_file(request, name, content)
                self.assertIn(name, answer["error"])
            answer = self.send_comment_file(request, "a.pdf", PDF)
            self.assertTrue(answer["data"]["attachment_id"])

    def send_comment_file(self, request, name, content):
        response = self.url_open(
            "/mail/attachment/upload",
            data={
                "thread_id": request.id,
                "thread_model": "sajad.request",
                "is_pending": "true",
                "csrf_token": http.Request.csrf_token(self),
            },
            files=[("ufile", (name, content, "application/octet-stream"))],
        )
        return response.json()

    def test_cancel(self):
        request = self.make_request(self.process)
        url = f"/my/requests/{request.id}"
        self.assertIn("sajad_cancel_modal", self.get_page(url).text)
        self.post(f"{url}/cancel")
        self.assertEqual(request.state, "cancelled")
        self.assertNotIn("sajad_cancel_modal", self.get_page(url).text)
        second = self.make_request(self.process)
        self.approve(second, "expert")
        page = self.post(f"/my/requests/{second.id}/cancel").text
        self.assertIn("cannot be cancelled any more", page)
        self.assertEqual(second.state, "running")

    def test_comment(self):
        request = self.make_request(self.process)
        self.assertIn(
            "o_portal_chatter", self.get_page(f"/my/requests/{request.id}").text
        )
        self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "sajad.request",
                "thread_id": request.id,
                "post_data": {"body": "A question"},
            },
        )
        message = request.message_ids.filtered(lambda m: "A question" in m.body)
        self.assertEqual(message.author_id, self.user_student.partner_id)

    def test_people_of_the_register_keep_their_account(self):
        """Neither offered nor taken: offices reach a student through it."""
        page = self.url_open("/my/security").text
        self.assertIn("sajad_account_kept", page)
        self.assertNotIn("portal_deactivate_account_form", page)
        answer = self.url_open(
            "/my/deactivate_account",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "validation": "t_student",
                "password": self.user_student.login,
            },
        )
        self.assertTrue(self.user_student.active)
        self.assertEqual(self.user_student.login, "t_student")
        self.assertIn("sajad_account_kept", answer.text)
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self.user_student._deactivate_portal_user()
        visitor = self.make_user("t_visitor", PORTAL)
        self.authenticate("t_visitor", "t_visitor")
        page = self.url_open("/my/security").text
        self.assertIn("portal_deactivate_account_form", page)
        visitor._deactivate_portal_user()
        self.assertFalse(visitor.active)

    def test_names_are_those_of_the_register(self):
        """A certificate prints the name, and nobody is asked by it otherwise."""
        person = self.user_student.partner_id
        page = html.fromstring(self.url_open("/my/account").text)
        (field,) = page.xpath("//input[@name='name']")
        self.assertTrue(field.get("readonly"))
        values = {
            "partner_id": str(person.id),
            "csrf_token": http.Request.csrf_token(self),
            "email": "a@b.example",
            "phone": "09121234567",
            "street": "Street",
            "city": "City",
            "zip": "1193653471",
            "country_id": str(self.env.ref("base.ir").id),
        }
        for name, kept in (("Somebody Else", False), (person.name, True)):
            answer = self.url_open("/my/address/submit", data={**values, "name": name})
            self.assertEqual("redirectUrl" in answer.json(), kept)
            self.assertEqual(person.name, "t_student")
        self.assertEqual(person.city, "City")
        for user in (self.user_student, self.user_officer, self.user_liaison):
            own = user.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                own.write({"name": "Somebody Else"})
            own.write({"tz": "Asia/Tehran"})

    def test_form_is_corrected_on_return(self):
        """The requester corrects the fields themselves; what was there before, the
        reason and the answer stay to be read."""
        request = self.apply_returned(city="Old Town", reason="ill")
        page = html.fromstring(self.url_open(request.access_url).text)
        (city,) = page.xpath("//form[@id='answer_form']//input[@name='property_city']")
        self.assertEqual(city.get("value"), "Old Town")
        bad = self.answer(request, property_city="New Town", property_grade="abc")
        self.assertIn("not a number", bad.text)
        self.assertIn("New Town", bad.text)
        self.assertEqual(request.state, "returned")
        self.answer(request, property_city="New Town", property_reason="job")
        self.assertEqual(request.state, "running")
        said = {p["name"]: p.get("value") for p in request.read()[0]["properties"]}
        self.assertEqual((said["city"], said["reason"]), ("New Town", "job"))
        event = request.event_ids.filtered(lambda e: e.kind == "answered")
        self.assertIn("City: Old Town → New Town", event.reason)
        self.assertIn("Reason: Illness → Work", event.reason)
        text = html.fromstring(self.url_open(request.access_url).text).text_content()
        for told in ("Which city?", "It is corrected.", "Old Town → New Town"):
            self.assertIn(told, text)

    def test_a_refusal_is_told_once(self):
        """With its reason, to the requester."""
        process = self.make_process("refusing", {"only": {"allow_refuse": True}})
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        task = self.task(request, "only", self.user_officer)
        self.engine.with_user(self.user_officer)._decide(task, "refused", "Too late.")
        page = html.fromstring(self.get_page(request.access_url).text)
        (step,) = page.find_class("o_sajad_step_refused")
        self.assertIn("Too late.", step.text_content())
        self.assertEqual(step.text_content().count("Refused"), 1)

    def apply_returned(self, **properties):
        """Return a request that the first office has returned."""
        request = self.make_request(self.process, properties=properties)
        task = self.task(request, "expert", self.user_officer)
        task.env["sajad.engine"]._return_to_student(task, "Which city?")
        return request

    def answer(self, request, **typed):
        form = {"property_grade": "", "property_until": "", "property_reason": "ill"}
        return self.url_open(
            f"{request.access_url}/answer",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "answer": "It is corrected.",
                "form_sent": "1",
                **form,
                **typed,
            },
        )

    def test_who_passed_by_itself(self):
        """A step that nobody decided says so."""
        request = self.make_request(self.process)
        self.approve(request, "expert")
        (first, *_rest) = request._get_portal_timeline()
        self.assertFalse(first["automatic"])
        self.task(request, "expert").sudo().done_by_id = False
        (first, *_rest) = request._get_portal_timeline()
        self.assertTrue(first["automatic"])

    def test_home_tells_what_is_open(self):
        page = self.url_open("/my/home").text
        self.assertNotIn("Waiting for you:", page)
        self.assertNotIn("/my/addresses", page)
        self.apply_returned()
        page = html.fromstring(self.url_open("/my/home").text)
        (card,) = page.xpath("//a[@href='/my/requests'][@title='My Requests']")
        text = " ".join(card.text_content().split())
        self.assertIn("Waiting for you: 1", text)
        self.assertIn("In progress: 1", text)

    def test_form_with_signatures_is_downloaded(self):
        """The own form as a paper, without the history of the offices."""
        request = self.make_request(self.process)
        page = self.url_open(request.access_url).text
        self.assertIn(f"/my/requests/{request.id}/sheet", page)
        self.assertIn("1. Request", page)
        self.assertIn(
            "2. Stage expert", " ".join(html.fromstring(page).text_content().split())
        )
        Report = self.registry["ir.actions.report"]
        rendered = []

        def render(report, ref, res_ids=None, data=None):
            content, _kind = report._render_qweb_html(ref, res_ids, data=data)
            rendered.append(content.decode())
            return b"%PDF-1.4", "pdf"

        with patch.object(Report, "_render_qweb_pdf", render):
            paper = self.url_open(f"/my/requests/{request.id}/sheet")
            self.assertEqual(paper.headers["Content-Type"], "application/pdf")
            # as the button of an office calls it, in the reader's language
            report = self.env.ref("sajad_base.sajad_request_sheet_report")
            report.print_report_name = "'برگه %s' % object.name"
            paper = self.url_open(f"/my/requests/{request.id}/sheet")
            name = quote(f"برگه {request.name}.pdf", safe="")
            self.assertIn(name, paper.headers["Content-Disposition"])
            self.authenticate("t_other_student", "t_other_student")
            other = self.url_open(f"/my/requests/{request.id}/sheet")
        self.assertNotIn("pdf", other.headers["Content-Type"])
        sheet, _again = rendered
        self.assertIn("Signature", sheet)
        self.assertNotIn("History", sheet)

    def test_one_duration(self):
        """The page of a request says of the whole way what the catalogue says."""
        request = self.make_request(self.process)
        self.assertNotIn("How long it takes", self.url_open(request.access_url).text)
        self.process.write(
            {"measured_count": 500, "measured_median": 3, "measured_p90": 7}
        )
        page = html.fromstring(self.url_open(request.access_url).text)
        said = page.get_element_by_id("sajad_request_duration").text_content()
        self.assertEqual(said.strip(), self.process._get_duration_text())
        self.assertIn(
            said.strip(), self.url_open(f"/services/{self.process.code}").text
        )
