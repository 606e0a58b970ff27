from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestEngineNumber(SajadCommon):
    """A secretariat enters requests in the register of the university (row B3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "number",
            {
                "secretariat": {"numbering": True, "allow_refuse": True},
                "end": {"after": ["secretariat"]},
            },
        )
        for university in (cls.university, cls.other_university):
            cls.make_cartables(cls.process, university, cls.user_officer)

    def make_requests(self, count, university=None):
        university = university or self.university
        partners = self.env["res.partner"].create(
            [{"name": f"N{n}"} for n in range(count)]
        )
        students = self.env["sajad.student"].create(
            [
                {
                    "partner_id": partner.id,
                    "student_number": f"n{partner.id}",
                    "university_id": university.id,
                    "faculty_id": university.faculty_ids.id,
                }
                for partner in partners
            ]
        )
        requests = self.env["sajad.request"].create(
            [
                {
                    "process_id": self.process.id,
                    "student_id": student.id,
                    "partner_id": student.partner_id.id,
                    "university_id": university.id,
                    "faculty_id": student.faculty_id.id,
                }
                for student in students
            ]
        )
        self.engine._submit(requests)
        self.env.flush_all()
        return requests

    def tasks(self, requests):
        return (
            self.env["sajad.task"]
            .with_user(self.user_officer)
            .search(
                [
                    ("request_id", "in", requests.ids),
                    ("stage_id.code", "=", "secretariat"),
                ]
            )
        )

    # 1 Farvardin 1405 began on 2026-03-20, 20:30 UTC
    @freeze_time("2026-11-01 08:00:00")
    def test_numbers_of_a_year(self):
        first, second = self.make_requests(1), self.make_requests(1)
        self.approve(first, "secretariat")
        self.approve(second, "secretariat")
        self.assertEqual(first.registration_number, "1405/0001")
        self.assertEqual(second.registration_number, "1405/0002")
        self.assertEqual(first.registration_date, datetime(2026, 11, 1, 8))
        event = first.event_ids.filtered(lambda e: e.kind == "registered")
        self.assertEqual(event.reason, "1405/0001")
        other = self.make_requests(1, self.other_university)
        self.approve(other, "secretariat")
        self.assertEqual(other.registration_number, "1405/0001")

    def test_years_begin_again(self):
        for moment, number in (
            ("2026-03-20 20:00:00", "1404/0001"),
            ("2026-03-20 21:00:00", "1405/0001"),
        ):
            with freeze_time(moment):
                request = self.make_requests(1)
                self.approve(request, "secretariat")
                self.assertEqual(request.registration_number, number)

    @freeze_time("2026-11-01 08:00:00")
    def test_undo_keeps_the_number(self):
        first, second = self.make_requests(1), self.make_requests(1)
        self.approve(first, "secretariat")
        self.task(first, "secretariat", self.user_officer).action_undo()
        self.assertEqual(first.registration_number, "1405/0001")
        self.approve(second, "secretariat")
        self.assertEqual(second.registration_number, "1405/0002")
        self.approve(first, "secretariat")
        self.assertEqual(first.registration_number, "1405/0001")
        self.assertEqual(first.event_ids.mapped("kind").count("registered"), 1)

    @freeze_time("2026-11-01 08:00:00")
    def test_second_round_keeps_the_number(self):
        request = self.make_requests(1)
        self.approve(request, "secretariat")
        end = self.task(request, "end", self.user_officer)
        step = self.task(request, "secretariat").step_id
        end.env["sajad.engine"]._send_back(end, step, "Again.")
        self.approve(request, "secretariat")
        self.assertEqual(request.registration_number, "1405/0001")

    def test_refused_and_other_steps_get_none(self):
        request, other = self.make_requests(1), self.make_requests(1)
        task = self.task(request, "secretariat", self.user_officer)
        task.env["sajad.engine"]._decide(task, "refused", "no")
        self.assertFalse(request.registration_number)
        self.approve(other, "secretariat")
        number = other.registration_number
        self.approve(other, "end")
        self.assertEqual(other.registration_number, number)

    def check_batch(self, count, maximum):
        # the first decision warms the caches of the process, as in a real server
        self.tasks(self.make_requests(1)).action_approve()
        requests = self.make_requests(count)
        tasks = self.tasks(requests)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(maximum):
            tasks.action_approve()
            self.env.flush_all()
        numbers = [r.registration_number for r in requests.sorted("id")]
        self.assertEqual(
            [int(number.split("/")[1]) for number in numbers],
            list(range(2, count + 2)),
        )

    def test_number_one(self):
        self.check_batch(1, 18)

    def test_number_20(self):
        self.check_batch(20, 22)

    def test_number_500(self):
        self.check_batch(500, 22 + 500 // 25)

    @freeze_time("2026-11-01 08:00:00")
    def test_found_in_any_script(self):
        request = self.make_requests(1)
        self.approve(request, "secretariat")
        Request = self.env["sajad.request"].with_user(self.user_officer)
        mine = [("id", "=", request.id)]
        for typed in ("1405/0001", "۱۴۰۵/۰۰۰۱", "١٤٠٥/٠٠٠١", "۰۰۰۱"):
            with self.subTest(typed):
                found = Request.search([("registration_number", "ilike", typed), *mine])
                self.assertEqual(found, request)
                tasks = self.env["sajad.task"].search(
                    [
                        ("request_id.registration_number", "ilike", typed),
                        ("request_id", "=", request.id),
                    ]
                )
                self.assertEqual(tasks, request.task_ids)
        found = Request.name_search("۱۴۰۵/۰۰۰۱", domain=mine)
        self.assertEqual([id_ for id_, _name in found], request.ids)
