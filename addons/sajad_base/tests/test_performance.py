from unittest.mock import patch

from odoo.tests import tagged

from .common import SajadCommon

ELEVEN = 11


@tagged("post_install", "-at_install", "sajad_performance")
class TestPerformance(SajadCommon):
    """Queries do not grow with the records (issue: foundation, section 5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = cls.make_role("bench")
        spec = {"s0": {"role": role, "time_limit": 8}}
        for number in range(1, ELEVEN):
            spec[f"s{number}"] = {
                "role": role,
                "after": [f"s{number - 1}"],
                "time_limit": 8,
            }
        cls.process = cls.make_process("bench", spec, exclusive_group="bench")
        cls.university.calendar_id = cls.env["resource.calendar"].create(
            {"name": "Week"}
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)

    def make_requests(self, count, submit=True):
        partners = self.env["res.partner"].create(
            [{"name": f"P{n}"} for n in range(count)]
        )
        students = self.env["sajad.student"].create(
            [
                {
                    "partner_id": partner.id,
                    "student_number": f"b{partner.id}",
                    "university_id": self.university.id,
                    "faculty_id": self.faculty.id,
                }
                for partner in partners
            ]
        )
        requests = self.env["sajad.request"].create(
            [self.prepare(student) for student in students]
        )
        if submit:
            self.engine._submit(requests)
        self.env.flush_all()
        return requests

    def prepare(self, student):
        return {
            "process_id": self.process.id,
            "student_id": student.id,
            "partner_id": student.partner_id.id,
            "university_id": student.university_id.id,
            "faculty_id": student.faculty_id.id,
        }

    def open_tasks(self, requests):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["sajad.task"]
            .with_user(self.user_officer)
            .search([("request_id", "in", requests.ids), ("state", "=", "ready")])
        )

    def count(self, maximum, function):
        """Run `function` with a cold record cache and at most `maximum` queries."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(maximum):
            function()

    def test_key_of_cards(self):
        """All work of a request is found by one key, which is made once."""
        Task = self.registry["sajad.task"]
        with patch.object(Task, "new", autospec=True, side_effect=Task.new) as new:
            requests = self.make_requests(3)
        self.assertEqual(new.call_count, 3)
        for request in requests:
            self.assertEqual(len(request.task_ids), ELEVEN)
            [key] = set(request.task_ids.mapped("search_key"))
            self.assertIn(request.student_id.student_number, key)
            request.task_ids._compute_search_key()
            self.assertEqual(set(request.task_ids.mapped("search_key")), {key})
            self.env.flush_all()

    def check_approval(self, count, maximum):
        # the first decision warms the caches of the process, as in a real server
        self.open_tasks(self.make_requests(1)).action_approve()
        requests = self.make_requests(count)
        tasks = self.open_tasks(requests)
        self.assertEqual(len(tasks), count)
        self.count(maximum, tasks.action_approve)
        self.assertEqual(len(self.open_tasks(requests)), count)
        self.assertEqual(set(tasks.mapped("state")), {"done"})

    def test_approve_one(self):
        # one of them looks up the memberships
        self.check_approval(1, 13)

    def test_approve_20(self):
        self.check_approval(20, 14)

    def test_approve_500(self):
        self.check_approval(500, 13 + 500 // 25)

    def test_create_cohort(self):
        """Guards numbers that were drawn one request at a time."""
        students = self.make_requests(1).student_id
        values = [self.prepare(students) for _number in range(500)]
        self.count(30, lambda: self.env["sajad.request"].create(values))

    def test_submit_one(self):
        self.make_requests(1)
        request = self.make_requests(1, submit=False)
        self.count(20, lambda: self.engine._submit(request))
        self.assertEqual(len(request.task_ids), ELEVEN)

    def test_submit_cohort(self):
        self.make_requests(1)
        requests = self.make_requests(500, submit=False)
        # an addon that hangs on submission asks once for all of them; work is one
        # statement
        self.count(24, lambda: self.engine._submit(requests))
        self.assertEqual(len(requests.task_ids), 500 * ELEVEN)

    def check_migration(self, count, maximum):
        """Running requests change to a version with one step more (row A5)."""
        requests = self.make_requests(count)
        flow = self.process.published_flow_id.copy()
        stage = self.env["sajad.stage"].create(
            {
                "name": "One more",
                "process_id": self.process.id,
                "role_id": self.process.stage_ids.role_id.id,
            }
        )
        flow._add_stages(stage)
        flow.step_ids[-1].predecessor_ids = flow.step_ids[0]
        flow.action_publish()
        self.env["sajad.flow"]._get_structure(flow.id)
        self.count(maximum, lambda: self.engine._migrate(requests, flow))
        self.assertEqual(requests.flow_id, flow)
        self.assertEqual(len(requests.task_ids), count * (ELEVEN + 1))

    def test_migrate_one(self):
        self.check_migration(1, 30)

    def test_migrate_500(self):
        self.check_migration(500, 30 + 500 // 25)
