from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.batch import sajad_batch_run
from ..models.cartable import sajad_cartable_gap, sajad_cartable_request_actions
from ..models.org import sajad_student
from ..models.request import sajad_task_actions
from ..wizards import sajad_cartable_request_decide, sajad_task_decide
from .common import SajadCommon
from .test_cartable_request import LETTER, PERSON


@tagged("post_install", "-at_install")
class TestBatch(SajadCommon):
    """Work on a selection in the background (row A10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(sajad_batch_run, "CHUNK", 2))
        cls.startClassPatcher(patch.object(sajad_student, "FEW", 2))
        Cron = type(cls.env["ir.cron"])
        cls.commit = cls.startClassPatcher(
            patch.object(Cron, "_commit_progress", return_value=60)
        )
        cls.students = cls.env["sajad.student"]
        for number in range(5):
            student = cls.make_student(f"88{number}", cls.university)
            student.partner_id.email = f"88{number}@example.com"
            cls.students |= student

    def ask(self, user=None):
        students = self.students.with_user(user or self.user_liaison)
        action = students.action_create_accounts()
        self.assertEqual(action["res_model"], "sajad.batch")
        return self.env["sajad.batch"].browse(action["res_id"])

    def run_jobs(self, rounds=None):
        """Run the job; `rounds`: the process is killed after so many parts."""
        self.commit.side_effect = [60] * (rounds - 1) + [0] if rounds else None
        self.env["sajad.batch.run"]._cron_run()

    def test_a_few_at_once(self):
        self.students[:2].with_user(self.user_liaison).action_create_accounts()
        self.assertEqual(len(self.students.user_id), 2)
        self.assertFalse(self.env["sajad.batch"].search([]))

    def test_many_in_parts(self):
        batch = self.ask()
        self.assertFalse(self.students.user_id)
        self.assertEqual((batch.state, batch.total, batch.progress), ("running", 5, 0))
        self.run_jobs(rounds=1)
        self.assertEqual((batch.position, batch.progress), (2, 40))
        self.assertEqual(len(self.students.user_id), 2)
        # what a killed job has committed is not done again
        self.run_jobs()
        self.assertEqual((batch.state, batch.done_count), ("done", 5))
        self.assertEqual(len(self.students.user_id), 5)
        # a second click finds nobody without an account
        self.students.with_user(self.user_liaison).action_create_accounts()
        self.assertEqual(len(self.students.partner_id.user_ids), 5)

    def test_who_asked_is_told(self):
        batch = self.ask()
        with patch.object(type(self.env["res.users"]), "_bus_send") as send:
            self.run_jobs()
        (kind, values), _kwargs = send.call_args
        self.assertEqual(kind, "simple_notification")
        self.assertEqual(values["message"], "Create Accounts: all 5 done.")
        self.assertTrue(batch.date_done)

    @mute_logger("odoo.addons.sajad_base.models.batch.sajad_batch_run")
    def test_errors_of_each_record(self):
        bad, gone, fault = self.students[1], self.students[3], self.students[4]
        batch = self.ask()
        gone.unlink()
        create = type(self.students)._create_accounts

        def refuse(students):
            if bad in students:
                # pylint: disable-next=translation-required
                raise UserError("Bad luck.")
            if fault in students:
                raise ValueError("no sentence")
            return create(students)

        with patch.object(type(self.students), "_create_accounts", refuse):
            self.run_jobs()
        self.assertEqual((batch.state, batch.position), ("done", 5))
        self.assertEqual((batch.done_count, batch.problem_count), (2, 2))
        self.assertEqual(
            [(line.res_id, line.message) for line in batch.line_ids],
            [
                (bad.id, "Bad luck."),
                (fault.id, "This could not be done; tell the administrator."),
            ],
        )
        self.assertEqual(len((self.students - gone).user_id), 2)

    def test_rights_of_who_asked(self):
        batch = self.ask()
        self.university.liaison_ids = False
        self.run_jobs()
        self.assertFalse(self.students.user_id)
        self.assertEqual(
            set(batch.line_ids.mapped("message")),
            {"You may not do this with this record."},
        )
        # and of an account that was closed nothing goes on
        self.university.liaison_ids = self.user_liaison
        batch = self.ask()
        self.user_liaison.active = False
        self.run_jobs()
        self.assertEqual((batch.state, batch.position), ("stopped", 0))

    def make_work(self):
        process = self.make_process("batch", {"only": {"allow_return": True}})
        self.make_cartables(process, self.university, self.user_officer)
        work = self.env["sajad.task"]
        for student in self.students:
            work |= self.make_request(process, student).task_ids
        for module in (sajad_task_actions, sajad_task_decide):
            self.startPatcher(patch.object(module, "MANY", 3))
        return work.with_user(self.user_officer)

    def test_decisions_on_many(self):
        work = self.make_work()
        action = work.action_approve()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual(set(work.mapped("state")), {"ready"})
        work[1].action_approve()
        self.run_jobs()
        self.assertEqual(set(work.mapped("state")), {"done"})
        self.assertEqual(batch.line_ids.res_id, work[1].id)
        self.assertIn(self.students[1].name, batch.line_ids.record_name)

    def test_claims_on_many(self):
        work = self.make_work()
        action = work.action_claim()
        self.assertEqual(action["res_model"], "sajad.batch")
        self.run_jobs()
        self.assertEqual(work.user_id, self.user_officer)
        work.action_release()
        self.run_jobs()
        self.assertFalse(work.user_id)

    def test_cartable_requests_on_many(self):
        """The Organization decides on whole lists; what is missing is said at once."""
        process = self.make_process("batch_ask", {"x": {}, "y": {}, "z": {}})
        asked = self.make_cartable_requests(process)
        asked.action_submit()
        self.startPatcher(patch.object(sajad_cartable_request_actions, "MANY", 2))
        self.startPatcher(patch.object(sajad_cartable_request_decide, "MANY", 2))
        asked = asked.with_user(self.user_organization)
        dialog = self.env["sajad.cartable.request.decide"]
        dialog = dialog.with_user(self.user_organization).create(
            {"request_ids": asked.ids, "decision": "returned"}
        )
        with self.assertRaisesRegex(UserError, "Give the university a reason"):
            dialog.action_apply()
        with self.assertRaises(AccessError):
            asked.with_user(self.user_liaison).action_approve()
        asked[0]._decide("rejected", "Not here.")
        action = asked.action_approve()
        self.run_jobs()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual((batch.done_count, batch.problem_count), (2, 1))
        self.assertEqual(asked.mapped("state"), ["rejected", "approved", "approved"])

    def make_cartable_requests(self, process):
        asked = self.env["sajad.cartable.request"].with_user(self.user_liaison)
        place = {"process_id": process.id, "university_id": self.university.id}
        return asked.create(
            [
                {**place, "role_id": role.id, **PERSON, **LETTER}
                for role in process.stage_ids.role_id
            ]
        )

    def test_submitting_many(self):
        """A liaison sends a whole list; who lacks something is told with why."""
        process = self.make_process("batch_submit", {"x": {}, "y": {}, "z": {}})
        asked = self.make_cartable_requests(process)
        asked[1].letter = False
        sentence = asked[1]._get_problems()[0]
        # a few at once, with a line each
        action = asked[:2].action_submit()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.line_ids.mapped("message"), ["Done", sentence])
        self.assertEqual(asked.mapped("state"), ["submitted", "draft", "draft"])
        with self.assertRaisesRegex(UserError, sentence):
            asked[1].action_submit()
        # many in the background
        self.startPatcher(patch.object(sajad_cartable_request_actions, "MANY", 2))
        with self.assertRaises(AccessError):
            asked.with_user(self.user_organization).action_submit()
        action = asked.action_submit()
        self.assertEqual(asked[2].state, "draft")
        self.run_jobs()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual((batch.done_count, batch.problem_count), (1, 2))
        self.assertEqual(
            batch.line_ids.mapped("message"),
            ["The request was submitted already.", sentence],
        )
        self.assertEqual(asked[2].state, "submitted")
        self.assertEqual(asked[2].requested_by_id, self.user_liaison)

    def test_submitting_with_the_rights_of_who_asked(self):
        self.startPatcher(patch.object(sajad_cartable_request_actions, "MANY", 1))
        process = self.make_process("batch_submit", {"x": {}, "y": {}})
        asked = self.make_cartable_requests(process)
        action = asked.action_submit()
        self.university.liaison_ids = False
        self.run_jobs()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual(batch.problem_count, 2)
        self.assertEqual(set(asked.mapped("state")), {"draft"})

    def test_dialog_of_decisions_on_many(self):
        work = self.make_work()
        values = {"task_ids": work.ids, "decision": "return_student"}
        wizard = self.env["sajad.task.decide"].with_user(self.user_officer)
        wizard = wizard.create(values)
        with self.assertRaises(UserError):
            wizard.action_apply()
        wizard.reason = "A scan is missing."
        action = wizard.action_apply()
        wizard.sudo().unlink()
        self.run_jobs()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual((batch.done_count, batch.problem_count), (5, 0))
        self.assertEqual(set(work.mapped("state")), {"student"})
        self.assertEqual(
            set(work.sudo().event_ids.filtered("reason").mapped("reason")),
            {"A scan is missing."},
        )

    def test_reminders_by_university(self):
        self.startPatcher(patch.object(sajad_cartable_gap, "FEW", 0))
        self.make_process("batch_gap", {"one": {}, "two": {}})
        gaps = self.env["sajad.cartable.gap"].search(
            [("process_id.code", "=", "batch_gap")]
        )
        gaps.with_user(self.user_organization).action_remind()
        self.assertFalse(self.env["sajad.cartable.reminder"].search([]))
        self.run_jobs()
        reminders = self.env["sajad.cartable.reminder"].search([])
        self.assertEqual(len(reminders), 2)
        self.assertEqual(reminders.user_id, self.user_organization)

    def test_a_second_click_starts_nothing_twice(self):
        batch = self.ask()
        self.assertEqual(self.ask(), batch)
        # other records, and another person, are other work
        self.students -= self.students[4]
        self.assertNotEqual(self.ask(), batch)
        self.run_jobs()
        self.assertEqual(self.env["sajad.batch"].search_count([]), 2)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            for _ in range(2):
                batch.copy({"state": "running", "key": "same"})

    def test_stopped(self):
        batch = self.ask()
        self.run_jobs(rounds=1)
        batch.with_user(self.user_liaison).action_stop()
        self.run_jobs()
        self.assertEqual((batch.state, batch.position), ("stopped", 2))
        with self.assertRaises(UserError):
            batch.with_user(self.user_liaison).action_stop()

    def test_closed_to_others(self):
        batch = self.ask()
        with self.assertRaises(AccessError):
            batch.with_user(self.user_organization).action_stop()
        with self.assertRaises(AccessError):
            batch.with_user(self.user_liaison).write({"job": "unlink"})
        with self.assertRaises(AccessError):
            self.env["sajad.batch"].with_user(self.user_liaison).create(
                {"name": "x", "res_model": "res.users", "job": "unlink"}
            )
