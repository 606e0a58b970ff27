import re
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.sajad_base.tests.common import SajadCommon
from odoo.addons.sajad_base.tools import day_parts, percentiles
from odoo.addons.sajad_base.tools.clock import get_country_today

# a Saturday; Tehran is three and a half hours ahead of UTC
START = datetime(2026, 9, 5, 6, 0)


class StatCommon(SajadCommon):
    """Requests that arrive and are decided at known moments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sajad.event"].flush_model()
        cls.process = cls.make_process("stat", {"a": {}, "b": {"after": ["a"]}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.user_reporting = cls.make_user(
            "t_reporting", "sajad_base.group_sajad_reporting"
        )
        cls.user_other_reporting = cls.make_user(
            "t_other_reporting", "sajad_base.group_sajad_reporting"
        )
        cls.university.reporting_ids = cls.user_reporting
        cls.other_university.reporting_ids = cls.user_other_reporting
        cls.Day = cls.env["sajad.stat.day"]

    @classmethod
    def play(cls, *waits, student=None, start=START):
        """Submit at `start`; the offices decide after so many hours each."""
        with freeze_time(start):
            request = cls.make_request(cls.process, student)
        moment = start
        for code, hours in zip("ab", waits, strict=False):
            moment += timedelta(hours=hours)
            task = request.task_ids.filtered(lambda t, c=code: t.stage_id.code == c)
            with freeze_time(moment):
                task.with_user(cls.user_officer).action_approve()
        return request

    def play_many(self, waits, start=START):
        """Return a request per waiting time of the first office."""
        return [
            self.play(
                hours,
                student=self.make_student(f"99{i:03}", self.university),
                start=start,
            )
            for i, hours in enumerate(waits)
        ]

    def fill(self, first, last):
        return self.Day._fill(first, last)

    def get_days(self, code="a", model=None):
        rows = (model or self.Day).search(
            [
                ("process_id", "=", self.process.id),
                ("stage_id.code", "=", code),
            ],
            order="day",
        )
        return {row.day: row for row in rows}


@tagged("post_install", "-at_install")
class TestPercentiles(SajadCommon):
    """Percentiles of many days are those of all their decisions."""

    def gather(self, days, share):
        """Return what the database finds of days with so many hours each."""
        values = [
            SQL("(%s::int[])", hours and [round(h * 3600) for h in hours])
            for hours in days
        ]
        query = SQL(
            "SELECT %s FROM (VALUES %s) day(waits)",
            percentiles.percentile_sql(SQL("day.waits"), share),
            SQL(", ").join(values),
        )
        [(found,)] = self.env.execute_query(query)
        return found

    def test_exact_at_any_size(self):
        """The figures that classes of waiting time got wrong by a half."""
        for number in (1, 2, 5, 100, 3000):
            hours = [(i * 37 % 101) ** 1.7 / 20 for i in range(number)]
            days = [hours[i::7] for i in range(7)]
            for share in (0.5, 0.9):
                ordered = sorted(hours)
                place = share * (number - 1)
                low, part = int(place), place % 1
                high = min(low + 1, number - 1)
                exact = ordered[low] * (1 - part) + ordered[high] * part
                self.assertAlmostEqual(self.gather(days, share), exact, 3)

    def test_nothing(self):
        self.assertIsNone(self.gather([[]], 0.5))
        self.assertIsNone(self.gather([None], 0.5))
        self.assertEqual(self.gather([None, [3], []], 0.9), 3)


@tagged("post_install", "-at_install")
class TestStatDay(StatCommon):
    """What is counted of a day (row B12)."""

    def test_a_request_of_three_days(self):
        """Saturday to Monday at office a, then open at office b."""
        request = self.play(50)
        self.fill(date(2026, 9, 5), date(2026, 9, 8))
        days = self.get_days()
        self.assertEqual(list(days), [date(2026, 9, d) for d in (5, 6, 7)])
        self.assertEqual([d.came_in for d in days.values()], [1, 0, 0])
        self.assertEqual([d.waiting for d in days.values()], [1, 1, 0])
        self.assertEqual([d.decided for d in days.values()], [0, 0, 1])
        monday = days[date(2026, 9, 7)]
        self.assertAlmostEqual(monday.wait_p50, 50)
        self.assertAlmostEqual(monday.wait_seconds, 50 * 3600)
        self.assertEqual(monday.cartable_id, self.task(request, "a").cartable_id)
        days = self.get_days("b")
        self.assertEqual(list(days), [date(2026, 9, 7), date(2026, 9, 8)])
        self.assertEqual([d.waiting for d in days.values()], [1, 1])

    def test_the_day_is_the_one_of_tehran(self):
        """What comes at nine in the evening UTC belongs to the next day."""
        self.play(start=datetime(2026, 9, 5, 21))
        self.fill(date(2026, 9, 5), date(2026, 9, 6))
        self.assertEqual(list(self.get_days()), [date(2026, 9, 6)])

    def test_again_is_the_same(self):
        self.play(30)
        self.fill(date(2026, 9, 5), date(2026, 9, 9))
        names = ["day", "stage_id", "came_in", "decided", "waiting", "wait_p50"]
        domain = [("process_id", "=", self.process.id)]
        before = self.Day.search(domain, order="day, stage_id").read(names)
        self.fill(date(2026, 9, 7), date(2026, 9, 9))
        self.fill(date(2026, 9, 5), date(2026, 9, 5))
        self.fill(date(2026, 9, 6), date(2026, 9, 6))
        after = self.Day.search(domain, order="day, stage_id").read(names)
        for row in (*before, *after):
            row.pop("id")
        self.assertTrue(before)
        self.assertEqual(before, after)

    def test_percentiles_of_a_period(self):
        """The median of several days is that of their decisions, not of medians."""
        waits = [1, 1.5, 2, 3, 30, 60, 70, 100, 110]
        self.play_many(waits)
        self.fill(date(2026, 9, 5), date(2026, 9, 12))
        domain = [("process_id", "=", self.process.id), ("stage_id.code", "=", "a")]
        [(p50, p90, decided)] = self.Day._read_group(
            domain, [], ["wait_p50:avg", "wait_p90:avg", "decided:sum"]
        )
        self.assertEqual(decided, len(waits))
        self.assertAlmostEqual(p50, median(waits))
        self.assertAlmostEqual(p90, quantiles(waits, n=10, method="inclusive")[8])
        rows = self.Day.search([*domain, ("decided", ">", 0)])
        means = sum(rows.mapped("wait_p50")) / len(rows)
        self.assertNotAlmostEqual(p50, means)
        # for the web client too
        [group] = self.Day.formatted_read_group(domain, [], ["wait_p50:avg"])
        self.assertEqual(group["wait_p50:avg"], p50)

    def test_backlog_is_averaged_over_days(self):
        self.play(50)
        self.fill(date(2026, 9, 5), date(2026, 9, 7))
        domain = [("process_id", "=", self.process.id), ("stage_id.code", "=", "a")]
        [(waiting, came_in)] = self.Day._read_group(
            domain, [], ["waiting:avg", "came_in:sum"]
        )
        self.assertAlmostEqual(waiting, 2 / 3)
        self.assertEqual(came_in, 1)

    def test_what_passes_by_itself_is_counted_beside(self):
        """Nobody decided it: it took no time, and a figure of its own says so."""
        first = self.process.stage_ids.filtered(lambda stage: stage.code == "a")

        def clear_first(engine, nodes):
            return {node: "" for node in nodes if node.step.stage_id == first.id}

        with patch.object(type(self.engine), "_get_auto_cleared", clear_first):
            self.play()
        self.play(9, student=self.make_student("98", self.university))
        self.fill(date(2026, 9, 5), date(2026, 9, 5))
        [(decided, passed, median_wait)] = self.Day._read_group(
            [("stage_id", "=", first.id)],
            [],
            ["decided:sum", "passed:sum", "wait_p50:avg"],
        )
        self.assertEqual((decided, passed, median_wait), (1, 1, 9))

    def test_means_and_sums_are_told_apart(self):
        """What lies at the end of a day has no sum, on no screen and in no file."""
        names = ("waiting", "late", "with_student", "suspended")
        fields = self.Day.fields_get(names)
        for name in names:
            self.assertEqual(fields[name]["aggregator"], "avg")
            self.assertIn("Mean", fields[name]["string"])
        tree = etree.fromstring(self.Day.get_view(view_type="list")["arch"])
        for name in names:
            self.assertFalse(tree.xpath(f"//field[@name='{name}']/@sum"))

    def test_work_is_joined_before_its_days(self):
        """Of a night each branch reads its work once; nothing joins all work again."""
        day = date(2026, 9, 7)
        query = SQL("EXPLAIN %s", self.Day._get_insert(day, day))
        plan = "\n".join(line for (line,) in self.env.execute_query(query))
        # what happened, lies open, was decided since, was ended since, was suspended
        self.assertEqual(len(re.findall(r" on sajad_task\b", plan)), 5, plan)

    def test_late(self):
        request = self.play()
        # the engine computes due dates with a calendar, which this place has not
        self.task(request, "a").sudo().date_due = datetime(2026, 9, 6, 12)
        self.fill(date(2026, 9, 5), date(2026, 9, 6))
        self.assertEqual([d.late for d in self.get_days().values()], [0, 1])

    def test_time_of_a_visit_is_not_the_office_s(self):
        self.process.flow_ids.step_ids.flush_recordset()
        self.env.cr.execute("UPDATE sajad_flow_step SET allow_visit = TRUE")
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        request = self.play()
        task = self.task(request, "a", self.user_officer)
        with freeze_time(START + timedelta(hours=3)):
            task.env["sajad.engine"]._require_visit(task, "Room", "9", "Card")
        self.fill(date(2026, 9, 5), date(2026, 9, 6))
        self.assertEqual([d.with_student for d in self.get_days().values()], [1, 1])
        self.assertEqual([d.waiting for d in self.get_days().values()], [0, 0])
        with freeze_time(START + timedelta(hours=53)):
            task.action_approve()
        self.fill(date(2026, 9, 5), date(2026, 9, 7))
        days = self.get_days()
        self.assertAlmostEqual(days[date(2026, 9, 7)].wait_p50, 3)
        self.assertEqual([d.with_student for d in days.values()], [1, 1, 0])

    def test_returned_and_answered(self):
        request = self.play()
        task = self.task(request, "a", self.user_officer)
        with freeze_time(START + timedelta(hours=1)):
            task.env["sajad.engine"]._return_to_student(task, "Complete it")
        with freeze_time(START + timedelta(hours=2)):
            self.engine._answer(request, "Here")
        self.fill(date(2026, 9, 5), date(2026, 9, 5))
        day = self.get_days()[date(2026, 9, 5)]
        self.assertEqual((day.came_in, day.returned, day.decided), (2, 1, 0))

    def test_an_undone_decision_is_none(self):
        request = self.play()
        with freeze_time(START + timedelta(hours=1)):
            self.approve(request, "a")
        with freeze_time(START + timedelta(hours=1, minutes=5)):
            self.task(request, "a", self.user_officer).action_undo()
        self.fill(date(2026, 9, 5), date(2026, 9, 5))
        self.assertEqual(self.get_days()[date(2026, 9, 5)].decided, 0)

    def test_cancelled_work_ends(self):
        request = self.play()
        with freeze_time(START + timedelta(hours=30)):
            self.engine._cancel(request)
        self.fill(date(2026, 9, 5), date(2026, 9, 8))
        self.assertEqual([d.waiting for d in self.get_days().values()], [1])

    def test_suspended(self):
        """From the day on which nobody was named until somebody was."""
        with freeze_time(START):
            self.make_request(self.process, self.other_student)
        with freeze_time(START + timedelta(days=2)):
            self.make_cartables(self.process, self.other_university, self.user_stranger)
        self.fill(date(2026, 9, 5), date(2026, 9, 7))
        days = self.get_days(model=self.Day.with_user(self.user_auditor))
        self.assertEqual([d.suspended for d in days.values()], [1, 1, 0])
        self.assertFalse(days[date(2026, 9, 5)].cartable_id)
        self.assertEqual(days[date(2026, 9, 7)].waiting, 1)

    def test_history_is_counted_in_parts(self):
        """However much there is: a statement has its limit of time."""
        last = get_country_today() - timedelta(days=1)
        for days in (9, 6, 3):
            student = self.make_student(f"98{days}", self.university)
            self.play(30, student=student, start=datetime.now() - timedelta(days=days))
        first = last - timedelta(days=9)
        self.assertEqual(self.Day._get_parts(first, last), [(first, last)])
        self.fill(first, last)
        whole = self.read_days(first)
        self.assertTrue(whole)
        self.env.cr.execute("DELETE FROM sajad_stat_day")
        self.env.cr.execute("DELETE FROM sajad_stat_country")
        parts = []

        def commit(_self, _count, *, remaining):
            parts.append(remaining)
            # the time of the job is over after the second part
            return len(parts) != 2

        self.startPatcher(patch.object(day_parts, "ROWS", 4))
        self.startPatcher(
            patch.object(self.Day.__class__, "_get_open_days", lambda _self: opened)
        )
        self.startPatcher(
            patch.object(self.registry["ir.cron"], "_commit_progress", commit)
        )
        opened = (first, last)
        self.assertFalse(self.Day._fill_open())
        self.assertEqual(len(parts), 2)
        self.assertTrue(parts[0] > parts[1] > 0, parts)
        # the next run begins after what is counted
        opened = (last - timedelta(days=parts[1] - 1), last)
        self.assertTrue(self.Day._fill_open())
        self.assertGreater(len(parts), 3)
        self.assertEqual(parts[-1], 0)
        self.assertEqual(self.read_days(first), whole)

    def read_days(self, first):
        """Return what is counted since a day, of days and of the country."""
        self.env.invalidate_all()
        found = []
        for name in ("sajad.stat.day", "sajad.stat.country"):
            model = self.env[name]
            names = [
                name
                for name, field in model._fields.items()
                if field.store and name != "id"
            ]
            rows = model.search([("day", ">=", first)]).read(names, load=None)
            for row in rows:
                del row["id"]
            found.append(sorted(map(repr, rows)))
        return found

    def test_nightly_job_goes_on_where_it_stopped(self):
        self.env.cr.execute("DELETE FROM sajad_stat_day")
        self.env.cr.execute("DELETE FROM sajad_stat_country")
        self.play(50, start=datetime.now() - timedelta(days=4))
        self.Day._backfill()
        last = get_country_today() - timedelta(days=1)
        self.assertEqual(self.Day._get_open_days(), (last, last))
        self.assertEqual(max(self.get_days("b")), last)
        pace = self.env["sajad.stat.pace"].search(
            [("stage_id.process_id", "=", self.process.id)]
        )
        self.assertEqual(pace.mapped("decided"), [1, 1])
        self.assertEqual(len(pace.cartable_id), 1)

    def test_old_days_without_anything_are_forgotten(self):
        self.play()
        old = get_country_today() - timedelta(days=900)
        self.env.cr.execute("DELETE FROM sajad_stat_day")
        for number in range(62):
            self.env.cr.execute(
                "INSERT INTO sajad_stat_day (day, process_id, stage_id, university_id,"
                " came_in, decided, passed, returned, waiting) VALUES (%s, %s, %s, %s,"
                " %s, 0, 0, 0, 1)",
                [
                    old + timedelta(days=number),
                    self.process.id,
                    self.process.stage_ids[0].id,
                    self.university.id,
                    int(number == 10),
                ],
            )
        self.Day._compact()
        kept = self.Day.search([("process_id", "=", self.process.id)])
        # the day on which something came in, and the last days of two months
        self.assertIn(len(kept), (2, 3))
        self.assertIn(old + timedelta(days=10), kept.mapped("day"))

    def test_part_of_a_country(self):
        """A statement counts a week at most of 50,000 that lie and 10,000 that move."""
        days = [START.date() + timedelta(days=number) for number in range(90)]
        rows = dict.fromkeys(days, 60_000)
        parts = list(day_parts.split_days(days[0], days[-1], rows))
        self.assertLessEqual(max(end - start for start, end in parts).days, 6)
        self.assertEqual((parts[0][0], parts[-1][1]), (days[0], days[-1]))


@tagged("post_install", "-at_install")
class TestReports(StatCommon):
    """The reports on open work and on requests that ended (row B12)."""

    def test_open_work(self):
        with freeze_time(START + timedelta(hours=48)):
            self.play()
            self.play(24, student=self.make_student("98", self.university), start=START)
            Open = self.env["sajad.report.open"].with_user(self.user_reporting)
            groups = Open._read_group(
                [("process_id", "=", self.process.id)],
                ["stage_id"],
                ["__count", "age_p50:avg", "age_days:max"],
            )
            found = {s.code: (count, p50, oldest) for s, count, p50, oldest in groups}
        self.assertEqual(found, {"a": (1, 2.0, 2.0), "b": (1, 1.0, 1.0)})

    def test_open_work_is_opened_by_members_only(self):
        request = self.play()
        task = self.task(request, "a")
        row = self.env["sajad.report.open"].browse(task.id)
        action = row.with_user(self.user_officer).action_open_task()
        self.assertEqual(action["res_id"], task.id)

    def test_decided_requests(self):
        self.play(24, 24)
        self.play(24, 72, student=self.make_student("98", self.university))
        Request = self.env["sajad.report.request"].with_user(self.user_reporting)
        [(state, count, p50, longest)] = Request._read_group(
            [("process_id", "=", self.process.id)],
            ["state"],
            ["__count", "duration_p50:avg", "duration_days:max"],
        )
        self.assertEqual((state, count, p50, longest), ("done", 2, 3.0, 4.0))

    def test_office_card(self):
        now = datetime.now()
        for number, hours in enumerate((2, 3, 20)):
            student = self.make_student(f"97{number}", self.university)
            self.play(hours, student=student, start=now - timedelta(days=5))
        self.play(start=now - timedelta(days=3))
        self.Day._backfill()
        office = self.env["sajad.bottleneck"].with_user(self.user_reporting)
        office = office.search(
            [("process_id", "=", self.process.id), ("stage_id.code", "=", "a")]
        )
        self.assertEqual(len(office), 1)
        self.assertEqual((office.waiting, office.late, office.decided), (1, 0, 3))
        self.assertEqual(office.oldest_days, 3)
        self.assertTrue(2 <= office.wait_p50 <= 4)
        self.assertIn('"value": 1', office.trend)
        # the same card has the same id whatever else is there
        again = office.search([("id", "=", office.id)])
        self.assertEqual(again.stage_id, office.stage_id)
        action = office.action_open_work()
        self.assertEqual(action["res_model"], "sajad.report.open")
        action = office.with_user(self.user_officer).action_open_work()
        self.assertEqual(action["res_model"], "sajad.task")
        found = self.env["sajad.task"].with_user(self.user_officer)
        self.assertEqual(found.search_count(action["domain"]), 1)

    def test_work_of_nobody_waits_since_it_came(self):
        """Three days in front of an empty office are three days on every screen."""
        with freeze_time(datetime.now() - timedelta(days=3)):
            request = self.make_request(self.process, self.other_student)
        task = request.task_ids.filtered(lambda task: task.state == "suspended")
        self.assertEqual(task.waiting_days, 3)
        Office = self.env["sajad.bottleneck"].with_user(self.user_other_reporting)
        office = Office.search([("process_id", "=", self.process.id)])
        self.assertEqual((office.suspended, office.oldest_days), (1, 3))
        Open = self.env["sajad.report.open"].with_user(self.user_other_reporting)
        row = Open.search([("process_id", "=", self.process.id)])
        self.assertAlmostEqual(row.age_days, 3, 1)
        # the wait that somebody ends begins anew at the office
        self.make_cartables(self.process, self.other_university, self.user_stranger)
        self.assertEqual(task.waiting_days, 0)

    def test_work_of_nobody_that_is_cancelled_waited_in_no_office(self):
        with freeze_time(START):
            request = self.make_request(self.process, self.other_student)
        with freeze_time(START + timedelta(days=2)):
            self.engine._cancel(request)
        self.fill(date(2026, 9, 5), date(2026, 9, 8))
        days = self.get_days().values()
        self.assertEqual([day.suspended for day in days], [1, 1])
        self.assertFalse(sum(day.waiting for day in days))

    def test_work_of_nobody_is_a_card(self):
        self.make_request(self.process, self.other_student)
        office = self.env["sajad.bottleneck"].with_user(self.user_other_reporting)
        office = office.search([("process_id", "=", self.process.id)])
        self.assertEqual((office.suspended, office.waiting), (1, 0))
        self.assertTrue(office.trend)
        self.assertEqual(
            office.with_user(self.user_auditor).action_open_work()["res_model"],
            "sajad.task",
        )
        action = office.action_open_work()
        rows = self.env[action["res_model"]].with_user(self.user_other_reporting)
        self.assertEqual(rows.search_count(action["domain"]), 1)

    def test_cards_cost_the_same(self):
        """Queries do not depend on how many offices there are."""
        processes = self.process
        for number in range(6):
            process = self.make_process(f"many{number}", {"x": {}, "y": {}})
            self.make_cartables(process, self.university, self.user_officer)
            processes |= process
        Office = self.env["sajad.bottleneck"].with_user(self.user_officer)
        names = ["display_name", "waiting", "wait_p50", "trend", "oldest_days"]

        def read(domain):
            self.env.invalidate_all()
            Office.search_fetch(domain, ["waiting"], limit=80).read(names)
            start = self.env.cr.sql_log_count
            self.env.invalidate_all()
            rows = Office.search_fetch(domain, ["waiting"], limit=80).read(names)
            return len(rows), self.env.cr.sql_log_count - start

        few, queries = read([("process_id", "=", self.process.id)])
        many, more = read([("process_id", "in", processes.ids)])
        self.assertLess(few, many)
        self.assertLessEqual(more, queries)
