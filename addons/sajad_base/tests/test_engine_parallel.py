from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestEngineParallel(SajadCommon):
    """Parallel steps, joins, branches and versions (row A5)."""

    def start(self, code, spec, student=None, **values):
        process = self.make_process(code, spec, **values)
        self.make_cartables(process, self.university, self.user_officer)
        return self.make_request(process, student)

    def test_join_waits_for_all(self):
        request = self.start(
            "all", {"a": {}, "b": {}, "c": {}, "end": {"after": ["a", "b", "c"]}}
        )
        self.assertStates(request, a="ready", b="ready", c="ready", end="waiting")
        self.approve(request, "b", "a")
        self.assertStates(request, end="waiting")
        self.approve(request, "c")
        self.assertStates(request, end="ready")

    def test_join_waits_for_any(self):
        request = self.start(
            "any", {"a": {}, "b": {}, "end": {"after": ["a", "b"], "join": "any"}}
        )
        self.approve(request, "b")
        self.assertStates(request, a="ready", end="ready")
        self.approve(request, "end")
        self.assertEqual(request.state, "running")
        self.approve(request, "a")
        self.assertEqual(request.state, "done")
        self.assertEqual(len(request.task_ids), 3)

    BRANCH = {
        "start": {},
        "dormitory": {
            "after": ["start"],
            "condition": "[('has_dormitory', '=', True)]",
        },
        "fund": {"after": ["dormitory"]},
    }

    def test_branch_is_taken(self):
        resident = self.make_student("1101", self.university, has_dormitory=True)
        request = self.start("branch1", self.BRANCH, resident)
        self.approve(request, "start")
        self.assertStates(request, dormitory="ready", fund="waiting")

    def test_branch_is_skipped(self):
        request = self.start("branch2", self.BRANCH)
        self.approve(request, "start")
        self.assertStates(request, dormitory="skipped", fund="ready")

    def test_undo_over_a_skipped_step(self):
        request = self.start("branch3", self.BRANCH)
        self.approve(request, "start")
        self.task(request, "start", self.user_officer).action_undo()
        self.assertStates(request, start="ready", dormitory="waiting", fund="waiting")
        self.approve(request, "start")
        self.assertStates(request, dormitory="skipped", fund="ready")

    def test_information_step_holds_nothing_up(self):
        request = self.start(
            "info", {"a": {}, "tell": {"after": ["a"], "mode": "information"}}
        )
        self.approve(request, "a")
        self.assertEqual(request.state, "done")
        self.assertStates(request, tell="ready")
        self.approve(request, "tell")
        self.assertEqual(self.task(request, "tell").outcome, "seen")
        self.assertEqual(request.state, "done")

    def test_several_arrows_open_once(self):
        """Decided at once, they open what waits for any of them, and say so once."""
        request = self.start(
            "once", {"a": {}, "b": {}, "end": {"after": ["a", "b"], "join": "any"}}
        )
        both = self.task(request, "a") + self.task(request, "b")
        both.with_user(self.user_officer).action_approve()
        end = self.task(request, "end")
        opened = request.event_ids.filtered(lambda event: event.task_id == end)
        self.assertEqual(opened.mapped("kind"), ["ready"])

    def test_undone_refusal_waits_for_all_again(self):
        """What was only to be read does not count twice when it opens again."""
        request = self.start(
            "refused",
            {
                "a": {"allow_refuse": True},
                "tell": {"mode": "information"},
                "end": {"after": ["a", "tell"]},
                "last": {"after": ["tell"]},
            },
        )
        before = {"a": "ready", "tell": "ready", "end": "waiting", "last": "ready"}
        self.assertStates(request, **before)
        task = self.task(request, "a", self.user_officer)
        self.engine.with_user(self.user_officer)._decide(task, "refused", "no")
        self.assertEqual(request.state, "refused")
        task.action_undo()
        self.assertStates(request, **before)
        self.approve(request, "a")
        self.assertStates(request, end="ready")

    def test_checks_of_a_step(self):
        request = self.start(
            "check",
            {
                "a": {
                    "task_properties_definition": [
                        {"name": "card", "string": "Card", "type": "boolean"}
                    ],
                    "check_ids": [
                        (
                            0,
                            0,
                            {
                                "name": "The card is missing.",
                                "domain": "[('properties.card', '=', True)]",
                            },
                        )
                    ],
                }
            },
        )
        task = self.task(request, "a", self.user_officer)
        with self.assertRaisesRegex(UserError, "card is missing"):
            task.action_approve()
        task.properties = {"card": True}
        task.action_approve()
        self.assertEqual(request.state, "done")

    def test_new_version_leaves_running_requests_alone(self):
        process = self.make_process("versions", {"a": {}, "b": {"after": ["a"]}})
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        first = process.published_flow_id
        draft = first.copy()
        self.assertEqual(draft.version, 2)
        draft.step_ids.filtered(lambda s: s.stage_id.code == "b").unlink()
        draft.action_publish()
        self.assertEqual((first.state, draft.state), ("retired", "published"))
        self.assertEqual(len(process.stage_ids), 2, "columns are not doubled")
        self.approve(request, "a")
        self.assertStates(request, b="ready")
        newer = self.make_request(process)
        self.assertEqual(newer.flow_id, draft)
        self.approve(newer, "a")
        self.assertEqual(newer.state, "done")

    def test_published_version_is_frozen(self):
        flow = self.make_process("frozen", {"a": {}}).published_flow_id
        with self.assertRaises(UserError):
            flow.step_ids.time_limit = 3
        with self.assertRaises(UserError):
            flow.step_ids.unlink()
        with self.assertRaises(UserError):
            flow.with_user(self.user_admin).unlink()

    def test_publish_reports_every_problem(self):
        process = self.make_process(
            "broken",
            {"a": {}, "b": {"after": ["a"]}},
            publish=False,
        )
        flow = process.flow_ids
        a, b = flow.step_ids
        a.predecessor_ids = b
        # as it was kept before such conditions were refused
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sajad_flow_step SET condition = %s WHERE id = %s",
            ["[('nope', '=', 1)]", b.id],
        )
        b.invalidate_recordset()
        with self.assertRaises(UserError) as caught:
            flow.action_publish()
        message = str(caught.exception)
        self.assertIn("wait for each other", message)
        self.assertIn("nope", message)
        self.assertIn("No step starts", message)
        self.assertEqual(flow.state, "draft")

    def test_publish_needs_a_step(self):
        process = self.make_process("empty", {}, publish=False)
        with self.assertRaises(UserError):
            process.flow_ids.action_publish()
