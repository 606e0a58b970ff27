import json
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.api import Environment
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.sajad_base.tests.plan import Plans

from .test_stat_day import StatCommon

MODELS = (
    "sajad.stat.day",
    "sajad.report.open",
    "sajad.report.request",
    "sajad.bottleneck",
    "sajad.forecast",
)


@tagged("post_install", "-at_install")
class TestStatAccess(Plans, StatCommon, HttpCase):
    """Reporting officers see their university, officers their offices (row E5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        start = datetime.now() - timedelta(days=4)
        cls.play(start=start)
        cls.play(5, 6, student=cls.make_student("96", cls.university), start=start)
        cls.Day._backfill()
        request = cls.env["sajad.request"].search(
            [("process_id", "=", cls.process.id), ("state", "=", "running")]
        )
        cls.env["sajad.forecast"].create(
            {
                "request_id": request.id,
                "process_id": cls.process.id,
                "university_id": cls.university.id,
                "date_low": start,
                "date_middle": start,
                "date_high": start,
            }
        )

    def count(self, model, user):
        domain = [("process_id", "=", self.process.id)]
        return self.env[model].with_user(user).search_count(domain)

    def test_who_sees_what(self):
        for model in MODELS:
            with self.subTest(model=model):
                seen = self.count(model, self.user_reporting)
                self.assertTrue(seen)
                self.assertEqual(self.count(model, self.user_auditor), seen)
                self.assertEqual(self.count(model, self.user_other_reporting), 0)

    def test_officers_see_their_offices(self):
        for model in ("sajad.stat.day", "sajad.report.open", "sajad.bottleneck"):
            with self.subTest(model=model):
                self.assertTrue(self.count(model, self.user_officer))
                self.assertEqual(self.count(model, self.user_stranger), 0)
                self.assertEqual(self.count(model, self.user_liaison), 0)
        for model in ("sajad.report.request", "sajad.forecast"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.count(model, self.user_officer)

    def test_plans(self):
        self.check_plans(self.user_officer, "sajad.stat.day")

    def test_open_work_is_found_by_its_indexes(self):
        # the little that is open among all that there ever was
        task = self.env["sajad.task"].search(
            [("process_id", "=", self.process.id), ("state", "=", "ready")], limit=1
        )
        ended = {"state": "'done'", "round": "n + 1", "current": "false"}
        self.copy_rows(task, 5000, **ended)
        self.measure("sajad.task")
        # few requests are joined in any way
        for way in ("mergejoin", "indexscan"):
            self.env.cr.execute(f"SET LOCAL enable_{way} = off")
        plan = self.explain_large(self.env["sajad.report.open"].sudo())
        self.assertRegex(plan, "Bitmap Index Scan on sajad_task_suspended_idx")
        self.assertNotIn("Seq Scan on sajad_task", plan)

    def test_headings_are_sorted_when_rows_are_counted(self):
        # by their names, but not all rows by the names of their headings
        done = self.env["sajad.request"].search(
            [("process_id", "=", self.process.id), ("state", "=", "done")], limit=1
        )
        other = self.other_university
        self.assertGreater(other.id, self.university.id)
        other.name, self.university.name = "Aran", "Zabol"
        self.copy_rows(done, 2, university_id=str(other.id), name="'T-' || n")
        Request = self.env["sajad.report.request"].with_user(self.user_auditor)
        domain = [("process_id", "=", self.process.id)]
        names, ask = ["university_id", "state"], Environment.execute_query
        with patch.object(Environment, "execute_query", autospec=True) as asked:
            asked.side_effect = ask
            groups = Request.formatted_read_group(domain, names[:1], ["__count"])
        counts = [(g["university_id"][0], g["__count"]) for g in groups]
        self.assertEqual(counts, [(other.id, 2), (self.university.id, 1)])
        queries = [call.args[1] for call in asked.call_args_list]
        query = next(q for q in queries if "GROUP BY" in q.code)
        plan = self.env.execute_query(SQL("EXPLAIN (VERBOSE) %s", query))
        [keys] = [line for (line,) in plan if "Group Key" in line]
        self.assertNotIn("name", keys)
        # several groupings at once, as a pivot asks for them
        sets = [names, names[:1], []]
        found = Request._read_grouping_sets(
            domain, sets, ["__count"], order="university_id"
        )
        self.assertEqual(found[1], [(other, 2), (self.university, 1)])
        self.assertEqual([len(rows) for rows in found], [2, 2, 1])

    def test_students_see_nothing(self):
        for model in MODELS:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.count(model, self.user_student)

    def test_nobody_writes(self):
        for model in MODELS:
            record = self.env[model].search([("process_id", "=", self.process.id)])[:1]
            for user in (self.user_reporting, self.user_admin):
                with self.subTest(model=model, user=user.login):
                    record = record.with_user(user)
                    self.assertTrue(record.has_access("read"))
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(record.has_access(operation))

    def test_a_removed_officer_sees_nothing_at_once(self):
        self.assertTrue(self.count("sajad.stat.day", self.user_reporting))
        self.university.reporting_ids = False
        for model in MODELS:
            self.assertEqual(self.count(model, self.user_reporting), 0)

    def call(self, model, method, *args, **kwargs):
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": kwargs,
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def test_rpc(self):
        login = self.user_other_reporting.login
        self.authenticate(login, login)
        domain = [("process_id", "=", self.process.id)]
        for model in MODELS:
            with self.subTest(model=model):
                found = self.call(
                    model, "formatted_read_group", domain, [], ["__count"]
                )
                self.assertEqual(found["result"][0]["__count"], 0)
        office = self.env["sajad.bottleneck"].search(domain, limit=1)
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            for model, method, *args in (
                ("sajad.bottleneck", "action_open_work", office.ids),
                ("sajad.bottleneck", "read", office.ids, ["waiting"]),
                ("sajad.stat.day", "_fill", "2026-01-01", "2026-01-02"),
                ("sajad.stat.day", "_cron_fill"),
                ("sajad.forecast", "_settle"),
            ):
                with self.subTest(model=model, method=method):
                    self.assertIn("error", self.call(model, method, *args))

    def test_own_printed_reports(self):
        report = self.env["sajad.stat.print"].with_user(self.user_reporting).create({})
        self.assertEqual(report.university_id, self.university)
        with (
            mute_logger("odoo.addons.base.models.ir_rule"),
            self.assertRaises(AccessError),
        ):
            report.with_user(self.user_other_reporting).action_print()
