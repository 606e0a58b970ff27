import json
import uuid
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.sajad_base.tests.test_portal import PNG
from odoo.addons.sajad_base.tools.clock import get_country_today

from .common import SupportCommon, SupportPortalCommon

FORM = [
    {
        "name": "trouble",
        "string": "Trouble",
        "type": "selection",
        "selection": [["mobile", "Mobile"], ["other", "Other"]],
    },
    {
        "name": "mobile",
        "string": "Right Mobile",
        "type": "char",
        "show_if": {"question": "trouble", "answers": ["mobile"]},
    },
    {"name": "picture", "string": "Picture", "type": "char", "written_as": "file"},
]
URL = "/my/services/support/apply"


class SupportPages(SupportCommon, SupportPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.form_definition = FORM
        cls.category.required_properties = ["trouble", "mobile", "picture"]
        cls.Request = cls.env["sajad.request"]

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")

    def get_sent(self):
        domain = [("process_id", "=", self.process.id)]
        return self.Request.search(domain, order="id desc", limit=1)

    def send(self, files=None, **values):
        data = {
            "submit_token": str(uuid.uuid4()),
            "support_category": self.category.id,
            "support_subject": "Cannot sign in",
            "note": "The page says no.",
            "property_trouble": "other",
            **values,
        }
        if files is None:
            files = [("property_picture", "screen.png", PNG)]
        return self.post(URL, data, files, allow_redirects=False)

    def solve(self, request):
        tasks = request.sudo().task_ids.filtered(
            lambda t: t.current and t.state == "ready"
        )
        tasks.with_user(self.user_technical).action_approve()
        request.invalidate_recordset()

    def say(self, request, user, body):
        return request.with_user(user).message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment"
        )


@tagged("post_install", "-at_install")
class TestSupportForm(SupportPages):
    """The form of a support request, as a browser sends it (row D1)."""

    def test_category_is_chosen_first(self):
        page = self.get_tree(URL)
        links = page.xpath("//a[contains(@href, 'category=')]/@href")
        self.assertIn(f"{URL}?category={self.category.id}", links)
        self.assertFalse(page.xpath("//input[@name='support_subject']"))
        page = self.get_tree(f"{URL}?category={self.category.id}")
        for name in ("support_subject", "property_trouble", "property_picture", "note"):
            self.assertTrue(page.xpath(f"//*[@name='{name}']"), name)
        # who asks is known
        self.assertIn(self.student.student_number, page.text_content())
        for wrong in ("0", "x", "-1", "99999999"):
            page = self.get_tree(f"{URL}?category={wrong}")
            self.assertFalse(page.xpath("//input[@name='support_subject']"), wrong)

    def test_visitor_signs_in(self):
        self.authenticate(None, None)
        answer = self.url_open("/my/support?category=1", allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_request_is_made_once(self):
        token = str(uuid.uuid4())
        for _click in range(2):
            answer = self.send(submit_token=token)
            self.assertIn("/my/requests/", answer.headers["Location"])
        request = self.Request.search([("submit_token", "=", token)])
        self.assertEqual(len(request), 1)
        self.assertEqual(request.support_subject, "Cannot sign in")
        self.assertEqual(request.support_category_id, self.category)
        self.assertEqual(request.support_properties["picture"], "screen.png")
        self.assertBoard(request, state="new", line="technical")
        self.assertTrue(request._get_portal_files())

    def test_questions_are_asked_as_the_answers_say(self):
        answer = self.send(property_trouble="mobile")
        self.assertEqual(answer.status_code, 200, "the number is required")
        self.assertIn("screen.png", answer.text, "no file is chosen twice")
        answer = self.send(property_trouble="mobile", property_mobile="0912")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.get_sent().support_properties["mobile"], "0912")

    def test_wrong_forms_lose_nothing(self):
        for values in (
            {"support_subject": ""},
            {"support_subject": "x" * 201},
            {"note": " "},
            {"support_service": "999999"},
            {"files": []},
        ):
            with self.subTest(values):
                before = self.get_sent()
                answer = self.send(**values)
                self.assertEqual(answer.status_code, 200)
                self.assertEqual(self.get_sent(), before)
                self.assertIn(values.get("note", "The page says no."), answer.text)
        self.assertEqual(self.send(support_category="").status_code, 200)

    def test_nothing_else_is_taken(self):
        """A client sends more than the form asks (the defect of the peer)."""
        self.send(
            support_priority="3",
            support_line="second",
            support_state="closed",
            partner_id=self.user_other_student.partner_id.id,
            support_main_id="1",
            support_about_id="1",
        )
        request = self.get_sent()
        self.assertEqual(request.partner_id, self.user_student.partner_id)
        self.assertBoard(request, state="new", line="technical", priority="1")
        self.assertFalse(request.support_main_id | request.support_about_id)

    def test_about_a_request_of_ones_own(self):
        process = self.make_process("about", {"a": {}})
        self.make_cartables(process, self.university, self.user_officer)
        own, foreign = (
            self.make_request(process, student)
            for student in (self.student, self.other_student)
        )
        page = self.get_tree(f"/my/requests/{own.id}")
        (link,) = page.xpath("//section[hasclass('o_sajad_ask')]//a/@href")
        page = self.get_tree(f"{link}&category={self.category.id}")
        (hidden,) = page.xpath("//input[@name='support_about']/@value")
        self.assertEqual(hidden, f"request-{own.id}")
        self.assertIn(own.name, page.text_content())
        self.assertFalse(page.xpath("//select[@name='support_service']"))
        self.send(support_about=hidden)
        request = self.get_sent()
        self.assertEqual(request.support_about_id, own)
        self.assertEqual(request.support_service_id, process)
        # nobody learns of what is not theirs
        for key in (
            f"request-{foreign.id}",
            "request-0",
            "request-x",
            "dossier-1",
            "x",
        ):
            page = self.get_tree(f"{URL}?category={self.category.id}&about={key}")
            self.assertEqual(page.xpath("//input[@name='support_about']/@value"), [""])
            self.send(support_about=key)
            self.assertFalse(self.get_sent().support_about_id, key)

    def test_draft_keeps_category_and_subject(self):
        token = str(uuid.uuid4())
        data = {
            "submit_token": token,
            "support_category": self.category.id,
            "support_subject": "Half a subject",
        }
        self.post("/my/services/support/draft", data)
        page = self.get_tree(URL)
        (value,) = page.xpath("//input[@name='support_subject']/@value")
        self.assertEqual(value, "Half a subject")
        # another category, the same words
        other = self.category_regulations
        page = self.get_tree(f"{URL}?category={other.id}")
        self.assertFalse(page.xpath("//*[@name='property_trouble']"))
        (value,) = page.xpath("//input[@name='support_subject']/@value")
        self.assertEqual(value, "Half a subject")
        self.assertFalse(
            self.get_tree(f"{URL}?choose=1").xpath("//input[@name='support_subject']")
        )
        (shown,) = page.xpath("//input[@name='form_shown']/@value")
        self.assertIn("support_subject", json.loads(shown))

    def test_list_has_it_by_kind(self):
        request = self.ask(support_subject="Where is my paper?")
        other = self.make_request(self.make_process("other", {"a": {}}))
        page = self.get_tree("/my/requests?kind=support")
        rows = page.xpath("//a[hasclass('o_sajad_row')]/@href")
        self.assertIn(request.access_url, rows)
        self.assertNotIn(other.access_url, rows)
        self.assertIn("Where is my paper?", page.text_content())
        self.assertIn("New", page.text_content())


@tagged("post_install", "-at_install")
class TestSupportLife(SupportPages):
    """Answered, opened again, closed and rated by who asked (row D1)."""

    def setUp(self):
        super().setUp()
        self.request = self.ask(support_subject="Cannot sign in")
        self.url = self.request.access_url

    def act(self, action, **data):
        answer = self.post(f"{self.url}/{action}", data, allow_redirects=False)
        self.request.invalidate_recordset()
        return answer

    def test_words_of_each_state(self):
        for act, word in (
            (lambda: None, "New"),
            (
                lambda: self.task(
                    self.request, "technical", self.user_technical
                ).action_claim(),
                "In Progress",
            ),
            (lambda: self.solve(self.request), "Solved"),
            (lambda: self.act("close"), "Closed"),
        ):
            act()
            page = self.get_tree(self.url)
            (badge,) = page.xpath("//main//span[hasclass('o_sajad_badge')]")
            self.assertEqual(badge.text_content().strip(), word)

    def test_what_the_requester_writes_answers(self):
        task = self.task(self.request, "technical", self.user_technical)
        self.engine.with_user(self.user_technical)._return_to_student(
            task, "Which browser?"
        )
        self.assertBoard(self.request, state="waiting")
        self.say(self.request, self.user_student, "Firefox")
        self.assertBoard(self.request, state="progress")
        self.assertIn("answered", self.request.event_ids.mapped("kind"))

    def test_answer_of_the_form_stands_in_the_conversation(self):
        task = self.task(self.request, "technical", self.user_technical)
        self.engine.with_user(self.user_technical)._return_to_student(
            task, "Which browser?"
        )
        files = [("files", "a.png", PNG)]
        self.post(f"{self.url}/answer", {"answer": "Firefox"}, files)
        message = self.request.message_ids[:1]
        self.assertIn("Firefox", message.body)
        self.assertEqual(message.attachment_ids.name, "a.png")
        self.assertEqual(message.author_id, self.user_student.partner_id)
        events = self.request.event_ids.mapped("kind")
        self.assertEqual(events.count("answered"), 1)

    def test_reply_opens_what_was_solved_again(self):
        """A word on a solved request is never left where nobody reads it."""
        self.solve(self.request)
        self.say(self.request, self.user_student, "سلام، خیلی ممنون از پاسخ شما!")
        self.assertBoard(self.request, state="solved")
        self.say(self.request, self.user_student, "It still does not work")
        self.assertBoard(self.request, state="progress")

    def test_reopened_within_the_window_only(self):
        self.assertEqual(self.act("reopen", reopen_text="No").status_code, 200)
        self.assertBoard(self.request, state="new")
        self.solve(self.request)
        answer = self.act("reopen", reopen_text="  ")
        self.assertIn("alert-danger", answer.text)
        self.assertBoard(self.request, state="solved")
        answer = self.act("reopen", reopen_text="Still broken")
        self.assertEqual(answer.status_code, 303)
        self.assertBoard(self.request, state="progress")
        self.assertIn("Still broken", self.request.message_ids[:1].body)
        # a second click finds it open
        self.assertIn("alert-danger", self.act("reopen", reopen_text="Again").text)

    def test_after_the_window_a_new_one_follows(self):
        self.solve(self.request)
        late = fields.Datetime.now() + timedelta(days=30)
        with freeze_time(late):
            self.authenticate("t_student", "t_student")
            page = self.get_tree(self.url)
            self.assertFalse(page.xpath("//textarea[@name='reopen_text']"))
            (link,) = page.xpath("//a[@id='sajad_support_follow']/@href")
            self.assertIn("alert-danger", self.act("reopen", reopen_text="No").text)
            self.assertBoard(self.request, state="solved")
            page = self.get_tree(f"{link}&category={self.category.id}")
            self.assertIn(self.request.name, page.text_content())
            self.send(support_former=self.request.id)
        self.assertEqual(self.get_sent().support_former_id, self.request)

    def test_closed_once(self):
        self.assertIn("alert-danger", self.act("close").text, "not answered yet")
        self.solve(self.request)
        self.assertEqual(self.act("close").status_code, 303)
        self.assertBoard(self.request, state="closed")
        self.assertIn("alert-danger", self.act("close").text)
        self.assertEqual(self.request.event_ids.mapped("kind").count("closed"), 1)
        # closed by mistake: as long as there is time, it can be opened again
        self.assertEqual(self.act("reopen", reopen_text="Wait").status_code, 303)
        self.assertBoard(self.request, state="progress")

    def test_cancelled_is_over(self):
        self.act("cancel")
        self.assertBoard(self.request, state="closed")
        for action in ("reopen", "close", "rate"):
            answer = self.act(action, reopen_text="No", rate="5")
            self.assertIn("alert-danger", answer.text, action)
        with self.assertRaisesRegex(UserError, "follows it"):
            self.say(self.request, self.user_student, "Hello?")

    def test_rated_once_for_each_answer(self):
        self.assertFalse(self.get_tree(self.url).xpath("//input[@name='rate']"))
        self.assertIn("alert-danger", self.act("rate", rate="5").text)
        self.solve(self.request)
        self.assertTrue(self.get_tree(self.url).xpath("//input[@name='rate']"))
        for wrong in ("", "2", "6", "x", "-1", "5.0"):
            self.assertIn("alert-danger", self.act("rate", rate=wrong).text, wrong)
        self.assertEqual(self.act("rate", rate="1", feedback="Slow").status_code, 303)
        self.assertIn("alert-danger", self.act("rate", rate="5").text)
        self.assertEqual(self.request.rating_last_value, 1)
        self.assertEqual(self.request.rating_last_feedback, "Slow")
        self.assertBoard(self.request, state="solved")
        self.act("reopen", reopen_text="Still broken")
        self.assertIn("alert-danger", self.act("rate", rate="5").text)
        self.solve(self.request)
        self.assertEqual(self.act("rate", rate="5").status_code, 303)
        self.assertEqual(self.request.rating_last_value, 5)
        self.assertEqual(self.request.rating_count, 2)

    def test_link_of_the_mail_shows_and_the_form_stores(self):
        self.solve(self.request)
        rating = self.request._get_open_rating()
        self.authenticate(None, None)
        url = f"/support/rate/{rating.access_token}"
        for page in (f"{url}?rate=5", f"/rate/{rating.access_token}/5"):
            tree = self.get_tree(page)
            self.assertEqual(
                tree.xpath("//input[@name='rate'][@checked]/@value"), ["5"]
            )
        # the ways of Odoo store nothing
        self.post(f"/rate/{rating.access_token}/submit_feedback", {"rate": "1"})
        rating.invalidate_recordset()
        self.assertFalse(rating.consumed)
        self.post(url, {"rate": "3", "feedback": "Fine"})
        self.post(url, {"rate": "1", "feedback": "No"})
        rating.invalidate_recordset()
        self.assertEqual((rating.rating, rating.feedback), (3, "Fine"))
        self.get_tree("/support/rate/0000", status=404)

    def test_clients_cannot_rate_past_the_page(self):
        self.solve(self.request)
        rating = self.request._get_open_rating()
        for user in (self.user_technical, self.user_admin):
            found = self.env["rating.rating"].with_user(user).search([])
            self.assertNotIn(rating.id, found.ids)
            self.assertFalse(rating.with_user(user).has_access("write"))
        self.request.with_user(self.user_student).sudo().message_post(
            body="Thanks", message_type="comment", rating_value=5
        )
        self.assertFalse(self.request.rating_count)

    def test_what_nobody_asked_is_filled_in(self):
        """Mails and colleagues skip the form of the category; its page has it."""
        request = self.ask(support_subject="Cannot sign in")
        page = self.get_tree(request.access_url)
        (section,) = page.xpath("//section[@id='sajad_support_missing']")
        self.assertTrue(section.xpath(".//*[@name='property_trouble']"))
        # wrong: nothing typed is lost, and the good file stays
        url = f"{request.access_url}/complete"
        files = [("property_picture", "screen.png", PNG)]
        answer = self.post(url, {"property_trouble": ""}, files)
        self.assertIn("screen.png", answer.text)
        self.assertIn("is-invalid", answer.text)
        request.invalidate_recordset()
        self.assertTrue(request.support_missing)
        files = [("property_picture", "screen.png", PNG)]
        answer = self.post(url, {"property_trouble": "other"}, files)
        self.assertIn("message=completed", answer.url)
        request.invalidate_recordset()
        self.assertFalse(request.support_missing)
        names = request.message_ids[:1].attachment_ids.mapped("name")
        self.assertEqual(names, ["Picture - screen.png"])
        page = self.get_tree(request.access_url)
        self.assertFalse(page.xpath("//section[@id='sajad_support_missing']"))
        # sent twice, it changes nothing
        count = len(request.message_ids)
        self.post(url, {"property_trouble": "mobile"})
        request.invalidate_recordset()
        self.assertEqual(len(request.message_ids), count)


@tagged("post_install", "-at_install")
class TestSupportOthers(SupportPages):
    """What others may not do, route by route (rows D1, E5)."""

    ACTIONS = {
        "reopen": {"reopen_text": "No"},
        "close": {},
        "rate": {"rate": "5"},
        "answer": {"answer": "No"},
        "cancel": {},
        "complete": {"property_trouble": "other"},
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_member = cls.make_user("t_member", "base.group_portal")
        cls.user_other_member = cls.make_user("t_other_member", "base.group_portal")
        cls.institution = cls.make_institution("I1", cls.user_member)
        cls.make_institution("I2", cls.user_other_member)

    def assertUntouched(self, request, login):
        self.solve(request)
        self.authenticate(login, login)
        rating = request._get_open_rating()
        for action, data in self.ACTIONS.items():
            with self.subTest(f"{login} {action}"):
                url = f"{request.access_url}/{action}"
                answer = self.post(url, data, allow_redirects=False)
                self.assertEqual(answer.status_code, 303)
                self.assertIn(
                    answer.headers["Location"].split("?")[0], ("/my", "/web/login")
                )
                # nothing by GET, for nobody
                self.url_open(f"{url}?reopen_text=x&rate=5")
        self.assertBoard(request, state="solved")
        rating.invalidate_recordset()
        self.assertFalse(rating.consumed)
        self.assertNotIn("Cannot", self.url_open(request.access_url).text)

    def test_another_student(self):
        request = self.ask(support_subject="Cannot sign in")
        self.assertUntouched(request, "t_other_student")

    def test_students_of_one_university_read_nothing_of_each_other(self):
        """The peer let contacts of one company read each other's tickets."""
        company = self.env["res.partner"].create({"name": "U", "is_company": True})
        fellow = new_test_user(self.env, "t_fellow", "base.group_portal")
        self.make_student("1002", self.university, fellow)
        (fellow.partner_id | self.user_student.partner_id).parent_id = company
        request = self.ask(support_subject="Cannot sign in")
        self.assertFalse(request.with_user(fellow).has_access("read"))
        self.assertUntouched(request, "t_fellow")

    def test_institution_by_its_named_members(self):
        request = self.ask(
            self.institution.with_user(self.user_member).sudo(),
            support_subject="Cannot sign in",
        )
        colleague = self.make_user("t_colleague", "base.group_portal")
        self.institution.member_ids = [fields.Command.create({"user_id": colleague.id})]
        for login in ("t_member", "t_colleague"):
            self.authenticate(login, login)
            page = self.get_tree(request.access_url)
            self.assertIn("t_member", page.text_content(), "who of us asked")
        self.assertUntouched(request, "t_other_member")
        # a former member
        yesterday = get_country_today() - timedelta(days=1)
        member = self.institution.member_ids.filtered(lambda m: m.user_id == colleague)
        member.date_from = member.date_to = yesterday
        self.authenticate("t_colleague", "t_colleague")
        self.assertNotIn("Cannot", self.url_open(request.access_url).text)
        self.post(f"{request.access_url}/close", {})
        self.assertBoard(request, state="solved")

    def test_visitor(self):
        request = self.ask(support_subject="Cannot sign in")
        self.solve(request)
        self.authenticate(None, None)
        for action, data in self.ACTIONS.items():
            url = f"{request.access_url}/{action}"
            answer = self.post(url, data, allow_redirects=False)
            self.assertIn("/web/login", answer.headers["Location"], action)
        self.assertBoard(request, state="solved")

    def test_portal_reads_no_more_by_rpc(self):
        request = self.ask(support_subject="Cannot sign in")
        own = request.with_user(self.user_student)
        self.assertFalse(own.has_access("write"))
        for model in (
            "sajad.task",
            "sajad.event",
            "rating.rating",
            "sajad.support.question",
        ):
            self.assertFalse(
                self.env[model].with_user(self.user_student).has_access("read")
            )
