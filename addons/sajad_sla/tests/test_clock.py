from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .clock_common import ClockCommon, at


def moment(day, hour, minute=0):
    return fields.Datetime.to_datetime(at(day, hour, minute))


@tagged("post_install", "-at_install")
class TestClock(ClockCommon):
    """Clocks follow the history of requests (row D4)."""

    def setUp(self):
        super().setUp()
        self.go(0, 8)
        self.request = self.make_request(self.process)
        # a job commits after each batch, a test does not
        self.startPatcher(
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        )

    def give_back(self, request):
        """Return a request to its requester."""
        task = self.task(request, "first", self.user_officer)
        engine = self.env["sajad.engine"].with_user(self.user_officer)
        self.assertFalse(engine._return_to_student(task, "The form is empty."))

    def answer(self, request):
        request.with_user(self.user_student)._portal_answer("It is filled in now.")

    # ------------------------------------------------------------
    # STORIES
    # ------------------------------------------------------------

    def test_submission_starts_two_clocks(self):
        clock = self.assertClock(self.request, "first_answer", "running", 0)
        self.assertEqual(clock.date_deadline, moment(0, 12))
        clock = self.assertClock(self.request, "solution", "running", 0)
        # what is promised is a word of the program, and stands in a field
        self.assertEqual(clock.display_name, self.request.display_name)
        # two days of seven hours and twenty minutes
        self.assertEqual(clock.target, 2 * round(self.calendar.hours_per_day * 3600))
        self.assertEqual(self.request.sla_state, "running")
        self.assertEqual(self.request.sla_deadline, moment(0, 12))
        self.assertFalse(self.clock(self.request, "next_answer"))

    def test_an_answer_of_the_office_is_the_first_answer(self):
        self.go(0, 11)
        self.say(self.request, self.user_officer)
        self.assertClock(self.request, "first_answer", "met", 3)
        self.assertEvents(self.request, ["submitted", "ready", "replied"])

    def test_a_decision_is_an_answer(self):
        self.go(0, 13)
        self.approve(self.request, "first")
        self.assertClock(self.request, "first_answer", "missed", 5)

    def test_notes_and_what_the_system_says_are_no_answer(self):
        self.go(0, 9)
        self.say(self.request, self.user_officer, subtype="mail.mt_note")
        self.say(self.request, self.user_officer, message_type="notification")
        self.say(self.request, self.user_officer, message_type="auto_comment")
        self.request.message_post(body="By the system", subtype_xmlid="mail.mt_comment")
        self.assertClock(self.request, "first_answer", "running", 0)
        self.assertEvents(self.request, ["submitted", "ready"])

    def test_next_answer_runs_while_the_requester_spoke_last(self):
        self.go(0, 9)
        self.say(self.request, self.user_student)
        self.assertFalse(self.clock(self.request, "next_answer"))
        self.go(0, 10)
        self.say(self.request, self.user_officer)
        self.go(0, 15)
        self.say(self.request, self.user_student)
        clock = self.assertClock(self.request, "next_answer", "running", 0)
        self.assertEqual(clock.date_deadline, moment(1, 11))
        self.go(1, 9)
        self.say(self.request, self.user_student)
        self.say(self.request, self.user_officer)
        self.assertClock(self.request, "next_answer", "met", 2)
        self.go(1, 10)
        self.say(self.request, self.user_student)
        self.assertClock(self.request, "next_answer", "running", 0, cycle=2)

    def test_solution_stands_while_the_office_waits_for_the_requester(self):
        self.go(0, 9)
        self.give_back(self.request)
        clock = self.assertClock(self.request, "solution", "paused", 1)
        self.assertFalse(clock.date_deadline)
        self.assertEqual(clock.date_paused, moment(0, 9))
        self.assertEqual(
            (self.request.sla_state, self.request.sla_deadline), ("paused", False)
        )
        # nobody's time passes, over any night
        self.go(4, 9)
        self.answer(self.request)
        clock = self.assertClock(self.request, "solution", "running", 1)
        self.assertClock(self.request, "next_answer", "running", 0)
        self.go(4, 10)
        self.approve(self.request, "first", "last")
        self.assertClock(self.request, "solution", "met", 2)
        self.assertEqual(self.request.sla_state, "met")

    def test_solved_out_of_a_pause_after_the_old_deadline_is_met(self):
        """The peer judged by the deadline that it had kept (its defect 3)."""
        self.go(0, 9)
        self.give_back(self.request)
        self.go(4, 15)
        task = self.task(self.request, "first", self.user_officer)
        task.action_take_back()
        self.approve(self.request, "first", "last")
        self.assertClock(self.request, "solution", "met", 1)
        self.go(5, 9)
        self.env["sajad.sla.alarm"]._cron_tell()
        self.assertClock(self.request, "solution", "met", 1)

    def test_a_visit_stands_too(self):
        self.approve(self.request, "first")
        task = self.task(self.request, "last", self.user_officer)
        engine = self.env["sajad.engine"].with_user(self.user_officer)
        engine._require_visit(task, "Hall 1", "8-12", "Two books")
        self.assertEqual(self.clock(self.request, "solution").state, "paused")
        self.task(self.request, "last", self.user_officer).action_take_back()
        self.assertEqual(self.clock(self.request, "solution").state, "running")

    def test_a_decision_that_is_undone_was_none(self):
        self.go(0, 9)
        self.approve(self.request, "first")
        self.go(0, 9, 10)
        self.task(self.request, "first", self.user_officer).action_undo()
        clock = self.clock(self.request, "first_answer")
        self.assertEqual((clock.state, clock.date_stop), ("running", False))

    def test_who_gives_up_is_not_counted(self):
        self.go(0, 9)
        self.request.with_user(self.user_student)._portal_cancel()
        self.assertClock(self.request, "solution", "dropped", 1)
        self.assertFalse(self.request.sla_state)

    def test_refusal_is_a_solution(self):
        self.go(0, 9)
        task = self.task(self.request, "first", self.user_officer)
        engine = self.env["sajad.engine"].with_user(self.user_officer)
        engine._decide(task, "refused", "No.")
        self.assertClock(self.request, "solution", "met", 1)
        self.assertClock(self.request, "first_answer", "met", 1)

    def test_drafts_have_no_clock(self):
        draft = self.make_request(self.process, submit=False)
        self.say(draft, self.user_student)
        self.assertFalse(draft.sla_clock_ids)

    def test_other_services_promise_nothing(self):
        other = self.make_process("other", {"a": {}})
        request = self.make_request(other)
        self.assertFalse(request.sla_clock_ids)
        self.assertFalse(request.sla_state)

    # ------------------------------------------------------------
    # CALENDARS
    # ------------------------------------------------------------

    def test_thursday_and_friday(self):
        self.go(4, 15)
        request = self.make_request(self.process, self.student)
        clock = self.clock(request, "first_answer")
        # one hour of Wednesday, three of Thursday
        self.assertEqual(clock.date_deadline, moment(5, 11))

    def test_a_target_that_ends_at_closing_time_ends_then(self):
        self.go(0, 12)
        request = self.make_request(self.process)
        self.assertEqual(
            self.clock(request, "first_answer").date_deadline, moment(0, 16)
        )
        self.go(1, 8)
        self.say(request, self.user_officer)
        self.assertClock(request, "first_answer", "met", 4)

    def test_an_announced_holiday_moves_what_runs(self):
        self.env["sajad.holiday"].create({"name": "Snow", "date": "2026-11-28"})
        self.env["sajad.sla.keeper"]._cron_plan()
        clock = self.clock(self.request, "first_answer")
        self.assertEqual(clock.date_deadline, moment(1, 12))
        self.assertEqual(self.request.sla_deadline, moment(1, 12))

    def test_no_calendar_never_raises(self):
        """The peer raised at creation (its defects 5 and 6)."""
        self.university.calendar_id = False
        request = self.make_request(self.process)
        clock = self.assertClock(request, "first_answer", "unmeasured", 0)
        self.assertFalse(clock.date_deadline)
        self.say(request, self.user_officer)
        self.env["sajad.sla.alarm"]._cron_tell()
        clock.read(["state", "target_hours", "used_hours", "is_late"])
        # as soon as there is one, open clocks are measured
        self.university.calendar_id = self.calendar
        self.env["sajad.sla.keeper"]._cron_plan()
        self.assertEqual(self.clock(request, "solution").state, "running")

    def test_a_calendar_without_hours_never_raises(self):
        self.university.calendar_id = self.make_calendar(
            attendance_ids=[Command.clear()]
        )
        request = self.make_request(self.process)
        self.assertClock(request, "first_answer", "unmeasured", 0)

    def test_flexible_and_two_week_calendars_are_refused(self):
        for values in (
            {
                "schedule_type": "flexible",
                "hours_per_day": 8,
                "full_time_required_hours": 40,
            },
            {"two_weeks_calendar": True},
        ):
            calendar = self.make_calendar()
            calendar.write(values)
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.first.calendar_id = calendar
            self.university.calendar_id = calendar
            request = self.make_request(self.process)
            self.assertClock(request, "first_answer", "unmeasured", 0)

    # ------------------------------------------------------------
    # POLICIES
    # ------------------------------------------------------------

    def test_an_edited_policy_is_for_new_clocks(self):
        self.first.target = 1
        self.assertEqual(sorted(self.first.version_ids.mapped("number")), [1, 2])
        self.approve(self.request, "first")
        self.assertEqual(self.clock(self.request, "first_answer").target, 4 * 3600)
        request = self.make_request(self.process)
        self.assertEqual(self.clock(request, "first_answer").target, 3600)

    def test_a_name_makes_no_version(self):
        self.first.name = "Another"
        self.assertEqual(len(self.first.version_ids), 1)

    def test_running_clocks_move_by_an_own_action(self):
        self.first.target = 1
        self.assertEqual(self.first.older_count, 1)
        with self.assertRaises(AccessError):
            self.first.with_user(self.user_officer).action_move_clocks()
        self.first.with_user(self.user_admin).action_move_clocks()
        clock = self.clock(self.request, "first_answer")
        self.assertEqual((clock.target, clock.date_deadline), (3600, moment(0, 9)))
        event = self.request.event_ids[-1]
        self.assertEqual((event.kind, event.user_id), ("sla_moved", self.user_admin))
        self.assertFalse(event.visible_to_student)
        self.assertFalse(self.first.older_count)

    def test_condition_and_order(self):
        self.first.sequence = 5
        urgent = self.make_policy(
            "first_answer", 1, condition="[('note', 'ilike', 'urgent')]", sequence=1
        )
        self.go(0, 9)
        request = self.make_request(self.process, note="Urgent: it burns")
        other = self.make_request(self.process, note="Take your time")
        self.assertEqual(self.clock(request, "first_answer").policy_id, urgent)
        self.assertEqual(self.clock(other, "first_answer").policy_id, self.first)

    def test_a_changed_request_is_promised_something_else(self):
        """The peer looked at the stage alone (its defect 8)."""
        self.first.sequence = 5
        self.make_policy(
            "first_answer", 1, condition="[('note', 'ilike', 'urgent')]", sequence=1
        )
        with freeze_time("2026-11-28 04:30:00"):
            request = self.make_request(self.process, note="Take your time")
        self.go(0, 9)
        request.write({"note": "Urgent: it burns"})
        clock = self.clock(request, "first_answer")
        self.assertEqual((clock.target, clock.used), (3600, 3600))
        self.assertEqual(request.event_ids[-1].kind, "sla_moved")
        # what promises the same is no change
        request.write({"note": "Urgent: it burns still"})
        self.assertEqual(request.event_ids.mapped("kind").count("sla_moved"), 1)

    def test_bad_conditions_are_refused(self):
        for condition in ("[('nothing', '=', 1)]", "[", "[('note', 'ilike'"):
            with self.subTest(condition), self.assertRaises(ValidationError):
                self.make_policy("first_answer", condition=condition)

    def test_used_policies_stay(self):
        with self.assertRaises(UserError):
            self.first.unlink()

    def test_versions_are_never_changed(self):
        version = self.first.version_id
        for user in (self.user_officer, self.user_admin):
            with self.assertRaises(AccessError):
                version.with_user(user).write({"target": 1})

    def test_clocks_are_nobodys_to_write(self):
        clock = self.clock(self.request, "first_answer")
        for user in (self.user_officer, self.user_admin, self.user_student):
            with self.assertRaises(AccessError):
                clock.with_user(user).write({"state": "met"})

    def test_portal_says_until_when(self):
        promise = self.request.with_user(self.user_student)._get_portal_promise()
        self.assertEqual(
            [(p["metric"], p["deadline"]) for p in promise],
            [
                ("first_answer", moment(0, 12)),
                ("solution", self.clock(self.request, "solution").date_deadline),
            ],
        )

    def test_recheck_finds_what_history_does_not_say(self):
        self.go(0, 9)
        self.say(self.request, self.user_officer)
        check = self.env["sajad.sla.check"]
        check._cron_check()
        self.assertFalse(check.search([("request_id", "=", self.request.id)]))
        clock = self.clock(self.request, "first_answer")
        # past the keeper, as a careless hand in the database would
        clock.sudo().write({"state": "missed"})
        check._cron_check()
        found = check.search([("request_id", "=", self.request.id)])
        self.assertEqual(found.clock_id, clock)
        self.assertIn("Status: Not in Time", found.kept)
        self.assertIn("Status: Met in Time", found.counted)
        # whoever reads it does so in Persian, with dates of the country
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["ir.module.module"].search(
            [("name", "=", "sajad_sla")]
        )._update_translations(["fa_IR"])
        persian = found.with_context(lang="fa_IR", tz="Asia/Tehran")
        for text in (persian.kept, persian.counted):
            self.assertNotRegex(text, r"[A-Za-z]|\b20[0-9]{2}\b|, ")
            self.assertIn("،", text)

    def test_recheck_asks_as_often_for_many(self):
        requests = self.request
        for _number in range(5):
            requests |= self.make_request(self.process)
        check = self.env["sajad.sla.check"]

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertFalse(check._find_differences(records))
            return self.env.cr.sql_log_count - before

        count(requests)
        self.assertEqual(count(requests), count(self.request))
        # rows of clocks and events of history, no record of a request
        self.assertLessEqual(count(requests), 3)

    def test_recheck_goes_on_where_it_was_cut_off(self):
        other = self.make_request(self.process)
        check = self.env["sajad.sla.check"]
        for request in (self.request, other):
            self.clock(request, "solution").sudo().write({"state": "missed"})
        path = "odoo.addons.sajad_sla.models.clock.sajad_sla_check.BATCH"
        cron = type(self.env["ir.cron"])
        requests = self.request | other
        with patch(path, 1), patch.object(cron, "_commit_progress", return_value=0):
            start = self.request.id - 1
            self.env["ir.config_parameter"].set_param("sajad_sla.checked", start)
            check._cron_check()
            found = check.search([("request_id", "in", requests.ids)])
            self.assertEqual(found.request_id, self.request)
        check._cron_check()
        found = check.search([("request_id", "in", requests.ids)])
        self.assertEqual(found.request_id, requests)

    def test_a_request_that_is_opened_again_begins_a_new_cycle(self):
        self.go(0, 15)
        self.approve(self.request, "first", "last")
        self.go(1, 9)
        self.engine._reopen(self.request, "It is broken again.")
        self.assertClock(self.request, "first_answer", "missed", 7)
        self.assertClock(self.request, "solution", "met", 7)
        clock = self.assertClock(self.request, "solution", "running", 0, cycle=2)
        self.assertEqual(clock.date_start, moment(1, 9))
        self.assertEqual(self.request.sla_state, "running")
        self.go(1, 10)
        self.say(self.request, self.user_officer)
        self.assertClock(self.request, "first_answer", "met", 1, cycle=2)
