from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .clock_common import ClockCommon


@tagged("post_install", "-at_install")
class TestClockAlarm(ClockCommon):
    """People are told before and after promised times, once (row D4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first.step_ids = [
            Command.create({"offset": -1, "audience": "expert"}),
            Command.create({"offset": 0, "audience": "expert"}),
            Command.create({"offset": 2, "audience": "head"}),
        ]
        cls.head = cls.make_user("t_head", "sajad_base.group_sajad_officer")
        cls.cartables.member_ids = [
            Command.create({"user_id": cls.head.id, "kind": "supervisor"})
        ]

    def setUp(self):
        super().setUp()
        self.go(0, 8)
        self.request = self.make_request(self.process)
        # a job commits after each batch, a test does not
        self.startPatcher(
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        )

    def tell(self, day, hour, minute=0):
        """Run the job; return [(kind, person)] of what it queued."""
        self.go(day, hour, minute)
        before = self.env["sajad.notice"].search([])
        self.env["sajad.sla.alarm"]._cron_tell()
        queued = self.env["sajad.notice"].search([]) - before
        return sorted((n.kind, n.partner_id.name) for n in queued)

    def test_ladder(self):
        self.assertEqual(self.tell(0, 10, 59), [])
        self.assertEqual(self.tell(0, 11), [("sla_warned", "t_officer")])
        self.assertEqual(self.tell(0, 11, 5), [])
        self.assertEqual(self.request.sla_state, "running")
        # exactly its time is in time
        self.assertEqual(self.tell(0, 12), [])
        self.assertEqual(self.tell(0, 12, 1), [("sla_late", "t_officer")])
        self.assertEqual(self.request.sla_state, "late")
        self.assertTrue(self.clock(self.request, "first_answer").is_late)
        self.assertEqual(self.tell(0, 13), [])
        told = [("sla_late", "t_head"), ("sla_late", "t_officer")]
        self.assertEqual(self.tell(0, 14, 1), told)
        self.assertEqual(self.tell(4, 14), [])
        self.assertEqual(
            self.request.event_ids.mapped("kind"),
            ["submitted", "ready", "sla_warned", "sla_late", "sla_late"],
        )
        self.assertFalse(self.request.event_ids[2:].mapped("visible_to_student")[0])

    def test_what_was_answered_is_not_told(self):
        self.go(0, 10)
        self.say(self.request, self.user_officer)
        self.assertEqual(self.tell(4, 14), [])

    def test_what_stands_is_not_told(self):
        task = self.task(self.request, "first", self.user_officer)
        engine = self.env["sajad.engine"].with_user(self.user_officer)
        self.go(0, 9)
        engine._return_to_student(task, "The form is empty.")
        self.assertEqual(self.tell(5, 11), [])

    def test_a_job_that_did_not_run_tells_all_at_once(self):
        """One notice for each person, however many steps have passed."""
        told = [("sla_late", "t_head"), ("sla_late", "t_officer")]
        self.assertEqual(self.tell(3, 9), told)
        self.assertEqual(self.tell(3, 10), [])

    def test_many_requests_are_one_notice(self):
        for _number in range(12):
            self.make_request(self.process)
        self.assertEqual(self.tell(0, 11), [("sla_warned", "t_officer")])
        notice = self.env["sajad.notice"].search(
            [("kind", "=", "sla_warned")], order="id desc", limit=1
        )
        self.assertEqual(notice.path, "/odoo/sajad-sla-open")
        self.assertEqual(len(notice.note.splitlines()), 11)
        # and says each of them once
        body = str(notice._prepare_mail_values()["body_html"])
        self.assertEqual(body.count(notice.note.splitlines()[0]), 1)

    def test_who_claimed_it_is_told(self):
        colleague = self.make_user("t_colleague", "sajad_base.group_sajad_officer")
        self.cartables.member_ids = [Command.create({"user_id": colleague.id})]
        self.task(self.request, "first", colleague).action_claim()
        self.assertEqual(self.tell(0, 11), [("sla_warned", "t_colleague")])

    def test_work_of_nobody_is_told_to_liaisons(self):
        self.cartables.member_ids.unlink()
        self.assertEqual(self.tell(0, 11), [("sla_warned", "t_liaison")])

    def test_suspended_work_is_told_to_liaisons(self):
        self.go(0, 8)
        other = self.make_process("gap", {"a": {}})
        self.make_policy("first_answer", 4, process_id=other.id, steps=[(-1, "expert")])
        request = self.make_request(other)
        self.assertEqual(request.state, "suspended")
        told = self.tell(0, 11)
        self.assertIn(("sla_warned", "t_liaison"), told)

    def test_another_office(self):
        second = self.make_user("t_second", "sajad_base.group_sajad_officer")
        role = self.make_role("second_line")
        self.make_cartable(role, self.process, self.university, second)
        self.first.step_ids = [
            Command.create({"offset": 3, "audience": "second", "role_id": role.id})
        ]
        # who is told is frozen with the promise, until somebody moves the clocks
        self.assertNotIn(("sla_late", "t_second"), self.tell(0, 15, 1))
        self.first.action_move_clocks()
        self.assertIn(("sla_late", "t_second"), self.tell(0, 15, 2))

    def test_steps_before_the_begin_are_left_out(self):
        self.first.step_ids = [Command.create({"offset": -8, "audience": "head"})]
        self.go(1, 8)
        self.make_request(self.process)
        self.tell(1, 8, 1)
        self.assertEqual(self.tell(1, 8, 30), [])

    def test_notice_is_read_in_persian(self):
        self.tell(0, 12, 1)
        notice = self.env["sajad.notice"].search(
            [("kind", "=", "sla_late")], order="id desc", limit=1
        )
        self.assertIn(self.request.name, notice.note)
        self.assertTrue(notice._get_text_template().startswith("sajad_sla."))
        letter = notice._prepare_mail_values()
        self.assertIn(self.request.name, letter["body_html"])

    def test_batches_go_on(self):
        with patch("odoo.addons.sajad_sla.models.clock.sajad_sla_alarm.BATCH", 2):
            for _number in range(4):
                self.make_request(self.process)
            self.tell(0, 11)
        clocks = self.env["sajad.sla.clock"].search([("policy_id", "=", self.first.id)])
        self.assertEqual(set(clocks.mapped("told")), {-3600})
