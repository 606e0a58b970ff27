from datetime import timedelta

import psycopg2
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import SQL, mute_logger

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestEngineSequence(SajadCommon):
    """A request through offices one after the other (rows A6, A10, A11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "seq",
            {
                "first": {"allow_visit": True, "allow_refuse": True},
                "second": {"after": ["first"]},
                "third": {"after": ["second"]},
            },
            exclusive_group="seq",
        )
        cls.cartables = cls.make_cartables(
            cls.process, cls.university, cls.user_officer
        )

    def test_submit_creates_all_work(self):
        request = self.make_request(self.process)
        self.assertEqual(request.state, "running")
        self.assertStates(request, first="ready", second="waiting", third="waiting")
        self.assertEqual(request.flow_id, self.process.published_flow_id)
        self.assertEvents(request, ["submitted", "ready"])

    def test_submit_twice_is_refused(self):
        request = self.make_request(self.process)
        with self.assertRaises(UserError):
            self.engine._submit(request)
        self.assertEqual(len(request.task_ids), 3)

    def test_approve_to_done(self):
        request = self.make_request(self.process)
        self.approve(request, "first", "second")
        self.assertStates(request, first="done", second="done", third="ready")
        self.approve(request, "third")
        self.assertEqual(request.state, "done")
        self.assertTrue(request.date_done)
        self.assertFalse(request.open_key)
        self.assertEvents(
            request,
            ["submitted", "ready"] + ["approved", "ready"] * 2 + ["approved", "done"],
        )

    def test_event_says_who_why_and_how_long(self):
        with freeze_time("2026-11-01 08:00:00"):
            request = self.make_request(self.process)
        with freeze_time("2026-11-01 10:00:00"):
            task = self.task(request, "first", self.user_officer)
            self.engine.with_user(self.user_officer)._decide(task, "approved", "fine")
        event = request.event_ids.filtered(lambda e: e.kind == "approved")
        self.assertEqual(event.user_id, self.user_officer)
        self.assertEqual(event.role_id, task.stage_id.role_id)
        self.assertEqual(event.reason, "fine")
        self.assertEqual(event.waited, 7200)

    def test_history_is_append_only(self):
        event = self.make_request(self.process).event_ids[:1]
        with self.assertRaises(AccessError):
            event.reason = "changed"
        with self.assertRaises(AccessError):
            event.unlink()

    def test_every_history_is_append_only_in_the_database(self):
        """Every table that calls itself so: no update, no delete, no truncate."""
        self.make_request(self.process)
        mixin = self.registry["sajad.append.only"]
        tables = [
            model._table
            for model in self.registry.values()
            if issubclass(model, mixin) and not model._abstract
        ]
        self.assertIn("sajad_event", tables)
        for table in tables:
            rows = ["UPDATE %s SET id = id", "DELETE FROM %s"]
            count = SQL("SELECT count(*) FROM %s", SQL.identifier(table))
            filled = self.env.execute_query(count)[0][0]
            self.assertTrue(filled or table != "sajad_event")
            for statement in [*(rows if filled else []), "TRUNCATE %s CASCADE"]:
                with (
                    self.subTest(f"{statement} {table}"),
                    mute_logger("odoo.sql_db"),
                    self.assertRaisesRegex(psycopg2.Error, "append-only"),
                    self.env.cr.savepoint(),
                ):
                    self.env.cr.execute(SQL(statement, SQL.identifier(table)))

    def test_bulk_says_what_happened_to_each(self):
        requests = [
            self.make_request(self.process, self.make_student(f"7{n}", self.university))
            for n in range(3)
        ]
        tasks = self.env["sajad.task"].union(
            *(self.task(r, "first", self.user_officer) for r in requests)
        )
        self.approve(requests[0], "first")
        result = tasks.with_user(self.user_officer).action_approve()
        lines = self.env[result["res_model"]].browse(result["res_id"]).line_ids
        self.assertEqual(lines.mapped("is_done"), [False, True, True])
        self.assertIn("not to be decided", lines[0].message)
        self.assertEqual(set(tasks.mapped("state")), {"done"})

    def test_refuse_ends_the_request(self):
        request = self.make_request(self.process)
        task = self.task(request, "first", self.user_officer)
        problems = self.engine.with_user(self.user_officer)._decide(
            task, "refused", "no"
        )
        self.assertFalse(problems)
        self.assertEqual(request.state, "refused")
        self.assertStates(request, first="done", second="cancelled", third="cancelled")
        self.assertFalse(request.open_key)

    def test_refuse_only_where_the_step_may(self):
        request = self.make_request(self.process)
        self.approve(request, "first")
        task = self.task(request, "second", self.user_officer)
        problems = self.engine.with_user(self.user_officer)._decide(task, "refused")
        self.assertIn(task, problems)
        self.assertEqual(request.state, "running")

    def test_own_request_is_not_decided(self):
        """Nobody decides on their own request, not even in their own cartable."""
        student = self.make_student("1002", self.university, self.user_officer)
        request = self.make_request(self.process, student)
        with self.assertRaisesRegex(UserError, "own request"):
            self.approve(request, "first")
        self.assertStates(request, first="ready")

    @users("t_auditor", "t_organization", "t_admin")
    def test_only_members_decide(self):
        student = self.make_student(f"S{self.env.uid}", self.university)
        request = self.make_request(self.process, student)
        task = self.task(request, "first", self.env.user)
        self.assertFalse(task.can_decide)
        with self.assertRaisesRegex(UserError, "not in charge"):
            task.action_approve()
        self.assertStates(request, first="ready")

    def test_strangers_do_not_even_see_the_work(self):
        request = self.make_request(self.process)
        with self.assertRaises(AccessError):
            self.approve(request, "first", user=self.user_stranger)
        self.assertStates(request, first="ready")

    def test_supervisor_looks_but_does_not_decide(self):
        self.env["sajad.cartable.member"].create(
            {
                "cartable_id": self.cartables[0].id,
                "user_id": self.user_supervisor.id,
                "kind": "supervisor",
            }
        )
        request = self.make_request(self.process)
        task = self.task(request, "first", self.user_supervisor)
        self.assertEqual(task.student_name, self.student.name)
        self.assertFalse(task.can_decide)
        with self.assertRaises(UserError):
            task.action_approve()

    def test_claim_release_hand_over(self):
        colleague = self.make_user("t_colleague", "sajad_base.group_sajad_officer")
        cartable = self.cartables[0]
        self.env["sajad.cartable.member"].create(
            {"cartable_id": cartable.id, "user_id": colleague.id}
        )
        request = self.make_request(self.process)
        task = self.task(request, "first", self.user_officer)
        task.action_claim()
        self.assertEqual(task.user_id, self.user_officer)
        with self.assertRaisesRegex(UserError, "claimed"):
            self.approve(request, "first", user=colleague)
        self.engine.with_user(self.user_officer)._hand_over(task, colleague)
        self.approve(request, "first", user=colleague)
        self.assertEqual(self.task(request, "first").done_by_id, colleague)

    def test_hand_over_needs_a_member(self):
        request = self.make_request(self.process)
        task = self.task(request, "first", self.user_officer)
        with self.assertRaises(UserError):
            self.engine.with_user(self.user_officer)._hand_over(
                task, self.user_stranger
            )

    def test_second_click_is_told(self):
        request = self.make_request(self.process)
        task = self.task(request, "first", self.user_officer)
        task.action_approve()
        with self.assertRaisesRegex(UserError, "not to be decided"):
            task.action_approve()
        self.assertStates(request, second="ready")

    def test_undo_until_the_successor_acts(self):
        request = self.make_request(self.process)
        self.approve(request, "first")
        task = self.task(request, "first", self.user_officer)
        self.assertTrue(task.can_undo)
        task.action_undo()
        self.assertStates(request, first="ready", second="waiting")
        self.approve(request, "first", "second")
        with self.assertRaisesRegex(UserError, "begun"):
            self.task(request, "first", self.user_officer).action_undo()

    def test_undo_window(self):
        request = self.make_request(self.process)
        self.approve(request, "first")
        task = self.task(request, "first", self.user_officer)
        later = fields.Datetime.now() + timedelta(minutes=16)
        with freeze_time(later), self.assertRaisesRegex(UserError, "fifteen"):
            task.action_undo()

    def test_undo_the_last_decision_and_a_refusal(self):
        request = self.make_request(self.process)
        self.approve(request, "first", "second", "third")
        self.task(request, "third", self.user_officer).action_undo()
        self.assertEqual(request.state, "running")
        self.assertTrue(request.open_key)
        other = self.make_request(
            self.process, self.make_student("1003", self.university)
        )
        task = self.task(other, "first", self.user_officer)
        self.engine.with_user(self.user_officer)._decide(task, "refused", "no")
        task.action_undo()
        self.assertEqual(other.state, "running")
        self.assertStates(other, first="ready", second="waiting", third="waiting")

    def test_cancel_while_nothing_was_decided(self):
        request = self.make_request(self.process)
        self.engine._cancel(request)
        self.assertEqual(request.state, "cancelled")
        self.assertStates(request, first="cancelled")
        # a new one may be made
        again = self.make_request(self.process)
        self.approve(again, "first")
        with self.assertRaises(UserError):
            self.engine._cancel(again)

    def test_notices_are_queued_and_sent_by_cron(self):
        request = self.make_request(self.process)
        notices = self.env["sajad.notice"].search([("request_id", "=", request.id)])
        self.assertEqual(notices.mapped("kind"), ["submitted"])
        notices._send()
        self.assertEqual(set(notices.mapped("state")), {"sent"})
        mail = self.env["mail.mail"].search(
            [("model", "=", "sajad.request"), ("res_id", "=", request.id)]
        )
        self.assertEqual(mail.recipient_ids, self.student.partner_id)
        # whatever the language and its digits
        self.assertIn(f"/my/requests/{request.id}", mail.body_html)
