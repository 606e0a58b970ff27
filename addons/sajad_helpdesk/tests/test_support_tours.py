from odoo.tests import HttpCase, tagged

from .common import SupportCommon


@tagged("post_install", "-at_install", "is_tour")
class TestSupportTours(SupportCommon, HttpCase):
    """A question and the answer to the expert in the browser, in Persian (row D1)."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        modules = ("sajad_base", "sajad_helpdesk")
        module = cls.env["ir.module.module"].search([("name", "in", modules)])
        module._update_translations(["fa_IR"])
        for user in cls.user_student | cls.user_technical:
            user.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.category.name = "موضوع آزمایشی"
        question = cls.env["sajad.support.question"].create(
            {"name": "رمز عبور خود را گم کردم", "answer": "<p>بازنشانی کنید.</p>"}
        )
        question.action_publish()

    def walk(self, url, name):
        self.start_tour(url, name, login="t_student")
        self.env.invalidate_all()

    def test_question_and_answer(self):
        self.walk("/my/support", "sajad_support_ask")
        domain = [("process_id", "=", self.process.id)]
        request = self.env["sajad.request"].search(domain, limit=1)
        work = self.task(request, "technical", self.user_technical)
        self.engine.with_user(self.user_technical)._return_to_student(
            work, "کدام مرورگر؟"
        )
        self.walk(request.access_url, "sajad_support_answer")
        self.assertBoard(request, state="progress")
