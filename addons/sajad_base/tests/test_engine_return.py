from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestEngineReturn(SajadCommon):
    """Return to the student, to an earlier office, and visits (rows A6, B2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "ret",
            {
                "start": {},
                "left": {"after": ["start"], "allow_visit": True},
                "right": {"after": ["start"]},
                "right2": {"after": ["right"]},
                "end": {"after": ["left", "right2"]},
            },
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)

    def setUp(self):
        super().setUp()
        self.request = self.make_request(self.process)
        self.officer_engine = self.engine.with_user(self.user_officer)

    def test_return_to_the_student_and_answer(self):
        task = self.task(self.request, "start", self.user_officer)
        self.assertFalse(self.officer_engine._return_to_student(task, "Sign it."))
        self.assertEqual(self.request.state, "returned")
        self.assertEqual(self.request.return_reason, "Sign it.")
        self.assertStates(self.request, start="student")
        with self.assertRaisesRegex(UserError, "answer first"):
            task.action_approve()
        self.engine._answer(self.request, "Signed.")
        self.assertEqual(self.request.state, "running")
        self.assertStates(self.request, start="ready")
        self.assertEvents(
            self.request, ["submitted", "ready", "returned", "answered", "ready"]
        )

    def test_the_office_reads_the_answer_with_its_reason(self):
        task = self.task(self.request, "start", self.user_officer)
        for reason, answer in (("Sign it.", "Signed."), ("Date it.", "Dated.")):
            self.officer_engine._return_to_student(task, reason)
            self.assertFalse(task.return_answer)
            self.engine._answer(self.request, answer)
            self.assertEqual((task.return_reason, task.return_answer), (reason, answer))

    def test_answer_only_when_asked(self):
        with self.assertRaises(UserError):
            self.engine._answer(self.request, "hello")

    def test_take_back(self):
        task = self.task(self.request, "start", self.user_officer)
        self.officer_engine._return_to_student(task, "Sign it.")
        task.action_take_back()
        self.assertStates(self.request, start="ready")
        self.assertEqual(self.request.state, "running")
        with self.assertRaisesRegex(UserError, "nothing of yours"):
            task.action_take_back()

    def test_visit_keeps_the_task_and_tells_the_student(self):
        self.approve(self.request, "start")
        task = self.task(self.request, "left", self.user_officer)
        self.officer_engine._require_visit(task, "Room 1", "8-12", "Two books")
        self.assertStates(self.request, left="student", right="ready")
        self.assertEqual(self.request.state, "running")
        self.assertTrue(task.visit_required)
        notice = self.env["sajad.notice"].search(
            [("request_id", "=", self.request.id), ("kind", "=", "visit")]
        )
        body = notice._prepare_mail_values()["body_html"]
        for text in ("Room 1", "8-12", "Two books"):
            self.assertIn(text, body)
        task.action_approve()
        self.assertStates(self.request, left="done")

    def test_visit_only_where_the_step_may(self):
        task = self.task(self.request, "start", self.user_officer)
        self.assertIn(task, self.officer_engine._require_visit(task, "a", "b", "c"))
        self.assertStates(self.request, start="ready")

    def test_the_first_step_sends_nothing_back(self):
        """There is no office before it: the button and the choice are not there."""
        first = self.task(self.request, "start", self.user_officer)
        wizard = self.env["sajad.task.decide"].with_user(self.user_officer)
        self.assertFalse(first.can_send_back)
        made = wizard.create({"task_ids": first.ids})
        self.assertNotIn("send_back", made.available_decisions)
        self.approve(self.request, "start", "right")
        later = self.task(self.request, "right2", self.user_officer)
        self.assertTrue(later.can_send_back)
        made = wizard.create({"task_ids": later.ids})
        self.assertIn("send_back", made.available_decisions)

    def test_send_back_keeps_the_finished_branch(self):
        self.approve(self.request, "start", "left", "right")
        right = self.task(self.request, "right")
        task = self.task(self.request, "right2", self.user_officer)
        self.officer_engine._send_back(task, right.step_id, "Look again.")
        self.assertStates(
            self.request,
            start="done",
            left="done",
            right="ready",
            right2="waiting",
            end="waiting",
        )
        self.assertEqual(self.task(self.request, "right").round, 2)
        self.assertEqual(self.task(self.request, "left").round, 1)
        self.assertFalse(right.current)
        self.approve(self.request, "right", "right2")
        self.assertStates(self.request, end="ready")
        self.approve(self.request, "end")
        self.assertEqual(self.request.state, "done")

    def test_send_back_to_the_fork_reopens_both_branches(self):
        self.approve(self.request, "start", "left", "right")
        start = self.task(self.request, "start")
        task = self.task(self.request, "right2", self.user_officer)
        self.officer_engine._send_back(task, start.step_id, "All wrong.")
        self.assertStates(self.request, start="ready", left="waiting", right="waiting")
        self.approve(self.request, "start", "right", "left", "right2", "end")
        self.assertEqual(self.request.state, "done")

    def test_send_back_only_upstream(self):
        self.approve(self.request, "start", "left")
        left = self.task(self.request, "left")
        task = self.task(self.request, "right", self.user_officer)
        with self.assertRaises(UserError):
            self.officer_engine._send_back(task, left.step_id, "no")
        steps = self.engine._get_return_steps(task)
        self.assertEqual(steps.stage_id.mapped("code"), ["start"])
