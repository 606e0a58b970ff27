from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.batch import sajad_batch_run
from ..wizards import sajad_task_assign
from .common import OFFICER, SajadCommon


@tagged("post_install", "-at_install")
class TestEngineAssign(SajadCommon):
    """A head decides by picking an expert (row B3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "assign",
            {
                "head": {"mode": "assign", "allow_return": False},
                "expert": {"after": ["head"]},
                "end": {"after": ["expert"]},
            },
            exclusive_group="assign",
        )
        cls.user_head = cls.make_user("t_head", OFFICER)
        cls.user_one = cls.make_user("t_one", OFFICER)
        cls.user_two = cls.make_user("t_two", OFFICER)
        cls.roles = {stage.code: stage.role_id for stage in cls.process.stage_ids}
        make = cls.make_cartable
        cls.head_cartable = make(
            cls.roles["head"], cls.process, cls.university, cls.user_head
        )
        cls.cartable = make(
            cls.roles["expert"], cls.process, cls.university, cls.user_one
        )
        cls.cartable.member_ids = [
            Command.create({"user_id": cls.user_two.id}),
            Command.create({"user_id": cls.user_supervisor.id, "kind": "supervisor"}),
        ]
        make(cls.roles["end"], cls.process, cls.university, cls.user_officer)

    def head_task(self, request, user=None):
        return self.task(request, "head", user or self.user_head)

    def assign(self, request, user, by=None, reason=""):
        task = self.head_task(request, by)
        return task.env["sajad.engine"]._assign_experts({task: user}, reason)

    def expert_task(self, request, user=None):
        return self.task(request, "expert", user or self.user_one)

    def make_requests(self, *numbers):
        return [
            self.make_request(self.process, self.make_student(n, self.university))
            for n in numbers
        ]

    # ------------------------------------------------------------
    # ASSIGN
    # ------------------------------------------------------------

    def test_assignment_is_the_decision(self):
        request = self.make_request(self.process)
        self.assertFalse(self.assign(request, self.user_one, reason="A friend of mine"))
        self.assertStates(request, head="done", expert="ready", end="waiting")
        self.assertEqual(self.head_task(request).outcome, "assigned")
        work = self.expert_task(request)
        self.assertEqual(work.user_id, self.user_one)
        self.assertTrue(work.can_decide)
        self.assertFalse(self.expert_task(request, self.user_two).can_decide)
        self.assertEqual(self.head_task(request).expert_id, self.user_one)
        self.assertEvents(request, ["submitted", "ready", "assigned", "ready"])
        event = request.event_ids.filtered(lambda e: e.kind == "assigned")
        self.assertEqual(event.user_id, self.user_head)
        self.assertEqual(event.reason, "t_one: A friend of mine")
        self.assertFalse(event.visible_to_student)
        work.action_approve()
        self.assertStates(request, expert="done", end="ready")

    def test_approving_does_not_pass_a_head(self):
        """Not over RPC either: the public buttons end in the engine."""
        request = self.make_request(self.process)
        with self.assertRaisesRegex(UserError, "choose the expert"):
            self.head_task(request).action_approve()
        self.assertStates(request, head="ready", expert="waiting")

    def test_only_members_of_the_next_cartable(self):
        """Neither strangers nor supervisors nor whose membership has ended."""
        request = self.make_request(self.process)
        ended = self.make_user("t_ended", OFFICER)
        self.cartable.member_ids = [
            Command.create({"user_id": ended.id, "date_to": "2020-01-01"})
        ]
        for user in (self.user_stranger, self.user_supervisor, ended, self.user_head):
            with self.subTest(user.login):
                problems = self.assign(request, user)
                self.assertIn("does not decide", "".join(problems.values()))
        self.assertStates(request, head="ready", expert="waiting")
        self.assertTrue(self.assign(request, self.env["res.users"]))

    def test_substitutes_are_picked_and_pick(self):
        substitute, stand_in = (
            self.make_user("t_substitute", OFFICER),
            self.make_user("t_stand_in", OFFICER),
        )
        for cartable, user, owner in (
            (self.cartable, substitute, self.user_one),
            (self.head_cartable, stand_in, self.user_head),
        ):
            cartable.member_ids = [
                Command.create(
                    {
                        "user_id": user.id,
                        "kind": "substitute",
                        "on_behalf_of_id": owner.id,
                    }
                )
            ]
        request = self.make_request(self.process)
        self.assertFalse(self.assign(request, substitute, by=stand_in))
        self.assertEqual(self.expert_task(request, substitute).user_id, substitute)
        event = request.event_ids.filtered(lambda e: e.kind == "assigned")
        self.assertEqual(
            (event.user_id, event.on_behalf_of_id), (stand_in, self.user_head)
        )

    def test_who_may_assign(self):
        request = self.make_request(self.process)
        for user in (self.user_one, self.user_stranger):
            with (
                self.subTest(user.login),
                mute_logger("odoo.addons.base.models.ir_rule"),
                self.assertRaises(AccessError),
            ):
                self.assign(request, self.user_one, by=user)
        self.head_cartable.member_ids = [
            Command.create({"user_id": self.user_supervisor.id, "kind": "supervisor"})
        ]
        problems = self.assign(request, self.user_one, by=self.user_supervisor)
        self.assertIn("not in charge", "".join(problems.values()))
        self.assertStates(request, head="ready")

    def test_nobody_gets_the_own_request(self):
        self.user_one.partner_id = self.student.partner_id
        request = self.make_request(self.process)
        problems = self.assign(request, self.user_one)
        self.assertIn("own request", "".join(problems.values()))

    def test_other_steps_assign_nobody(self):
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        task = self.expert_task(request)
        problems = task.env["sajad.engine"]._assign_experts({task: self.user_two})
        self.assertIn("assigns nobody", "".join(problems.values()))
        with self.assertRaisesRegex(UserError, "decided by assigning"):
            task.action_assign()

    def test_no_cartable_after_the_head(self):
        """The head reads why, keeps the work, and the liaison is told once."""
        self.cartable.active = False
        first, second = self.make_requests("4001", "4002")
        notices = self.env["sajad.notice"].search(
            [("request_id", "in", (first | second).ids), ("kind", "=", "gap")]
        )
        self.assertEqual(notices.partner_id, self.user_liaison.partner_id)
        self.assertEqual(len(notices), 1)
        self.assertEqual(notices.task_id.stage_id.code, "expert")
        problems = self.assign(first, self.user_one)
        self.assertIn("Nobody is in charge of Stage expert", "".join(problems.values()))
        self.assertStates(first, head="ready", expert="waiting")
        action = self.head_task(first).action_assign()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.missing, "Stage expert")
        self.assertFalse(wizard.expert_ids)
        self.cartable.active = True
        self.assertFalse(self.assign(first, self.user_one))

    def test_expert_office_closes_after_the_assignment(self):
        """The work is suspended like any other, and comes back unclaimed."""
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        self.cartable.active = False
        self.assertStates(request, head="done", expert="suspended")
        self.assertFalse(self.head_task(request).can_reassign)
        self.cartable.active = True
        self.assertStates(request, expert="ready")
        self.assertFalse(self.expert_task(request).user_id)
        task = self.head_task(request)
        self.assertTrue(task.can_reassign)
        self.assertFalse(task.env["sajad.engine"]._reassign({task: self.user_two}))
        self.assertEqual(self.expert_task(request).user_id, self.user_two)

    # ------------------------------------------------------------
    # GIVE BACK, ASSIGN ANEW, UNDO
    # ------------------------------------------------------------

    def test_expert_gives_back(self):
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        task = self.expert_task(request)
        self.assertTrue(task.can_give_back)
        with self.assertRaisesRegex(UserError, "give it back"):
            task.action_release()
        wizard = self.env["sajad.task.decide"].with_user(self.user_one)
        form = Form(
            wizard.with_context(default_task_ids=task.ids, default_decision="give_back")
        )
        form.reason = "I am on leave."
        form.save().action_apply()
        self.assertStates(request, head="ready", expert="waiting", end="waiting")
        self.assertEqual(self.head_task(request).round, 2)
        self.assertEvents(
            request,
            ["submitted", "ready", "assigned", "ready", "given_back", "ready"],
        )
        event = request.event_ids.filtered(lambda e: e.kind == "given_back")
        self.assertEqual(
            (event.user_id, event.reason), (self.user_one, "I am on leave.")
        )
        self.assertFalse(event.visible_to_student)
        self.assertFalse(self.assign(request, self.user_two))
        self.assertEqual(self.expert_task(request).user_id, self.user_two)

    def test_giving_back_needs_an_assignment_and_a_reason(self):
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        task = self.expert_task(request)
        wizard = task.env["sajad.task.decide"].create(
            {"task_ids": task.ids, "decision": "give_back", "reason": " "}
        )
        with self.assertRaisesRegex(UserError, "Say why"):
            wizard.action_apply()
        task.action_approve()
        end = self.task(request, "end", self.user_officer)
        problems = end.env["sajad.engine"]._give_back(end, "no")
        self.assertIn("Nobody has assigned", "".join(problems.values()))

    def test_head_assigns_anew_while_it_is_open(self):
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        task = self.head_task(request)
        self.assertTrue(task.can_reassign)
        self.assertFalse(task.env["sajad.engine"]._reassign({task: self.user_two}))
        self.assertEqual(self.expert_task(request).user_id, self.user_two)
        self.assertEqual(request.event_ids[-1:].kind, "reassigned")
        self.expert_task(request, self.user_two).action_approve()
        self.env.invalidate_all()
        self.assertFalse(task.can_reassign)
        problems = task.env["sajad.engine"]._reassign({task: self.user_one})
        self.assertIn("has decided already", "".join(problems.values()))

    def test_only_heads_assign_anew(self):
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        task = self.head_task(request, self.user_one)
        with (
            mute_logger("odoo.addons.base.models.ir_rule"),
            self.assertRaises(AccessError),
        ):
            task.env["sajad.engine"]._reassign({task: self.user_two})

    def test_undo_of_an_assignment(self):
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        task = self.head_task(request)
        self.assertTrue(task.can_undo)
        task.action_undo()
        self.assertStates(request, head="ready", expert="waiting")
        self.assertFalse(self.expert_task(request).sudo().user_id)
        self.assertFalse(self.assign(request, self.user_two))
        self.expert_task(request, self.user_two).action_approve()
        with self.assertRaisesRegex(UserError, "has begun already"):
            task.action_undo()
        # the expert's own decision comes back to the expert
        work = self.expert_task(request, self.user_two)
        work.action_undo()
        self.assertEqual(work.user_id, self.user_two)

    def test_work_comes_back_to_the_same_expert(self):
        """From the student and from a later office."""
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        task = self.expert_task(request)
        task.env["sajad.engine"]._return_to_student(task, "Which year?")
        self.engine._answer(request, "1405")
        self.assertStates(request, expert="ready")
        self.assertEqual(self.expert_task(request).user_id, self.user_one)
        self.expert_task(request).action_approve()
        end = self.task(request, "end", self.user_officer)
        end.env["sajad.engine"]._send_back(end, task.step_id, "Again.")
        self.assertStates(request, head="done", expert="ready")
        self.assertEqual(self.expert_task(request).user_id, self.user_one)
        self.assertEqual(self.expert_task(request).round, 2)

    def test_expert_who_left_does_not_keep_the_work(self):
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        task = self.expert_task(request)
        task.env["sajad.engine"]._return_to_student(task, "Which year?")
        self.cartable.member_ids.filtered(lambda m: m.user_id == self.user_one).unlink()
        self.engine._answer(request, "1405")
        self.assertFalse(self.expert_task(request, self.user_two).user_id)
        self.assertTrue(self.head_task(request).can_reassign)

    # ------------------------------------------------------------
    # DIALOG
    # ------------------------------------------------------------

    def open_dialog(self, tasks):
        action = tasks.action_assign()
        return (
            self.env[action["res_model"]]
            .with_user(self.user_head)
            .browse(action["res_id"])
        )

    def test_dialog_of_one(self):
        busy, request = self.make_requests("4001", "4002")
        self.assign(busy, self.user_one)
        wizard = self.open_dialog(self.head_task(request))
        self.assertEqual(
            [(e.user_id, e.open_count) for e in wizard.expert_ids],
            [(self.user_two, 0), (self.user_one, 1)],
        )
        wizard.note = "soon"
        wizard.expert_ids[1].action_pick()
        self.assertEqual(self.expert_task(request).user_id, self.user_one)
        event = request.event_ids.filtered(lambda e: e.kind == "assigned")
        self.assertEqual(event.reason, "t_one: soon")

    def test_dialog_of_many_is_balanced(self):
        busy, *requests = self.make_requests("4000", "4001", "4002", "4003")
        self.assign(busy, self.user_one)
        tasks = self.env["sajad.task"].union(*(self.head_task(r) for r in requests))
        wizard = self.open_dialog(tasks.with_user(self.user_head))
        shares = {e.user_id: e.share for e in wizard.expert_ids}
        self.assertEqual(shares, {self.user_one: 1, self.user_two: 2})
        with Form(wizard) as form, form.line_ids.edit(0) as line:
            line.user_id = self.user_one
        result = wizard.action_apply()
        self.assertEqual(result["tag"], "display_notification")
        self.assertEqual(self.expert_task(requests[0]).user_id, self.user_one)
        self.assertEqual(set(tasks.mapped("state")), {"done"})

    def test_dialog_gives_all_to_one_and_says_what_failed(self):
        requests = self.make_requests("4001", "4002", "4003")
        tasks = self.env["sajad.task"].union(*(self.head_task(r) for r in requests))
        wizard = self.open_dialog(tasks.with_user(self.user_head))
        # meanwhile a colleague of the head was quicker with one of them
        self.assign(requests[1], self.user_two)
        expert = wizard.expert_ids.filtered(lambda e: e.user_id == self.user_one)
        result = expert.action_pick()
        lines = self.env[result["res_model"]].browse(result["res_id"]).line_ids
        self.assertEqual(sorted(lines.mapped("is_done")), [False, True, True])
        self.assertEqual(self.expert_task(requests[1]).user_id, self.user_two)
        self.assertEqual(self.expert_task(requests[2]).user_id, self.user_one)

    def test_dialog_assigns_anew(self):
        request = self.make_request(self.process)
        self.assign(request, self.user_one)
        wizard = self.open_dialog(self.head_task(request))
        self.assertTrue(wizard.is_reassign)
        current = wizard.expert_ids.filtered("is_current")
        self.assertEqual(current.user_id, self.user_one)
        (wizard.expert_ids - current).action_pick()
        self.assertEqual(self.expert_task(request).user_id, self.user_two)

    def test_all_of_a_list_means_the_new_ones(self):
        """Whoever marks a whole list does not touch what was assigned before."""
        old, new = self.make_requests("4001", "4002")
        self.assign(old, self.user_one)
        tasks = self.head_task(old) | self.head_task(new)
        wizard = self.open_dialog(tasks)
        self.assertEqual(wizard.task_ids, self.head_task(new))
        self.assertFalse(wizard.is_reassign)
        self.expert_task(old).action_approve()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "None of this work"):
            self.head_task(old).action_assign()

    def test_dialogs_of_others_are_closed(self):
        request = self.make_request(self.process)
        wizard = self.open_dialog(self.head_task(request))
        with self.assertRaises(UserError):
            wizard.expert_ids[:1].with_user(self.user_one).action_pick()
        self.assertStates(request, head="ready")

    def test_a_forged_dialog_assigns_nothing(self):
        """Over RPC anybody can make such a dialog; the engine decides."""
        request = self.make_request(self.process)
        task = self.head_task(request).sudo()
        Wizard = self.env["sajad.task.assign"].with_user(self.user_stranger)
        with (
            mute_logger("odoo.addons.base.models.ir_rule"),
            self.assertRaises(AccessError),
        ):
            wizard = Wizard.create(
                {
                    "task_ids": task.ids,
                    "line_ids": [
                        Command.create(
                            {"task_id": task.id, "user_id": self.user_one.id}
                        )
                    ],
                }
            )
            wizard.action_apply()
        self.assertStates(request, head="ready")

    def test_only_heads_have_the_button_in_lists(self):
        def has_button(user):
            Task = self.env["sajad.task"].with_user(user)
            arch = Task.get_view(view_type="list")["arch"]
            return 'name="action_assign"' in arch

        self.assertTrue(has_button(self.user_head))
        self.assertFalse(has_button(self.user_one))

    # ------------------------------------------------------------
    # SPEED
    # ------------------------------------------------------------

    def check_queries(self, count, maximum):
        """Assigning many costs as many queries as assigning one, about."""
        self.assign(self.make_request(self.process), self.user_one)
        requests = self.make_requests(*(f"6{n:03d}" for n in range(count)))
        tasks = self.env["sajad.task"].union(*(self.head_task(r) for r in requests))
        tasks = tasks.with_user(self.user_head)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(maximum):
            tasks.env["sajad.engine"]._assign_experts(
                dict.fromkeys(tasks, self.user_one)
            )
            self.env.flush_all()
        self.assertEqual(set(tasks.mapped("state")), {"done"})

    def test_queries_of_one(self):
        self.check_queries(1, 22)

    def test_queries_of_20(self):
        self.check_queries(20, 24)

    def test_queries_of_the_dialog(self):
        requests = self.make_requests(*(f"7{n:03d}" for n in range(60)))
        tasks = self.env["sajad.task"].union(*(self.head_task(r) for r in requests))
        self.head_task(requests[0]).action_assign()
        for members in (tasks[:20], tasks[20:]):
            members = members.with_user(self.user_head)
            self.env.invalidate_all()
            # one of them looks up the memberships
            with self.assertQueryCount(26):
                members.action_assign()
                self.env.flush_all()

    def test_very_many_in_the_background(self):
        """Beyond what a request can do in its time, the job goes on by itself."""
        self.startPatcher(patch.object(sajad_task_assign, "MANY", 2))
        self.startPatcher(patch.object(sajad_batch_run, "CHUNK", 2))
        Cron = type(self.env["ir.cron"])
        self.startPatcher(patch.object(Cron, "_commit_progress", return_value=60))
        requests = self.make_requests("8001", "8002", "8003", "8004")
        tasks = self.env["sajad.task"].union(*map(self.head_task, requests))
        tasks = tasks.with_user(self.user_head)
        # a few at once
        self.open_dialog(tasks[3]).action_apply()
        self.assertEqual(tasks[3].state, "done")
        wizard = self.open_dialog(tasks[:3])
        wizard.note = "Before the holidays"
        wizard.line_ids[0].user_id = False
        action = wizard.action_apply()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual(set(tasks[:3].mapped("state")), {"ready"})
        # a second click starts nothing
        self.assertEqual(wizard.action_apply()["res_id"], batch.id)
        wizard.sudo().unlink()
        self.env["sajad.batch.run"]._cron_run()
        self.assertEqual((batch.done_count, batch.problem_count), (2, 1))
        self.assertEqual(batch.line_ids.res_id, tasks[0].id)
        self.assertEqual(batch.line_ids.message, "Choose the expert.")
        event = requests[1].event_ids.filtered(lambda e: e.kind == "assigned")
        self.assertEqual(event.user_id, self.user_head)
        self.assertIn("Before the holidays", event.reason)
        # whose office ended meanwhile assigns nothing
        action = self.open_dialog(tasks[1:]).action_apply()
        self.assertEqual(action["res_model"], "sajad.batch")
        self.head_cartable.member_ids.unlink()
        before = self.expert_task(requests[1]).sudo().user_id
        self.env["sajad.batch.run"]._cron_run()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual((batch.done_count, batch.problem_count), (0, 3))
        self.assertEqual(self.expert_task(requests[1]).sudo().user_id, before)

    # ------------------------------------------------------------
    # VERSIONS
    # ------------------------------------------------------------

    def test_publishing_checks_who_could_be_picked(self):
        for name, spec, message in (
            (
                "alone",
                {"a": {}, "b": {"after": ["a"], "mode": "assign"}},
                "exactly one",
            ),
            (
                "branch",
                {
                    "a": {"mode": "assign"},
                    "b": {"after": ["a"], "condition": "[('has_dormitory','=',True)]"},
                },
                "no condition",
            ),
            (
                "information",
                {"a": {"mode": "assign"}, "b": {"after": ["a"], "mode": "information"}},
                "has to be a decision",
            ),
        ):
            with self.subTest(name):
                process = self.make_process(f"pub_{name}", spec, publish=False)
                with self.assertRaisesRegex(UserError, message):
                    process.flow_ids.action_publish()
