from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users

from .flow_migrate import FlowMigrateCommon


@tagged("post_install", "-at_install")
class TestFlowMigrate(FlowMigrateCommon):
    """Running requests move to a new version where stages match (row A5)."""

    # ------------------------------------------------------------
    # WHAT STAYS, WHAT BEGINS
    # ------------------------------------------------------------

    def test_open_work_stays_with_its_claim_and_dates(self):
        self.task(self.request, "a", self.user_officer).action_claim()
        task = self.task(self.request, "a")
        before = task.read(["user_id", "date_ready", "date_due", "cartable_id"])
        flow = self.new_version()
        self.migrate(flow)
        self.env.invalidate_all()
        self.assertEqual(self.request.flow_id, flow)
        self.assertEqual(self.task(self.request, "a"), task)
        self.assertEqual(
            task.read(["user_id", "date_ready", "date_due", "cartable_id"]), before
        )
        self.assertEqual(task.step_id.flow_id, flow)
        self.assertEqual(len(self.request.task_ids), 4)
        # and the request goes on to its end
        self.finish("a", "b", "c", "d")
        self.assertEqual(self.request.state, "done")

    def test_finished_stays_finished_and_new_steps_open(self):
        self.finish("a", "b")
        flow = self.new_version(n=["a"], d=["b", "c", "n"])
        moves = self.migrate(flow)
        self.assertEqual(len(moves[self.request].new), 1)
        self.assertStates(
            self.request, a="done", b="done", c="ready", n="ready", d="waiting"
        )
        self.assertEqual(self.task(self.request, "d").pending_count, 2)
        self.finish("c", "n", "d")
        self.assertEqual(self.request.state, "done")
        kinds = self.request.event_ids.mapped("kind")
        self.assertIn("moved", kinds)
        event = self.request.event_ids.filtered(lambda e: e.kind == "moved")
        self.assertIn("version 2", event.reason)
        self.assertFalse(event.visible_to_student)

    def test_waiting_steps_whose_turn_has_come(self):
        """The new version no longer waits for c before d."""
        self.finish("a", "b")
        self.migrate(self.new_version(d=["b"]))
        self.assertStates(self.request, c="ready", d="ready")

    def test_any_join_is_counted(self):
        flow = self.new_version(publish=False)
        step = flow.step_ids.filtered(lambda s: s.stage_id.code == "d")
        step.join = "any"
        flow.action_publish()
        self.finish("a", "b")
        self.migrate(flow)
        self.assertStates(self.request, c="ready", d="ready")
        self.finish("c")
        self.assertStates(self.request, c="done", d="ready")

    def test_skipped_step_is_asked_again_when_its_condition_changed(self):
        flow = self.new_version(publish=False)
        steps = {step.stage_id.code: step for step in flow.step_ids}
        steps["b"].condition = "[('has_dormitory', '=', True)]"
        flow.action_publish()
        other = self.make_request(
            self.process, self.make_student("55", self.university)
        )
        self.approve(other, "a")
        self.assertStates(other, b="skipped")
        third = flow.copy()
        third.step_ids.filtered("condition").condition = False
        third.action_publish()
        self.migrate(third, other)
        self.assertStates(other, a="done", b="ready")

    def test_returned_request_waits_on_for_the_student(self):
        task = self.task(self.request, "a", self.user_officer)
        self.engine.with_user(self.user_officer)._return_to_student(task, "Sign.")
        self.migrate(self.new_version())
        self.env.invalidate_all()
        self.assertEqual(self.request.state, "returned")
        self.engine._answer(self.request, "Signed.")
        self.assertStates(self.request, a="ready")

    def test_answers_in_forms_are_kept(self):
        definition = [{"name": "books", "string": "Books", "type": "integer"}]
        flow = self.new_version(publish=False)
        flow.step_ids[0].task_properties_definition = definition
        flow.action_publish()
        other = self.make_request(
            self.process, self.make_student("66", self.university)
        )
        self.task(other, "a", self.user_officer).properties = {"books": 3}
        self.approve(other, "a")
        self.migrate(flow.copy() and self.publish_copy(flow), other)
        self.env.invalidate_all()
        self.assertEqual(self.task(other, "a").properties["books"], 3)

    def publish_copy(self, flow):
        copy = flow.copy()
        copy.action_publish()
        return copy

    # ------------------------------------------------------------
    # STAGES THAT ARE GONE
    # ------------------------------------------------------------

    def test_work_at_a_stage_that_is_gone_stays(self):
        self.finish("a", "c")
        flow = self.new_version(remove=["b"], d=["c"])
        moves = self.migrate(flow)
        self.assertIn("Stage b", moves[self.request].problem)
        self.assertEqual(self.request.flow_id, self.old)
        self.assertStates(self.request, b="ready", d="waiting")
        self.finish("b", "d")
        self.assertEqual(self.request.state, "done")

    def test_finished_work_at_a_stage_that_is_gone(self):
        self.finish("a", "b")
        task = self.task(self.request, "b")
        self.migrate(self.new_version(remove=["b"], d=["c"]))
        self.env.invalidate_all()
        self.assertEqual((task.state, task.current), ("done", False))
        self.finish("c", "d")
        self.assertEqual(self.request.state, "done")

    def test_work_is_taken_over_by_another_office(self):
        self.finish("a", "c")
        flow = self.new_version(remove=["b"], n=["a"], d=["n", "c"])
        stages = {stage.code: stage.id for stage in self.process.stage_ids}
        task = self.task(self.request, "b")
        moves = self.migrate(flow, stages={stages["b"]: stages["n"]})
        self.assertFalse(moves[self.request].problem)
        self.assertTrue(moves[self.request].told)
        self.env.invalidate_all()
        self.assertEqual((task.state, task.current), ("cancelled", False))
        self.assertStates(self.request, n="ready", d="waiting")
        notices = self.env["sajad.notice"].search([("kind", "=", "moved")])
        self.assertEqual(notices.partner_id, self.student.partner_id)
        self.finish("n", "d")
        self.assertEqual(self.request.state, "done")

    def test_work_is_taken_over_by_the_same_office(self):
        """Another column of the same role: the claim and the dates stay."""
        self.finish("a", "c")
        self.task(self.request, "b", self.user_officer).action_claim()
        task = self.task(self.request, "b")
        flow = self.new_version(remove=["b"], publish=False)
        steps = {step.stage_id.code: step for step in flow.step_ids}
        step = self.env["sajad.flow.step"].create(
            {
                "flow_id": flow.id,
                "stage_id": self.env["sajad.stage"]
                .create(
                    {
                        "name": "B again",
                        "code": "b2",
                        "process_id": self.process.id,
                        "role_id": task.stage_id.role_id.id,
                    }
                )
                .id,
                "predecessor_ids": [Command.set(steps["a"].ids)],
            }
        )
        steps["d"].predecessor_ids = [Command.set((step | steps["c"]).ids)]
        flow.action_publish()
        moves = self.migrate(flow, stages={task.stage_id.id: step.stage_id.id})
        self.env.invalidate_all()
        self.assertFalse(moves[self.request].told)
        self.assertEqual(self.task(self.request, "b2"), task)
        self.assertEqual((task.state, task.user_id), ("ready", self.user_officer))
        self.assertEqual(task.step_id, step)

    def test_a_request_that_needs_nothing_more_is_finished(self):
        self.finish("a", "b", "c")
        stages = {stage.code: stage.id for stage in self.process.stage_ids}
        flow = self.new_version(remove=["d"])
        moves = self.migrate(flow, dry_run=True, stages={stages["d"]: stages["c"]})
        self.assertTrue(moves[self.request].finishes)
        self.migrate(flow, stages={stages["d"]: stages["c"]})
        self.env.invalidate_all()
        self.assertEqual(self.request.state, "done")

    # ------------------------------------------------------------
    # SAFE
    # ------------------------------------------------------------

    def test_dry_run_changes_nothing(self):
        self.finish("a")
        flow = self.new_version(n=["a"], d=["b", "c", "n"])
        before = self.env["sajad.task"].search_count([])
        events = len(self.request.event_ids)
        moves = self.migrate(flow, dry_run=True)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(len(moves[self.request].kept), 2)
        self.assertEqual(len(moves[self.request].new), 1)
        self.assertEqual(self.env["sajad.task"].search_count([]), before)
        self.assertEqual(len(self.request.event_ids), events)
        self.assertEqual(self.request.flow_id, self.old)

    def test_twice_is_once(self):
        flow = self.new_version(n=["a"])
        self.migrate(flow)
        self.env.invalidate_all()
        events = self.request.event_ids
        self.assertEqual(self.migrate(flow), {})
        self.env.invalidate_all()
        self.assertEqual(self.request.event_ids, events)

    def test_finished_requests_stay(self):
        self.finish("a", "b", "c", "d")
        flow = self.new_version()
        self.assertEqual(self.migrate(flow), {})
        self.assertEqual(self.request.flow_id, self.old)

    def test_only_to_published_versions_of_the_process(self):
        draft = self.new_version(publish=False)
        with self.assertRaisesRegex(UserError, "published version"):
            self.migrate(draft)
        other = self.make_process("mig_other", {"a": {}}).published_flow_id
        with self.assertRaisesRegex(UserError, "another process"):
            self.migrate(other)

    def test_without_a_cartable_the_new_work_is_suspended(self):
        flow = self.new_version(publish=False, n=["a"])
        self.finish("a")
        cartable = self.env["sajad.cartable"].search([("role_id.code", "=", "mig_n")])
        cartable.active = False
        flow.action_publish()
        self.migrate(flow)
        self.env.invalidate_all()
        self.assertStates(self.request, n="suspended")
        self.assertEqual(self.request.state, "suspended")
        cartable.active = True
        self.assertStates(self.request, n="ready")

    @users("t_officer", "t_organization")
    def test_only_admins_move(self):
        flow = self.new_version()
        with self.assertRaises(AccessError):
            self.old.with_env(self.env)._move_requests(flow, {})
