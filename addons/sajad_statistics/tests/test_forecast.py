from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from odoo.addons.sajad_base.tests.common import SajadCommon

from ..models.sajad_stat_pace import PARTS

# a Saturday, nine o'clock in Tehran
NOW = datetime(2026, 9, 5, 5, 30)
HOUR = timedelta(hours=1)


class ForecastCommon(SajadCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sajad.stat.pace"].flush_model()
        cls.env.cr.execute("DELETE FROM sajad_stat_pace")
        cls.env.cr.execute("DELETE FROM sajad_forecast")

    @classmethod
    def set_pace(cls, process, code, hours, number=20, cartable=None):
        """Let an office always take so many hours, or as often each of several."""
        hours = hours if isinstance(hours, list) else [hours]
        stage = process.stage_ids.filtered(lambda s: s.code == code)
        cls.env.execute_query(
            SQL(
                "INSERT INTO sajad_stat_pace"
                " (stage_id, cartable_id, decided, seconds)"
                " VALUES (%s, %s, %s, %s) RETURNING id",
                stage.id,
                cartable and cartable.id or None,
                number,
                [hours[i * len(hours) // PARTS] * 3600.0 for i in range(PARTS)],
            )
        )

    def make(self, code, spec, paces=None, cartables=True, **values):
        """Return a request of a new flow whose offices have paces everywhere."""
        process = self.make_process(code, spec)
        if cartables:
            self.make_cartables(process, self.university, self.user_officer)
        for stage, hours in (paces or {}).items():
            self.set_pace(process, stage, hours)
        with freeze_time(NOW):
            return self.make_request(process, **values)

    def forecast(self, request, after=0):
        with freeze_time(NOW + after * HOUR):
            self.env.invalidate_all()
            return request._get_forecast()[request]

    def assertRange(self, forecast, low, high):
        """The whole range lies between so many hours from now."""
        self.assertEqual(forecast["kind"], "range")
        self.assertLessEqual(forecast["low"], forecast["middle"])
        self.assertLessEqual(forecast["middle"], forecast["high"])
        self.assertGreaterEqual(forecast["low"], NOW + low * HOUR)
        self.assertLessEqual(forecast["high"], NOW + high * HOUR)


@tagged("post_install", "-at_install")
class TestForecast(ForecastCommon):
    """When a request will be done, through every shape of a flow."""

    def test_one_after_the_other(self):
        request = self.make("seq", {"a": {}, "b": {"after": ["a"]}}, {"a": 10, "b": 30})
        # 8-12 hours and 24-36 hours
        forecast = self.forecast(request)
        self.assertRange(forecast, 32, 48)
        self.assertEqual([s["state"] for s in forecast["steps"]], ["ready", "waiting"])
        self.assertEqual({s["source"] for s in forecast["steps"]}, {"all"})
        self.assertTrue(8 <= forecast["steps"][0]["hours"] <= 12)
        self.assertTrue(forecast["steps"][0]["text"])

    def test_same_again(self):
        request = self.make("same", {"a": {}}, {"a": 10})
        self.assertEqual(self.forecast(request), self.forecast(request))

    def test_what_has_waited_counts(self):
        request = self.make("age", {"a": {}}, {"a": [10, 30, 40]})
        self.assertRange(self.forecast(request), 10, 40)
        # it was none of the fast ones
        self.assertRange(self.forecast(request, after=20), 30, 40)
        self.assertRange(self.forecast(request, after=35), 40, 40)
        # longer than ever: a usual wait from now, never a date that is past
        forecast = self.forecast(request, after=400)
        self.assertGreaterEqual(forecast["low"], NOW + 400 * HOUR)

    def test_parallel_offices_wait_for_the_slower(self):
        request = self.make(
            "par",
            {"a": {}, "b": {}, "c": {"after": ["a", "b"]}},
            {"a": 3, "b": 100, "c": 10},
        )
        self.assertRange(self.forecast(request), 96 + 8, 120 + 12)

    def test_any_join_waits_for_the_faster(self):
        request = self.make(
            "any",
            {
                "a": {},
                "b": {"mode": "information"},
                "c": {"after": ["a", "b"], "join": "any"},
            },
            {"a": 100, "c": 10},
        )
        # b is for information: c waits for neither; the end is that of a
        self.assertRange(self.forecast(request), 96, 120)

    def test_branch_that_is_not_taken(self):
        spec = {
            "a": {},
            "b": {"after": ["a"], "condition": "[('has_dormitory', '=', True)]"},
            "c": {"after": ["b"]},
        }
        request = self.make("bra", spec, {"a": 10, "b": 300, "c": 10})
        self.assertRange(self.forecast(request), 16, 24)
        names = [step["stage"] for step in self.forecast(request)["steps"]]
        self.assertEqual(names, ["Stage a", "Stage c"])
        self.student.has_dormitory = True
        self.assertRange(self.forecast(request), 16 + 240, 24 + 336)

    def test_done_steps_are_behind(self):
        request = self.make(
            "beh", {"a": {}, "b": {"after": ["a"]}}, {"a": 300, "b": 10}
        )
        with freeze_time(NOW):
            self.approve(request, "a")
        self.assertRange(self.forecast(request), 8, 12)

    def test_information_holds_nobody_up(self):
        request = self.make(
            "inf", {"a": {"mode": "information"}, "b": {"after": ["a"]}}, {"b": 10}
        )
        self.assertRange(self.forecast(request), 8, 12)

    def test_closed(self):
        request = self.make("end", {"a": {}}, {"a": 10})
        with freeze_time(NOW):
            self.approve(request, "a")
        self.assertEqual(self.forecast(request)["kind"], "closed")
        self.assertFalse(request._get_portal_forecast())

    def test_suspended(self):
        request = self.make("sus", {"a": {}}, {"a": 10}, cartables=False)
        forecast = self.forecast(request)
        self.assertEqual((forecast["kind"], forecast["high"]), ("suspended", False))

    def test_with_the_student(self):
        request = self.make("stu", {"a": {}}, {"a": 10})
        task = self.task(request, "a", self.user_officer)
        with freeze_time(NOW):
            task.env["sajad.engine"]._return_to_student(task, "Complete it")
        forecast = self.forecast(request, after=5)
        self.assertEqual(forecast["kind"], "student")
        self.assertGreaterEqual(forecast["low"], NOW + 13 * HOUR)

    def test_not_enough_data(self):
        request = self.make("few", {"a": {}, "b": {"after": ["a"]}}, {"a": 10})
        self.set_pace(request.process_id, "b", 10, number=4)
        forecast = self.forecast(request)
        self.assertEqual((forecast["kind"], forecast["low"]), ("unknown", False))
        self.assertEqual([s["source"] for s in forecast["steps"]], ["all", "none"])

    def test_own_office_before_all(self):
        request = self.make("own", {"a": {}}, {"a": 300})
        cartable = self.task(request, "a").cartable_id
        self.set_pace(request.process_id, "a", 10, number=4, cartable=cartable)
        self.assertEqual(self.forecast(request)["steps"][0]["source"], "all")
        self.env.cr.execute("DELETE FROM sajad_stat_pace WHERE cartable_id IS NOT NULL")
        self.set_pace(request.process_id, "a", 10, cartable=cartable)
        forecast = self.forecast(request)
        self.assertEqual(forecast["steps"][0]["source"], "office")
        self.assertRange(forecast, 8, 12)

    def make_calendar(self):
        """Saturday to Wednesday, eight to twelve in Tehran."""
        return self.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": "Asia/Tehran",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": f"Day {day}",
                            "dayofweek": day,
                            "hour_from": 8,
                            "hour_to": 12,
                            "day_period": "morning",
                        }
                    )
                    for day in "56012"
                ],
            }
        )

    def test_time_limit_and_working_days(self):
        self.university.calendar_id = self.make_calendar()
        request = self.make("lim", {"a": {"time_limit": 8}})
        forecast = self.forecast(request)
        self.assertEqual(forecast["steps"][0]["source"], "limit")
        # eight working hours from Saturday at nine: Monday at nine
        self.assertRange(forecast, 0, 48)
        for name in ("low", "middle", "high"):
            moment = forecast[name]
            self.assertIn(moment.weekday(), (5, 6, 0, 1, 2))
            self.assertTrue(4.5 <= moment.hour + moment.minute / 60 <= 8.5, moment)

    def test_never_on_a_weekend(self):
        self.university.calendar_id = self.make_calendar()
        # 120 to 168 hours: between Thursday morning and Saturday morning
        request = self.make("wee", {"a": {}}, {"a": 130})
        for name in ("low", "middle", "high"):
            self.assertEqual(self.forecast(request)[name].weekday(), 5)

    def test_many_at_once(self):
        """Three queries, for one request and for thirty."""
        request = self.make("man", {"a": {}, "b": {"after": ["a"]}}, {"a": 9, "b": 9})
        requests = request
        for number in range(29):
            student = self.make_student(f"95{number:02}", self.university)
            requests |= self.make_request(request.process_id, student)

        def count(records):
            records._get_forecast()
            self.env.invalidate_all()
            records.fetch(records._fields)
            records._get_portal_timeline() if len(records) == 1 else records.mapped(
                "current_task_ids.stage_id.name"
            )
            for record in records:
                record._get_portal_tasks().mapped("stage_id.name")
            # a page has read who looks at it
            self.env.user.company_id.partner_id.mapped("tz")
            start = self.env.cr.sql_log_count
            found = records._get_forecast()
            self.assertEqual({f["kind"] for f in found.values()}, {"range"})
            return self.env.cr.sql_log_count - start

        self.assertLessEqual(count(request), 3)
        self.assertLessEqual(count(requests), 4)


@tagged("post_install", "-at_install")
class TestForecastOutcome(ForecastCommon):
    """Forecasts are compared with what came, and corrected."""

    def store(self, request):
        with freeze_time(NOW):
            self.env["sajad.forecast"]._sample(days=9999)
        return self.env["sajad.forecast"].search([("request_id", "=", request.id)])

    def finish(self, request, hours):
        with freeze_time(NOW + hours * HOUR):
            self.approve(request, "a")
            self.env["sajad.forecast"]._settle()

    def test_inside(self):
        request = self.make("ins", {"a": {}}, {"a": 30})
        forecast = self.store(request)
        self.assertEqual(forecast.date_made, NOW)
        self.assertEqual(forecast.widening, 1)
        self.finish(request, 31)
        self.assertEqual(forecast.date_real, NOW + 31 * HOUR)
        middle = (forecast.date_middle - NOW) / HOUR
        self.assertAlmostEqual(forecast.error_days, abs(31 - middle) / 24, delta=0.06)
        self.assertEqual(forecast.inside, 100)

    def test_outside(self):
        request = self.make("out", {"a": {}}, {"a": 30})
        forecast = self.store(request)
        width = (forecast.date_high - forecast.date_middle) / HOUR
        middle = (forecast.date_middle - NOW) / HOUR
        self.finish(request, 300)
        self.assertEqual(forecast.inside, 0)
        self.assertAlmostEqual(forecast.miss, (300 - middle) / max(width, 6), places=1)

    def test_once_for_each_request(self):
        request = self.make("onc", {"a": {}}, {"a": 30})
        self.store(request)
        self.assertEqual(len(self.store(request)), 1)

    def test_refused_and_cancelled_prove_nothing(self):
        request = self.make("can", {"a": {}}, {"a": 30})
        self.assertTrue(self.store(request))
        self.engine._cancel(request)
        self.env["sajad.forecast"]._settle()
        self.assertFalse(
            self.env["sajad.forecast"].search([("request_id", "=", request.id)])
        )

    def test_ranges_get_wider(self):
        """Nineteen misses change nothing, twenty widen so that 80 % were inside."""
        request = self.make("wid", {"a": {}}, {"a": 30})
        process = request.process_id
        Forecast = self.env["sajad.forecast"]
        requests = request
        for number in range(19):
            student = self.make_student(f"94{number:02}", self.university)
            requests |= self.make_request(process, student)
        for number, record in enumerate(requests[:19]):
            Forecast.create(
                {
                    "request_id": record.id,
                    "process_id": process.id,
                    "university_id": self.university.id,
                    "date_real": NOW,
                    "error_days": number,
                    "inside": 100 if number < 8 else 0,
                    "miss": 0.5 if number < 8 else 3,
                }
            )
        self.assertEqual(Forecast._get_widenings(process), {})
        narrow = self.forecast(request)
        Forecast.create(
            {
                "request_id": requests[19].id,
                "process_id": process.id,
                "university_id": self.university.id,
                "date_real": NOW,
                "error_days": 19,
                "inside": 0,
                "miss": 3,
            }
        )
        self.assertEqual(Forecast._get_widenings(process), {process.id: 3})
        wide = self.forecast(request)
        self.assertEqual(wide["middle"], narrow["middle"])
        self.assertAlmostEqual(
            (wide["high"] - wide["middle"]) / HOUR,
            3 * (narrow["high"] - narrow["middle"]) / HOUR,
            places=2,
        )
        # and the office reads how good they were
        [(error, inside)] = Forecast._read_group(
            [("process_id", "=", process.id)], [], ["error_days:avg", "inside:avg"]
        )
        self.assertAlmostEqual(error, 9.5)
        self.assertAlmostEqual(inside, 40)


@tagged("post_install", "-at_install")
class TestForecastPortal(ForecastCommon, HttpCase):
    """The student reads when it will be done, or what stops it (row A9)."""

    def open_page(self, request):
        login = self.user_student.login
        self.authenticate(login, login)
        return self.url_open(f"/my/requests/{request.id}").text

    def make_now(self, code, paces, **values):
        process = self.make_process(code, {"a": {}, "b": {"after": ["a"]}})
        if values.pop("cartables", True):
            self.make_cartables(process, self.university, self.user_officer)
        for stage, hours in paces.items():
            self.set_pace(process, stage, hours)
        return self.make_request(process)

    def test_range(self):
        page = self.open_page(self.make_now("por", {"a": 10, "b": 30}))
        self.assertIn('id="sajad_request_forecast"', page)
        self.assertIn("o_sajad_forecast_low", page)
        self.assertEqual(page.count("o_sajad_forecast_step"), 2)

    def test_not_enough_data(self):
        page = self.open_page(self.make_now("pno", {"a": 10}))
        self.assertIn("o_sajad_forecast_unknown", page)
        self.assertNotIn("o_sajad_forecast_low", page)

    def test_counted_before_waiting_times_were_kept(self):
        """Until the next night nothing is foretold, and the page is there."""
        request = self.make_now("pol", {"a": 10, "b": 30})
        self.env.cr.execute("UPDATE sajad_stat_pace SET seconds = NULL")
        page = self.open_page(request)
        self.assertIn("o_sajad_forecast_unknown", page)

    def test_suspended(self):
        page = self.open_page(self.make_now("psu", {"a": 1, "b": 1}, cartables=False))
        self.assertIn("o_sajad_forecast_suspended", page)

    def test_waits_for_the_student(self):
        request = self.make_now("pst", {"a": 10, "b": 30})
        task = self.task(request, "a", self.user_officer)
        task.env["sajad.engine"]._return_to_student(task, "Complete it")
        page = self.open_page(request)
        self.assertIn("o_sajad_forecast_student", page)
        self.assertIn("o_sajad_forecast_low", page)

    def test_done(self):
        request = self.make_now("pdo", {"a": 10, "b": 30})
        self.approve(request, "a", "b")
        self.assertNotIn("sajad_request_forecast", self.open_page(request))
