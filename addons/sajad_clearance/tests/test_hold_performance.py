from odoo.tests import tagged

from .common import ClearanceCommon


@tagged("post_install", "-at_install", "sajad_performance")
class TestHoldPerformance(ClearanceCommon):
    """Queries do not grow with the records, with holds in place (row B7)."""

    def _make_requests(self, count):
        partners = self.env["res.partner"].create(
            [{"name": f"P{n}"} for n in range(count)]
        )
        students = self.env["sajad.student"].create(
            [
                {
                    "partner_id": partner.id,
                    "student_number": f"p{partner.id}",
                    "university_id": self.university.id,
                    "faculty_id": self.faculty.id,
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
                    "university_id": self.university.id,
                    "faculty_id": self.faculty.id,
                }
                for student in students
            ]
        )
        self.engine._submit(requests)
        work = requests.task_ids.filtered(lambda t: t.state == "ready")
        work.properties = {"form_checked": True, "card_received": True}
        # every student owes something here and there, in instalments
        offices = self._get_office("khwarazmi") | self._get_office("department")
        self.env["sajad.hold"].create(
            [
                {
                    "student_id": student.id,
                    "office_id": office.id,
                    "description": "x",
                    "amount": 9,
                    "state": "planned",
                }
                for student in students
                for office in offices
            ]
        )
        self.env.flush_all()
        return requests

    def _open_tasks(self, requests, code):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["sajad.task"]
            .with_user(self.experts[code])
            .search([("request_id", "in", requests.ids), ("state", "=", "ready")])
        )

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _check_approval(self, count, maximum):
        # the first decision warms the caches of the process, as in a real server
        self._open_tasks(self._make_requests(1), "department").action_approve()
        requests = self._make_requests(count)
        tasks = self._open_tasks(requests, "department")
        self.assertEqual(len(tasks), count)
        self.assertLessEqual(self._count(tasks.action_approve), maximum)
        self.assertEqual(set(tasks.mapped("state")), {"done"})
        return self._open_tasks(requests, "khwarazmi")

    def test_approve_one(self):
        self.assertEqual(len(self._check_approval(1, 24)), 1)

    def test_approve_20(self):
        self.assertEqual(len(self._check_approval(20, 27)), 20)

    def test_approve_500(self):
        self.assertEqual(len(self._check_approval(500, 24 + 500 // 25)), 500)

    def test_auto_clear_500(self):
        """What passes by itself costs a few queries for all."""
        offices = self.env["sajad.office"].search(
            [("university_id", "=", self.university.id)]
        )
        offices.filtered(
            lambda o: o.role_id.code in ("clearance_khwarazmi", "clearance_shirazi")
        ).auto_clear = True
        self._check_approval(500, 50 + 500 // 12)

    def _read_list(self, model, count, codes, spec, **values):
        """Return the queries of a list or board page with so many rows."""
        Model = self.env[model].with_user(self.experts[codes])
        domain = values.get("domain", [])

        def read():
            found = Model.web_search_read(domain, spec, limit=count)
            self.assertEqual(len(found["records"]), count)

        read()
        return self._count(read)

    def test_pages(self):
        """A list and a board with 1, 20 and 500 rows; then all settled at once."""
        requests = self._make_requests(500)
        self._check_list()
        self._check_board(requests)
        self._check_settle(requests)

    def _check_list(self):
        names = ("student_id", "office_id", "description", "amount", "residual")
        spec = {name: {} for name in (*names, "is_late", "can_decide", "date_next")}
        spec["student_id"] = spec["office_id"] = {"fields": {"display_name": {}}}
        counts = {
            n: self._read_list("sajad.hold", n, "khwarazmi", spec) for n in (1, 20, 500)
        }
        self.assertLessEqual(counts[500], counts[1] + 2, counts)

    def _check_board(self, requests):
        spec = {
            name: {}
            for name in ("student_name", "is_blocked", "open_hold_amount", "state")
        }
        domain = [("request_id", "in", requests.ids), ("state", "=", "ready")]
        counts = {
            n: self._read_list("sajad.task", n, "department", spec, domain=domain)
            for n in (1, 20, 500)
        }
        self.assertLessEqual(counts[500], counts[1] + 2, counts)

    def _check_settle(self, requests):
        # guards a payment at a time
        office = self._get_office("khwarazmi")
        holds = self.env["sajad.hold"].search(
            [
                ("office_id", "=", office.id),
                ("student_id", "in", requests.student_id.ids),
            ]
        )
        self.assertEqual(len(holds), 500)
        few = self._count(lambda: holds[:1]._settle("1"))
        many = self._count(lambda: holds[1:]._settle("1"))
        self.assertLess(many, few + 60)
        self.assertEqual(set(holds.mapped("state")), {"settled"})
