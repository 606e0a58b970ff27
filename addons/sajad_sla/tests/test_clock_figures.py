from unittest.mock import patch

from odoo.tests import tagged

from ..engine import risk
from ..models.clock.sajad_sla_risk import PLACE
from .clock_common import ClockCommon


@tagged("post_install", "-at_install")
class TestClockFigures(ClockCommon):
    """Figures are of all clocks, late and open ones among them (row D4)."""

    def setUp(self):
        super().setUp()
        self.startPatcher(
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        )
        self.go(0, 8)
        self.requests = self.env["sajad.request"]
        for _number in range(5):
            self.requests |= self.make_request(self.process)

    def figures(self):
        self.env["sajad.sla.day"]._cron_fill()
        found = self.process._get_sla_figures("2026-11-20", "2026-12-20")
        return {line["metric"]: line for line in found}

    def test_open_late_clocks_are_in_the_denominator(self):
        for hour, request in zip((9, 10, 11), self.requests, strict=False):
            self.go(0, hour)
            self.say(request, self.user_officer)
        # the fourth is answered too late, the fifth never
        self.go(0, 14)
        self.say(self.requests[3], self.user_officer)
        self.go(2, 8)
        self.env["sajad.sla.alarm"]._cron_tell()
        line = self.figures()["first_answer"]
        self.assertEqual((line["count"], line["open_breached"]), (5, 1))
        self.assertEqual(line["met_percent"], 60)
        # one, two, three and six hours
        self.assertEqual((line["mean_hours"], line["median_hours"]), (3, 2.5))
        self.assertAlmostEqual(line["p90_hours"], 5.1)

    def test_counting_again_changes_nothing(self):
        self.go(0, 9)
        self.say(self.requests[0], self.user_officer)
        self.go(3, 8)
        self.env["sajad.sla.alarm"]._cron_tell()
        self.assertEqual(self.figures(), self.figures())

    def test_what_was_late_and_open_counts_once(self):
        self.go(2, 8)
        self.env["sajad.sla.alarm"]._cron_tell()
        line = self.figures()["first_answer"]
        self.assertEqual(line["open_breached"], 5)
        # nobody was answered: that is not an answer after no time
        self.assertIsNone(line["mean_hours"])
        self.say(self.requests[0], self.user_officer)
        self.go(3, 8)
        line = self.figures()["first_answer"]
        self.assertEqual((line["count"], line["open_breached"]), (5, 4))

    def test_who_gave_up_is_not_counted(self):
        self.go(0, 9)
        self.requests[0].with_user(self.user_student)._portal_cancel()
        self.go(2, 8)
        self.assertFalse(self.figures().get("solution"))

    def test_groups_of_days_are_no_means_of_means(self):
        self.go(0, 9)
        self.say(self.requests[0], self.user_officer)
        self.go(1, 9)
        self.say(self.requests[1], self.user_officer)
        self.say(self.requests[2], self.user_officer)
        self.go(2, 8)
        self.env["sajad.sla.day"]._cron_fill()
        [(percent, median)] = self.env["sajad.sla.day"]._read_group(
            [("process_id", "=", self.process.id), ("is_open", "=", False)],
            [],
            ["met_percent:avg", "used_p50:avg"],
        )
        self.assertAlmostEqual(percent, 100 / 3)
        self.assertEqual(median, 9)

    def test_figures_are_read_once(self):
        """A page that everybody opens counts no medians anew, until the next night."""
        period = ("2026-11-20", "2026-12-20")
        self.go(2, 8)
        self.figures()
        first = self.process._get_sla_figures(*period)
        with self.assertQueryCount(0):
            self.assertEqual(self.process._get_sla_figures(*period), first)
        self.say(self.requests[0], self.user_officer)
        self.go(3, 8)
        self.figures()
        self.assertNotEqual(self.process._get_sla_figures(*period), first)

    def test_nothing_is_no_figure(self):
        other = self.make_process("nothing", {"a": {}})
        self.assertEqual(other._get_sla_figures("2026-11-20", "2026-12-20"), [])

    # ------------------------------------------------------------
    # WARNINGS
    # ------------------------------------------------------------

    def test_risk_by_how_long_others_took(self):
        past = [3600 * hours for hours in (1, 1, 1, 2, 5, 6, 6, 7, 7)]
        self.assertFalse(risk.is_at_risk(past, 0, 6 * 3600))
        # whatever has used two hours will take six
        self.assertTrue(risk.is_at_risk(past, 2 * 3600, 5 * 3600))
        self.assertFalse(risk.is_at_risk(past, 2 * 3600, 7 * 3600))
        # a queue of twice the length
        self.assertTrue(risk.is_at_risk(past, 2 * 3600, 7 * 3600, 2.0))
        # too few to say anything
        self.assertFalse(risk.is_at_risk(past[:3], 0, 1))

    def test_warnings_are_tried_on_what_is_over(self):
        clocks = []
        for number in range(40):
            used = 8000 if number % 2 else 1000
            clocks.append(risk.Past(number * 10000, number * 10000 + used, used, 3600))
        trial = risk.try_out(clocks)
        # what has used half of its time has always become late
        self.assertEqual(trial.precision, 1)
        self.assertGreater(trial.recall, 0.5)
        self.assertEqual(trial.late, trial.count)

    def test_clocks_are_marked(self):
        for hour, request in zip((13, 13, 14, 14, 15), self.requests, strict=True):
            self.go(0, hour)
            self.say(request, self.user_officer)
        self.go(1, 8)
        request = self.make_request(self.process)
        list(self.env["sajad.sla.risk"]._forecast())
        self.assertTrue(self.clock(request, "first_answer").is_at_risk)
        self.assertEqual(request.sla_state, "risk")
        self.say(request, self.user_officer)
        self.assertFalse(self.clock(request, "first_answer").is_at_risk)
        self.env.invalidate_all()
        self.assertEqual(request.sla_state, "running")
        self.env["sajad.sla.risk"]._cron_try()

    def test_marking_goes_on_where_it_was_cut_off(self):
        """The marks of a service stay, and the next run begins behind it."""
        Place, Risk = self.env["sajad.job.place"], self.env["sajad.sla.risk"]
        for hour, request in zip((13, 13, 14, 14, 15), self.requests, strict=True):
            self.go(0, hour)
            self.say(request, self.user_officer)
        self.go(1, 8)
        clock = self.clock(self.make_request(self.process), "first_answer")
        Cron = self.registry["ir.cron"]
        # behind the services of others
        Place._set(PLACE, self.process.id - 1)
        with patch.object(Cron, "_commit_progress", return_value=0):
            Risk._cron_forecast()
            self.assertTrue(clock.is_at_risk)
            self.assertEqual(Place._get(PLACE), self.process.id)
            clock.sudo().is_at_risk = False
            Risk._cron_forecast()
        self.assertFalse(clock.is_at_risk)
        self.assertFalse(Place._get(PLACE))

    # ------------------------------------------------------------
    # PAPER
    # ------------------------------------------------------------

    def test_report_for_the_reporting_officer(self):
        reporter = self.make_user("t_reporter", "sajad_base.group_sajad_reporting")
        self.university.reporting_ids = reporter
        self.go(0, 9)
        self.say(self.requests[0], self.user_officer)
        self.go(2, 8)
        self.figures()
        Print = self.env["sajad.sla.print"].with_user(reporter)
        dialog = Print.create({"date_from": "2026-11-20", "date_to": "2026-12-20"})
        (service,) = [
            s for s in dialog._get_report() if s["process"].id == self.process.id
        ]
        self.assertEqual(service["lines"][0]["met_percent"], 100)
        self.assertIn(self.university, dialog.university_ids)
        Report = self.env["ir.actions.report"].with_user(reporter)
        html, _kind = Report._render_qweb_html("sajad_sla.sajad_sla_sheet", dialog.ids)
        self.assertIn(self.process.name, html.decode())
        # the head says whose paper it is, also when nothing was chosen
        self.assertIn(f">{self.university.name}<", html.decode())
        self.assertEqual(dialog.with_user(reporter)._get_place(), self.university)
        (self.university | self.other_university).reporting_ids = reporter
        self.env.invalidate_all()
        self.assertEqual(dialog._get_place(), self.organization)
        dialog.university_id = self.other_university
        self.assertEqual(dialog._get_place(), self.other_university)

    def test_lines_of_all_priorities_in_persian(self):
        """Four limits of a version are one line, in the language of who reads it."""
        self.env["res.lang"]._activate_lang("fa_IR")
        persian = self.env(context={"lang": "fa_IR"})
        rows = [(str(priority), 4, "hours") for priority in range(4)]
        text = persian["sajad.sla.line"]._tell(rows)
        # none before the last one, which has its "and"
        self.assertEqual((text.count("،"), text.count(":")), (2, 4))
        steps = [(3600 * hours, "head", False) for hours in range(3)]
        self.assertEqual(persian["sajad.sla.step"]._tell(steps).count(":"), 3)
