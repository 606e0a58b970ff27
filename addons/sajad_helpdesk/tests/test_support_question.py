from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from odoo.addons.sajad_base.tests.throttle import set_call_limit

from .common import SupportCommon, SupportPortalCommon


@tagged("post_install", "-at_install")
class TestSupportQuestion(SupportPortalCommon):
    """Answered questions: read by everybody, suggested while typing (row D1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Question = cls.env["sajad.support.question"]
        cls.Question.search([]).active = False
        cls.password = cls.make_question("رمز عبور خود را فراموش کرده‌ام", "پسورد")
        cls.upload = cls.make_question("فایل من بارگذاری نمی‌شود")
        cls.hidden = cls.make_question("رمز عبور همکاران", published=False)
        set_call_limit(cls.env, 50)

    @classmethod
    def make_question(cls, name, keywords=False, **values):
        return cls.Question.create(
            {
                "name": name,
                "answer": f"<p>{name}</p>",
                "keywords": keywords,
                "published": True,
                **values,
            }
        )

    def suggest(self, text):
        found = self.make_jsonrpc_request("/support/questions/suggest", {"text": text})
        return [line["id"] for line in found]

    def test_suggestions_in_any_spelling(self):
        for text in ("رمز عبورم را گم كردم", "پسورد من کار نمی کند", "رمزعبور"):
            with self.subTest(text):
                self.assertEqual(self.suggest(text), self.password.ids)

    def test_best_fit_comes_first(self):
        both = self.make_question("رمز عبور فایل PDF")
        self.assertEqual(self.suggest("رمز عبور فایل")[0], both.id)

    def test_nothing_is_suggested_for_words_that_say_nothing(self):
        for text in ("", "سلام لطفا", "من را", "%%%", "___", None, 3, "x" * 5000):
            with self.subTest(text):
                self.assertEqual(self.suggest(text), [])

    def test_suggestions_are_counted(self):
        set_call_limit(self.env, 2)
        found = [self.suggest("رمز عبور") for _call in range(3)]
        self.assertEqual(found, [self.password.ids, self.password.ids, []])
        # whoever is signed in is counted alone
        self.authenticate("t_student", "t_student")
        self.assertEqual(self.suggest("رمز عبور"), self.password.ids)

    def test_visitors_read_and_search_what_is_published(self):
        self.authenticate(None, None)
        page = self.get_tree("/support/questions?search=رمز")
        links = page.xpath("//a[hasclass('o_sajad_row')]/@href")
        self.assertEqual(links, [f"/support/questions/{self.password.id}"])
        self.get_tree(f"/support/questions/{self.password.id}")
        self.get_tree(f"/support/questions/{self.hidden.id}", status=404)
        page = self.get_tree("/support/questions?search=%25%25nothing")
        self.assertFalse(page.xpath("//a[hasclass('o_sajad_row')]"))

    def test_helpful_is_counted_once_and_never_by_get(self):
        self.authenticate(None, None)
        url = f"/support/questions/{self.password.id}/helpful"
        self.assertEqual(self.url_open(f"{url}?helpful=yes").status_code, 405)
        with mute_logger("odoo.http"):  # no token
            answer = self.url_open(url, data={"helpful": "yes"})
        self.assertEqual(answer.status_code, 400)
        for helpful in ("yes", "no", "yes"):
            self.post(url, {"helpful": helpful})
        self.password.invalidate_recordset()
        self.assertEqual(self.password.helpful_count, 1)
        self.assertEqual(self.password.unhelpful_count, 0)
        hidden_url = f"/support/questions/{self.hidden.id}/helpful"
        self.assertEqual(self.post(hidden_url, {"helpful": "no"}).status_code, 404)
        self.assertEqual(self.post(url, {"helpful": "no;"}).status_code, 404)


@tagged("post_install", "-at_install")
class TestQuestionDraft(SupportCommon):
    """Experts draft answered questions out of requests, heads publish them (D1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student.write({"national_id": "0012345679", "mobile": "09121234567"})
        cls.request = cls.ask(
            support_subject=f"{cls.student.name} cannot upload",
        )
        expert = cls.request.with_user(cls.user_technical)
        text = (
            f"Dear {cls.student.name} ({cls.student.student_number}),\n"
            "make the file smaller. We call 09121234567."
        )
        assert not expert._support_answer("solve", text)
        cls.head = cls.make_user("t_desk_head", "sajad_base.group_sajad_officer")
        cls.request.support_cartable_id.member_ids = [
            Command.create({"user_id": cls.head.id, "kind": "supervisor"})
        ]

    def draft(self):
        action = self.request.with_user(self.user_technical).action_support_question()
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_draft_leaves_out_who_asked(self):
        question = self.draft()
        self.assertFalse(question.published)
        self.assertEqual(question.cartable_id, self.request.support_cartable_id)
        self.assertIn("cannot upload", question.name)
        self.assertIn("make the file smaller", question.answer)
        student = self.student
        for text in (student.name, student.student_number, "9121234567"):
            self.assertNotIn(text, question.name + question.answer)

    def test_what_looks_personal_is_not_published(self):
        question = self.draft()
        with Form(question.with_user(self.user_technical)) as form:
            form.answer = "<p>Write to sara@mail.example or 0912 765 4321.</p>"
        self.assertEqual(question.personal, "sara@mail.example and 0912 765 4321")
        self.env["res.lang"]._activate_lang("fa_IR")
        persian = question.with_context(lang="fa_IR").personal
        self.assertNotIn(",", persian)
        self.assertIn("sara@mail.example", persian)
        with self.assertRaisesRegex(UserError, "sara@mail.example"):
            question.with_user(self.head).action_publish()
        self.assertFalse(question.published)

    @users("t_technical")
    def test_experts_write_their_drafts_and_publish_nothing(self):
        Question = self.env["sajad.support.question"]
        own = self.draft().with_env(self.env)
        own.name = "The file is too large"
        with self.assertRaises(AccessError):
            own.action_publish()
        with self.assertRaises(AccessError):
            own.published = True
        with self.assertRaises(AccessError):
            Question.create({"name": "A", "answer": "B", "published": True})
        made = Question.with_context(default_published=True).create(
            {"name": "A", "answer": "B"}
        )
        self.assertFalse(made.published)
        # once it is published, it is the head's
        own.with_user(self.head).action_publish()
        with self.assertRaises(AccessError):
            own.name = "Mine again"

    def test_heads_publish_what_their_desk_wrote(self):
        question = self.draft()
        mine = question.with_user(self.head)
        self.assertTrue(mine.can_publish)
        mine.name = "The file is too large"
        mine.action_publish()
        Question = self.env["sajad.support.question"]
        self.assertIn(question, Question._suggest("file too large"))
        mine.action_unpublish()
        self.assertNotIn(question, Question._suggest("file too large"))
        # of another desk
        for user in (self.user_second, self.experts["university"], self.user_student):
            with self.subTest(user.login), self.assertRaises(AccessError):
                question.with_user(user).action_publish()
        question.with_user(self.user_organization).action_publish()
        self.assertTrue(question.published)

    def test_only_of_what_was_answered_by_the_desk(self):
        asked = self.ask()
        with self.assertRaises(UserError):
            asked.with_user(self.user_technical).action_support_question()
        with self.assertRaises(AccessError):
            self.request.with_user(self.user_second).action_support_question()
