from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SupportPortalCommon


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
        cls.env["ir.config_parameter"].set_param("sajad_base.verify_limit", "50")

    @classmethod
    def make_question(cls, name, keywords=False, **values):
        return cls.Question.create(
            {"name": name, "answer": f"<p>{name}</p>", "keywords": keywords, **values}
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
        self.env["ir.config_parameter"].set_param("sajad_base.verify_limit", "2")
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
