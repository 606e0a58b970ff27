from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.common import SajadCommon


@tagged("post_install", "-at_install")
class TestConditionWords(SajadCommon, HttpCase):
    """The page of a service says its condition in words (rows A5, A8)."""

    def test_service_page(self):
        process = self.make_process("worded", {"one": {}})
        self.make_cartables(process, self.university, self.user_officer)
        process.student_condition = repr([("entry_year", ">=", 1402)])
        self.student.entry_year = 1401
        self.assertEqual(process._get_condition_text(), "Entry Year is at least 1402")
        url = f"/services/{process.code}"
        # a visitor reads it as well
        self.assertIn("Entry Year is at least 1402", self.url_open(url).text)
        self.authenticate("t_student", "t_student")
        page = self.url_open(url).text
        self.assertIn("Not offered to you: you do not meet its condition", page)
        # said once, and not again in the refusal
        self.assertEqual(page.count("Entry Year is at least 1402"), 1)
        self.student.entry_year = 1403
        self.assertNotIn("Not offered to you", self.url_open(url).text)
        process.student_condition = False
        self.assertNotIn("o_sajad_condition", self.url_open(url).text)
