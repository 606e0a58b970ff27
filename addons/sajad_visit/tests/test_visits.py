from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models import sajad_visit_office
from .common import START, VisitCommon


@freeze_time("2030-05-05 08:00:00")
@tagged("post_install", "-at_install")
class TestVisits(VisitCommon):
    """Appointments: offered, chosen, kept or missed, remembered (row B2)."""

    # ------------------------------------------------------------
    # THE OFFICE
    # ------------------------------------------------------------

    def test_came_then_decided(self):
        slot = self.make_slot(self.cartable, START)
        visit = self.require_visit()
        self.book(visit, slot)
        self.assertEqual(self.work.visit_slot_id, slot)
        visit.with_user(self.user_officer).action_came()
        self.assertEqual(visit.state, "came")
        self.assertStates(self.request, library="ready")
        self.assertEqual(slot.free_count, 0)
        self.work.action_approve()
        self.assertEvents(
            self.request,
            [
                "submitted",
                "ready",
                "visit",
                "booked",
                "came",
                "ready",
                "approved",
                "ready",
            ],
        )
        self.assertEqual(visit.state, "came")

    def test_claim_outlives_the_visit(self):
        self.work.action_claim()
        visit = self.require_visit()
        visit.with_user(self.user_officer).action_came()
        self.assertEqual(self.work.user_id, self.user_officer)

    def test_no_show(self):
        slot = self.make_slot(self.cartable, START)
        visit = self.require_visit()
        self.book(visit, slot)
        with self.assertRaisesRegex(UserError, "has not come yet"):
            visit.with_user(self.user_officer).action_no_show()
        with freeze_time("2030-05-07 07:00:00"):
            visit.with_user(self.user_officer).action_no_show()
        self.assertEqual(visit.state, "no_show")
        self.assertStates(self.request, library="student")
        notice = self.notices("no_show")
        self.assertEqual(len(notice), 1)
        # mail programs do not have the font that shows Persian digits
        self.env["res.lang"]._activate_lang("fa_IR")
        persian = notice.with_context(lang="fa_IR")
        body = str(persian._prepare_mail_values()["body_html"])
        self.assertIn("۱۴۰۹", body)
        self.assertNotIn("1409", body)
        self.assertEqual(self.work.no_show_count, 1)
        # the student may choose again
        again = self.request._get_portal_visits()
        self.assertNotEqual(again, visit)
        self.assertEqual(again.no_show_count, 1)
        self.book(again, self.make_slot(self.cartable, "2030-05-08 06:00"))
        self.assertEqual(again.state, "planned")
        with self.assertRaisesRegex(UserError, "not expected any more"):
            visit.with_user(self.user_officer).action_no_show()

    def test_some_recorded_at_once(self):
        """Those who came are recorded; of the others it is said why not."""
        visits, tasks = self.require_visits(3)
        visits[1].action_came()
        action = visits.action_came()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(set(visits.mapped("state")), {"came"})
        left = wizard.line_ids.filtered(lambda line: not line.is_done)
        self.assertEqual(left.task_id, tasks[1])
        self.assertIn("not expected any more", left.message)

    def test_a_telephone_has_the_buttons(self):
        action = self.env.ref("sajad_visit.sajad_visit_action")
        self.assertIn("kanban", action.view_mode)
        Visit = self.env["sajad.visit"].with_user(self.user_officer)
        arch = Visit.get_view(view_type="kanban")["arch"]
        for shown in ("action_came", "action_no_show", "reason"):
            self.assertIn(f'name="{shown}"', arch)

    def test_many_recorded_in_the_background(self):
        self.startPatcher(patch.object(sajad_visit_office, "MANY", 2))
        Cron = type(self.env["ir.cron"])
        self.startPatcher(patch.object(Cron, "_commit_progress", return_value=60))
        visits, _tasks = self.require_visits(3)
        slot = self.make_slot(self.cartable, START, capacity=3)
        for visit in visits[:2]:
            self.book(visit, slot, visit.partner_id.user_ids or self.user_student)
        with freeze_time("2030-05-07 07:00:00"):
            action = visits.action_no_show()
            # a second click starts nothing
            self.assertEqual(visits.action_no_show(), action)
            self.assertEqual(set(visits.mapped("state")), {"planned"})
            self.env["sajad.batch.run"]._cron_run()
        self.assertEqual(visits.mapped("state"), ["no_show", "no_show", "planned"])
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual((batch.done_count, batch.problem_count), (2, 1))
        self.assertIn("has not come yet", batch.line_ids.message)
        # whose office ended meanwhile records nothing
        waiting = self.env["sajad.visit"].search([("state", "=", "planned")])
        action = waiting.with_user(self.user_officer).action_came()
        self.cartable.member_ids.unlink()
        self.env["sajad.batch.run"]._cron_run()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual((batch.done_count, batch.problem_count), (0, len(waiting)))

    def require_visits(self, count):
        """Return visits that an office has required, as its officer, and the work."""
        tasks = self.env["sajad.task"].with_user(self.user_officer)
        for number in range(count):
            student = self.make_student(f"77{number}", self.university)
            tasks |= self.task(self.make_request(self.process, student), "library")
        tasks = tasks.with_user(self.user_officer)
        tasks.env["sajad.engine"]._require_visit(tasks, "Hall 1", "8-12", "Two books")
        visits = tasks.sudo().visit_ids.sorted("id").with_user(self.user_officer)
        return visits, tasks

    def test_no_show_needs_an_appointment(self):
        visit = self.require_visit()
        with self.assertRaises(UserError):
            visit.with_user(self.user_officer).action_no_show()

    def test_asked_twice_expected_once(self):
        visit = self.require_visit()
        self.assertEqual(self.require_visit(), visit)

    def test_decision_frees_the_place(self):
        slot = self.make_slot(self.cartable, START)
        visit = self.require_visit()
        self.book(visit, slot)
        self.assertEqual(slot.free_count, 0)
        self.work.action_approve()
        self.assertEqual(visit.state, "cancelled")
        self.assertEqual(slot.free_count, 1)
        self.assertFalse(self.request._get_portal_visits())

    def test_appointment_given_in_the_dialog(self):
        slot = self.make_slot(self.cartable, START)
        self.cartable.visit_place = "Hall 1"
        action = self.work.action_decide()
        Wizard = self.env["sajad.task.decide"].with_user(self.user_officer)
        form = Form(Wizard.with_context(**action["context"], default_decision="visit"))
        form.visit_reason = "Two books"
        self.assertEqual(form.free_slot_count, 1)
        form.slot_id = slot
        form.save().action_apply()
        self.assertEqual(self.work.visit_slot_id, slot)

    def test_officer_of_another_cartable(self):
        visit = self.require_visit()
        slot = self.make_slot(self.cartable, START)
        env = self.env(user=self.user_stranger)
        self.assertFalse(env["sajad.visit"].search([]))
        self.assertFalse(env["sajad.visit.slot"].search([]))
        with mute_logger("odoo.addons.base.models.ir_rule"):
            for call in (visit.action_came, visit.action_no_show):
                with self.assertRaises(AccessError):
                    getattr(visit.with_user(self.user_stranger), call.__name__)()
            with self.assertRaises(AccessError):
                slot.with_user(self.user_stranger).capacity = 5
            with self.assertRaises(AccessError):
                self.make_slot(self.cartable, "2030-05-09 06:00").with_user(
                    self.user_supervisor
                ).unlink()

    def test_supervisor_records_nothing(self):
        self.cartable.member_ids = [
            Command.create({"user_id": self.user_supervisor.id, "kind": "supervisor"})
        ]
        visit = self.require_visit().with_user(self.user_supervisor)
        self.assertTrue(visit.has_access("read"))
        with self.assertRaisesRegex(UserError, "not in charge"):
            visit.action_came()

    def test_clients_do_not_write_visits(self):
        visit = self.require_visit().with_user(self.user_officer)
        with self.assertRaises(AccessError):
            visit.write({"state": "came"})
        with self.assertRaises(AccessError):
            visit.with_user(self.user_admin).create({"task_id": self.work.id})

    # ------------------------------------------------------------
    # SLOTS
    # ------------------------------------------------------------

    def test_taken_slot_is_not_moved(self):
        slot = self.make_slot(self.cartable, START)
        visit = self.require_visit()
        self.book(visit, slot)
        officer_slot = slot.with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "have chosen this time"):
            officer_slot.start = "2030-05-07 05:00:00"
        with self.assertRaisesRegex(UserError, "have chosen this time"):
            officer_slot.unlink()

    def test_archived_slot_tells_the_student(self):
        slot = self.make_slot(self.cartable, START)
        visit = self.require_visit()
        self.book(visit, slot)
        slot.with_user(self.user_officer).action_archive()
        self.assertEqual(visit.state, "cancelled")
        self.assertEqual(len(self.notices("slot_gone")), 1)
        again = self.request._get_portal_visits()
        with self.assertRaisesRegex(UserError, "not offered"):
            self.book(again, slot)

    def test_capacity_is_kept(self):
        slot = self.make_slot(self.cartable, START, capacity=2)
        second = self.make_request(
            self.process, self.make_student("77", self.university)
        )
        for request in (self.request, second):
            self.book(
                self.require_visit(self.task(request, "library", self.user_officer)),
                slot,
            )
        with self.assertRaisesRegex(ValidationError, "2 students"):
            slot.capacity = 1
        third = self.make_request(
            self.process, self.make_student("88", self.university)
        )
        visit = self.require_visit(self.task(third, "library", self.user_officer))
        with self.assertRaisesRegex(UserError, "just taken"):
            self.book(visit, slot)

    def test_count_of_queries(self):
        """Reading the slots of a week costs the same for one and for many."""
        self.make_slot(self.cartable, START)
        for hour in range(3, 10):
            self.make_slot(self.cartable, f"2030-05-08 {hour:02}:00")
        slots = self.env["sajad.visit.slot"].search(
            [("cartable_id", "=", self.cartable.id)]
        )
        for count in (1, len(slots)):
            self.env.invalidate_all()
            with self.assertQueryCount(2):
                slots[:count].mapped("free_count")

    # ------------------------------------------------------------
    # THE PLAN
    # ------------------------------------------------------------

    def make_plan(self, **values):
        Plan = self.env["sajad.visit.plan"].with_user(self.user_officer)
        return Plan.create(
            {
                "cartable_id": self.cartable.id,
                "date_from": "2030-05-06",
                "date_to": "2030-05-12",
                "hour_from": 9,
                "hour_to": 10.5,
                **values,
            }
        )

    def get_slots(self):
        return self.env["sajad.visit.slot"].search(
            [("cartable_id", "=", self.cartable.id)]
        )

    def test_plan(self):
        """Monday to Wednesday, Saturday and Sunday: five days of three slots."""
        plan = self.make_plan()
        self.assertEqual(plan.slot_count, 15)
        plan.action_make()
        slots = self.get_slots()
        self.assertEqual(len(slots), 15)
        self.assertEqual(slots[0].start, datetime(2030, 5, 6, 5, 30))
        days = {slot._get_local().strftime("%A") for slot in slots}
        self.assertEqual(days, {"Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"})
        # again: nothing is made twice
        with self.assertRaisesRegex(UserError, "no new time"):
            self.make_plan().action_make()
        self.make_plan(hour_to=11).action_make()
        self.assertEqual(len(self.get_slots()), 20)

    def test_plan_skips_holidays(self):
        calendar = self.env.ref("sajad_base.resource_calendar_university").copy()
        self.university.calendar_id = calendar
        self.env["sajad.holiday"].create(
            {"name": "Closed", "date": date(2030, 5, 7), "is_official": True}
        )
        self.make_plan(thursday=True, friday=True).action_make()
        days = {slot._get_local().date() for slot in self.get_slots()}
        self.assertNotIn(date(2030, 5, 7), days)
        self.assertNotIn(date(2030, 5, 10), days)
        self.assertIn(date(2030, 5, 8), days)

    def test_plan_that_makes_no_sense(self):
        for values in (
            {"date_to": "2030-05-01"},
            {"hour_to": 8},
            {"hour_to": 30},
            {"duration": 0},
            {"capacity": 0},
            {"date_to": "2033-05-01"},
            {"date_from": "2030-01-01", "date_to": "2030-01-05"},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.make_plan(**values).action_make()
        self.assertFalse(self.get_slots())

    def test_plan_of_another_office(self):
        plan = self.make_plan()
        with (
            mute_logger("odoo.addons.base.models.ir_rule"),
            self.assertRaises(AccessError),
        ):
            plan.with_user(self.user_stranger).sudo(False).action_make()

    # ------------------------------------------------------------
    # REMINDER
    # ------------------------------------------------------------

    def remind(self, moment):
        """Run the job at a moment; it commits between batches."""
        commit = patch.object(type(self.env["ir.cron"]), "_commit_progress")
        with freeze_time(moment), commit as progress:
            progress.return_value = 60
            self.env["sajad.visit"]._cron_remind()

    def test_reminder_the_day_before(self):
        visit = self.require_visit()
        self.book(visit, self.make_slot(self.cartable, START))
        # two days before; in Tehran the day begins at 20:30 UTC
        for moment, count in (
            ("2030-05-05 20:00:00", 0),
            ("2030-05-05 20:31:00", 1),
            ("2030-05-06 08:00:00", 1),
            ("2030-05-07 05:00:00", 1),
        ):
            self.remind(moment)
            self.assertEqual(len(self.notices("visit_reminder")), count, moment)
        mail = self.notices("visit_reminder")._prepare_mail_values()
        self.assertIn("Tuesday", mail["body_html"])
        self.assertIn("Hall 1", mail["body_html"])
        # another day, another reminder
        with freeze_time("2030-05-06 08:00:00"):
            self.book(visit, self.make_slot(self.cartable, "2030-05-11 06:00"))
        self.remind("2030-05-10 08:00:00")
        self.assertEqual(len(self.notices("visit_reminder")), 2)

    def test_no_reminder_without_reason(self):
        visit = self.require_visit()
        self.book(visit, self.make_slot(self.cartable, START))
        self.work.action_approve()
        self.remind("2030-05-06 08:00:00")
        self.assertFalse(self.notices("visit_reminder"))

    def test_day_is_jalali_with_its_weekday(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        slot = self.make_slot(self.cartable, START).with_context(lang="fa_IR")
        self.assertIn("سه", slot.display_name)
        self.assertIn("اردیبهشت", slot.display_name)
