from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestWizards(SajadCommon):
    """The dialogs of experts and administrators (rows A5, A10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "wiz",
            {
                "a": {"allow_visit": True, "allow_refuse": True},
                "dorm": {
                    "after": ["a"],
                    "condition": "[('has_dormitory', '=', True)]",
                },
                "b": {"after": ["dorm"]},
            },
        )
        cls.cartables = cls.make_cartables(
            cls.process, cls.university, cls.user_officer
        )
        cls.cartables.write({"visit_place": "Hall 1", "visit_hours": "8-12"})
        cls.request = cls.make_request(cls.process)

    def decide(self, tasks, decision, **values):
        """Fill in the dialog as an expert does, and confirm."""
        Wizard = self.env["sajad.task.decide"].with_user(self.user_officer)
        form = Form(
            Wizard.with_context(default_task_ids=tasks.ids, default_decision=decision)
        )
        for name, value in values.items():
            form[name] = value
        return form.save().action_apply()

    def test_visit_is_prefilled_from_the_cartable(self):
        task = self.task(self.request, "a")
        self.decide(task, "visit", visit_reason="Two books")
        self.assertEqual(task.visit_place, "Hall 1")
        self.assertEqual(task.visit_time, "8-12")
        self.assertEqual(task.student_wait, "visit")

    def test_texts_for_the_student_are_asked_for(self):
        task = self.task(self.request, "a")
        wizard = (
            self.env["sajad.task.decide"]
            .with_user(self.user_officer)
            .create({"task_ids": task.ids, "decision": "return_student"})
        )
        with self.assertRaisesRegex(UserError, "the student reads it"):
            wizard.action_apply()
        self.assertEqual(task.state, "ready")

    def test_refuse(self):
        self.decide(self.task(self.request, "a"), "refuse", reason="No.")
        self.assertEqual(self.request.state, "refused")

    def test_send_back_offers_what_was_decided(self):
        self.approve(self.request, "a")
        first = self.task(self.request, "a")
        task = self.task(self.request, "b")
        self.decide(task, "send_back", target_step_id=first.step_id, reason="Again.")
        self.assertStates(self.request, a="ready", b="waiting")

    def test_hand_over_to_a_colleague(self):
        colleague = self.make_user("t_colleague", "base.group_user")
        self.env["sajad.cartable.member"].create(
            {"cartable_id": self.cartables[0].id, "user_id": colleague.id}
        )
        task = self.task(self.request, "a")
        self.decide(task, "hand_over", user_id=colleague)
        self.assertEqual(task.user_id, colleague)

    def test_many_have_a_line_each(self):
        others = [
            self.make_request(self.process, self.make_student(n, self.university))
            for n in ("7001", "7002")
        ]
        tasks = self.task(self.request, "a")
        for other in others:
            tasks |= self.task(other, "a")
        self.approve(others[0], "a")
        action = self.decide(tasks, "approve")
        lines = self.env["sajad.task.decide.line"].search(
            [("wizard_id", "=", action["res_id"])]
        )
        self.assertEqual(sorted(lines.mapped("is_done")), [False, True, True])
        self.assertEqual(set(tasks.mapped("state")), {"done"})

    @users("t_officer", "t_organization")
    def test_only_admins_design(self):
        flow = self.process.flow_ids.with_env(self.env)
        with self.assertRaises(AccessError):
            flow.action_publish()
        with self.assertRaises(AccessError):
            flow.copy()
