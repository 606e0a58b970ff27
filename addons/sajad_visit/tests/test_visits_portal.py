from freezegun import freeze_time
from lxml import html

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import START, VisitCommon


@tagged("post_install", "-at_install")
class TestVisitsPortal(VisitCommon, HttpCase):
    """The student sees the visit first and chooses a time (row B2)."""

    def setUp(self):
        super().setUp()
        self.url = f"/my/requests/{self.request.id}"
        self.visit = self.require_visit()
        self.slot = self.make_slot(self.cartable, START)
        self.later = self.make_slot(self.cartable, "2030-05-08 06:00", capacity=3)
        self.authenticate("t_student", "t_student")

    def choose(self, slot, visit=None, **data):
        visit = visit or self.visit
        return self.url_open(
            f"{self.url}/visit/{visit.id}",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "slot_id": slot.id if slot else "",
                **data,
            },
        )

    def get_offered(self, response):
        page = html.fromstring(response.text)
        return [int(x) for x in page.xpath("//input[@name='slot_id']/@value")]

    def test_choose_and_change(self):
        page = self.url_open(self.url)
        self.assertEqual(self.get_offered(page), [self.slot.id, self.later.id])
        self.assertIn("Tuesday", page.text)
        page = self.choose(self.slot)
        self.assertIn("Your appointment is noted", page.text)
        self.assertEqual(self.visit.slot_id, self.slot)
        self.assertIn("sajad_visits", self.url_open("/my/requests").text)
        self.choose(self.later)
        self.assertEqual(self.visit.slot_id, self.later)
        self.assertEqual(self.slot.free_count, 1)
        # a second click changes nothing
        self.choose(self.later)
        self.assertEqual(self.later.taken_count, 1)

    def test_full_slot_offers_another(self):
        second = self.make_request(
            self.process, self.make_student("99", self.university)
        )
        other = self.require_visit(self.task(second, "library", self.user_officer))
        other._book(self.slot)
        page = self.choose(self.slot)
        self.assertIn("just taken", page.text)
        self.assertEqual(self.get_offered(page), [self.later.id])
        self.assertFalse(self.visit.slot_id)

    def test_foreign_student(self):
        self.authenticate("t_other_student", "t_other_student")
        self.assertTrue(self.choose(self.slot).url.endswith("/my"))
        self.assertFalse(self.visit.slot_id)
        mine = self.make_request(self.process, self.other_student)
        # through an own request neither
        self.url = f"/my/requests/{mine.id}"
        self.choose(self.slot)
        self.assertFalse(self.visit.slot_id)

    def test_slot_of_another_office(self):
        end = self.task(self.request, "end").sudo()
        elsewhere = self.make_slot(
            self.env["sajad.cartable"].search(
                [("role_id", "=", end.stage_id.role_id.id)]
            ),
            START,
        )
        self.assertIn("not offered", self.choose(elsewhere).text)
        self.assertIn("Choose one of the times", self.choose(None).text)
        response = self.choose(None, slot_id="99999999999999999999")
        self.assertEqual(response.status_code, 200)
        self.assertFalse(self.visit.slot_id)

    def test_closed_day(self):
        """A closure that is told later takes the times of its day from the list."""
        self.university.calendar_id = calendar = self.env["resource.calendar"].create(
            {"name": "Tehran", "tz": "Asia/Tehran"}
        )
        page = self.url_open(self.url)
        self.assertEqual(self.get_offered(page), (self.slot | self.later).ids)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Air pollution",
                "calendar_id": calendar.id,
                "date_from": "2030-05-06 20:30:00",
                "date_to": "2030-05-07 20:29:59",
            }
        )
        self.assertEqual(self.get_offered(self.url_open(self.url)), self.later.ids)
        self.assertIn("closed on this day", self.choose(self.slot).text)
        self.assertFalse(self.visit.slot_id)

    def test_past_slot(self):
        past = self.make_slot(self.cartable, "2020-05-05 06:00")
        self.assertIn("is over", self.choose(past).text)

    def test_until_the_day_before(self):
        self.visit._book(self.slot)
        with freeze_time("2030-05-07 03:00:00"):
            self.assertTrue(self.visit._is_too_late())
            with self.assertRaisesRegex(UserError, "until the day before"):
                self.visit._book(self.later)
        with freeze_time("2030-05-06 12:00:00"):
            self.visit._book(self.later)
        self.assertEqual(self.visit.slot_id, self.later)

    def test_two_offices_at_one_time(self):
        process = self.make_process("second", {"office": {"allow_visit": True}})
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        task = self.task(request, "office", self.user_officer)
        other = self.require_visit(task)
        other._book(self.make_slot(task.sudo().cartable_id, "2030-05-07 06:15"))
        self.assertIn("You are expected at Stage office", self.choose(self.slot).text)

    def test_decided_meanwhile(self):
        self.work.action_approve()
        response = self.choose(self.slot)
        self.assertEqual(response.status_code, 200)
        self.assertFalse(self.visit.slot_id)
        self.assertNotIn("sajad_visits", self.url_open("/my/requests").text)

    def test_office_without_slots(self):
        (self.slot | self.later).unlink()
        page = self.url_open(self.url).text
        self.assertIn("No appointment is needed", page)
        self.assertIn("Hall 1", page)

    def test_link_with_token_does_not_choose(self):
        token = self.request._portal_ensure_token()
        self.authenticate(None, None)
        page = self.url_open(f"{self.url}?access_token={token}")
        self.assertIn("Hall 1", page.text)
        self.assertFalse(self.get_offered(page))
