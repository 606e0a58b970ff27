from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestEngineAgain(SajadCommon):
    """Work is referred to an office beside, and finished requests begin again (D2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        never = {"condition": "[('note', '=', 'never')]"}
        cls.process = cls.make_process(
            "again",
            {
                "start": {"allow_refer": True},
                "left": {"after": ["start"], "allow_refer": True},
                "right": {"after": ["start"], **never},
                "apart": {"after": ["start"], **never},
                "end": {"after": ["left", "right"], "allow_refer": True},
            },
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)

    def setUp(self):
        super().setUp()
        self.request = self.make_request(self.process)
        self.officer_engine = self.engine.with_user(self.user_officer)

    def refer(self, code, to, user=None):
        task = self.task(self.request, code, user or self.user_officer)
        stage = self.process.stage_ids.filtered(lambda s: s.code == to)
        engine = self.engine.with_user(user or self.user_officer)
        return engine._refer(task, stage, "Not ours.").get(task, "")

    def test_refer_to_an_office_that_was_not_needed(self):
        self.approve(self.request, "start")
        self.assertStates(self.request, left="ready", right="skipped", end="waiting")
        self.assertFalse(self.refer("left", "right"))
        self.assertStates(self.request, left="done", right="ready", end="waiting")
        left = self.task(self.request, "left")
        self.assertEqual((left.outcome, left.return_reason), ("referred", "Not ours."))
        self.approve(self.request, "right")
        self.assertStates(self.request, end="ready")
        self.approve(self.request, "end")
        self.assertEqual(self.request.state, "done")

    def test_refer_back(self):
        self.approve(self.request, "start")
        self.refer("left", "right")
        step = self.task(self.request, "right").step_id
        self.assertFalse(step.allow_refer)
        self.assertIn("does not decide this way", self.refer("right", "left"))
        self.assertEqual(self.request.state, "running")

    def test_refer_only_where_nothing_is_left_out(self):
        self.approve(self.request, "start")
        for code in ("start", "apart", "end", "left"):
            with self.subTest(code):
                self.assertIn("cannot be referred", self.refer("left", code))
        task = self.task(self.request, "left", self.user_officer)
        steps = self.officer_engine._get_refer_steps(task)
        self.assertEqual(steps.stage_id.mapped("code"), ["right"])
        right = self.task(self.request, "right", self.user_officer)
        self.assertFalse(self.officer_engine._get_refer_steps(right))
        self.assertStates(self.request, left="ready", right="skipped")

    def test_refer_is_no_decision_to_undo(self):
        self.approve(self.request, "start")
        self.refer("left", "right")
        with self.assertRaisesRegex(UserError, "moved on"):
            self.task(self.request, "left", self.user_officer).action_undo()

    def test_requesters_do_not_read_why_offices_refer(self):
        self.approve(self.request, "start")
        self.refer("left", "right")
        event = self.request.event_ids.filtered(lambda e: e.kind == "referred")
        self.assertFalse(event.visible_to_student)
        self.assertEqual(event.reason, "Not ours.")

    def test_reopen_gives_the_work_to_who_decided_last(self):
        with self.assertRaisesRegex(UserError, "not finished"):
            self.engine._reopen(self.request, "Again.")
        self.approve(self.request, "start", "left", "end")
        self.assertEqual(self.request.state, "done")
        self.engine._reopen(self.request, "Again.")
        self.assertStates(self.request, start="done", left="done", end="ready")
        end = self.task(self.request, "end")
        self.assertEqual((end.round, end.user_id), (2, self.user_officer))
        self.assertFalse(self.request.date_done)
        self.approve(self.request, "end")
        self.assertEqual(self.request.state, "done")

    def test_reopen_where_nobody_is_in_charge(self):
        self.approve(self.request, "start", "left", "end")
        cartable = self.task(self.request, "end").cartable_id
        cartable.member_ids.user_id = self.user_stranger
        self.engine._reopen(self.request, "Again.")
        self.assertStates(self.request, end="ready")
        self.assertFalse(self.task(self.request, "end").user_id)
        self.approve(self.request, "end", user=self.user_stranger)
        cartable.member_ids.unlink()
        self.engine._reopen(self.request, "Again.")
        self.assertEqual(self.request.state, "suspended")
        self.assertStates(self.request, end="suspended")

    def test_reopen_keeps_the_open_key(self):
        self.process.exclusive_group = "again"
        first = self.make_request(self.process)
        self.approve(first, "start", "left", "end")
        self.assertFalse(first.open_key)
        self.engine._reopen(first, "Again.")
        self.assertTrue(first.open_key)

    def test_days_of_work_follow_the_calendar(self):
        plan = self.env["resource.calendar"]._sajad_plan_days
        # Sunday; offices are closed on Thursday and Friday
        sunday = datetime(2026, 11, 22, 8)
        calendar = self.env.ref("sajad_base.resource_calendar_university")
        self.assertEqual(plan(calendar.id, 3, sunday), date(2026, 11, 25))
        self.assertEqual(plan(calendar.id, 4, sunday), date(2026, 11, 28))
        self.assertEqual(plan(calendar.id, 0, sunday), date(2026, 11, 22))
        # in Tehran it is Monday already
        late = datetime(2026, 11, 22, 21)
        self.assertEqual(plan(calendar.id, 1, late), date(2026, 11, 24))
        self.assertEqual(plan(False, 2, sunday), date(2026, 11, 24))
