from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestWorkForm(SajadCommon):
    """The form of work shows what the office decides on (row A10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        check = {"name": "Say so.", "domain": "[('properties.card', '=', True)]"}
        step = {
            "task_properties_definition": [
                {"name": "card", "type": "boolean", "string": "Card received"}
            ],
            "check_ids": [Command.create(check)],
        }
        cls.process = cls.make_process(
            "work_form",
            {"one": step, "two": {"after": ["one"]}},
            request_properties_definition=[
                {"name": "wish", "type": "char", "string": "What I wish"}
            ],
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.request = cls.make_request(cls.process, properties={"wish": "A <b>"})

    def setUp(self):
        super().setUp()
        self.work = self.task(self.request, "one", self.user_officer)

    def test_answers(self):
        self.assertIn("What I wish", self.work.answers_html)
        self.assertIn("A &lt;b&gt;", self.work.answers_html)

    def test_unmet_check_names_its_box(self):
        expected = [{"sentence": "Card received: Say so.", "boxes": ["card"]}]
        self.assertEqual(self.work.unmet_checks, expected)
        with self.assertRaisesRegex(UserError, "Card received: Say so."):
            self.work.action_approve()

    def test_filled_in(self):
        self.work.properties = {"card": True}
        self.assertFalse(self.work.unmet_checks)
        self.work.action_approve()
        self.assertEqual(self.work.state, "done")

    def test_who_does_not_decide_is_asked_nothing(self):
        work = self.task(self.request, "one", self.user_auditor)
        self.assertFalse(work.unmet_checks)

    def test_conversation_of_a_national_office(self):
        """Its staff may not read the student, and still open the conversation."""
        user = self.make_user("t_national", "sajad_base.group_sajad_officer")
        role = self.make_role("national", "organization")
        process = self.make_process("national", {"one": {"role": role}})
        self.make_cartable(role, process, self.organization, user)
        self.student.partner_id.sajad_university_id = self.university
        request = self.make_request(process).with_user(user)
        self.assertFalse(request.partner_id.has_access("read"))
        store = Store()
        names = ["followers", "attachments", "messages", "suggestedRecipients"]
        request._thread_to_store(store, [], request_list=names)
        self.assertTrue(store.get_result())

    def test_queries_do_not_grow(self):
        """One form costs the same, however many requests there are."""
        names = ["unmet_checks", "answers_html", "event_ids", "can_decide", "can_undo"]

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.work.read(names)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        self.env.flush_all()
        for number in range(10):
            student = self.make_student(f"99{number}", self.university)
            self.make_request(self.process, student)
        # new students empty caches that a server has filled again at once
        count()
        self.assertLessEqual(count(), few)
