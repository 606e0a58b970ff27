from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_base.tools.durations import format_hours
from odoo.addons.sajad_jalali.tools import jalali

STOCKS = ("waiting", "late", "with_student", "suspended")


class SajadStatPrint(models.TransientModel):
    """The printed report of a university over a period (row B12)."""

    _name = "sajad.stat.print"
    _description = "Print the Report of a University"

    university_id = fields.Many2one(
        "sajad.university", required=True, default=lambda self: self._default_place()
    )
    university_ids = fields.Many2many(
        "sajad.university", compute="_compute_university_ids", string="Choice"
    )
    process_id = fields.Many2one("sajad.process", help="Empty: all processes.")
    faculty_id = fields.Many2one(
        "sajad.faculty",
        domain="[('university_id', '=', university_id)]",
        help="Empty: all faculties.",
    )
    period = fields.Selection(
        [
            ("this_month", "This Month"),
            ("last_month", "Last Month"),
            ("this_term", "This Term"),
            ("last_term", "Last Term"),
            ("this_year", "This Year"),
            ("custom", "From – To"),
        ],
        required=True,
        default="last_month",
        help="Months, terms and years of the Jalali calendar.",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_to = fields.Date(
        string="To",
        required=True,
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.model
    def _default_place(self):
        return self._get_universities()[:1]

    @api.model
    def _get_universities(self):
        """Return the universities whose numbers the user may read."""
        University = self.env["sajad.university"]
        if self.env.user.has_group("sajad_base.group_sajad_auditor"):
            return University.search([("is_organization", "=", False)])
        return University.search([("reporting_ids", "in", self.env.uid)])

    @api.depends_context("uid")
    def _compute_university_ids(self):
        self.university_ids = self._get_universities()

    @api.depends("period")
    def _compute_dates(self):
        today = get_country_today()
        for report in self:
            if report.period != "custom":
                report.date_from, report.date_to = report._get_period(today)
            else:
                report.date_from = report.date_from or today
                report.date_to = report.date_to or today

    def _get_period(self, today):
        """Return the first and the last day of the chosen Jalali period."""
        if self.period == "this_year":
            start = jalali.period_start(today, "year")
            return start, jalali.period_start(today, "year", 1) - timedelta(days=1)
        if self.period.endswith("month"):
            shift = -1 if self.period == "last_month" else 0
            start = jalali.period_start(today, "month", shift)
            return start, jalali.period_start(start, "month", 1) - timedelta(days=1)
        start, end = self._get_term(today)
        if self.period == "last_term":
            start, end = self._get_term(start - timedelta(days=1))
        return start, end

    @api.model
    def _get_term(self, day):
        """Return the first and the last day of the term.

        One begins with Mehr, the other with Bahman; the summer is part of the latter,
        so that no day is left out.
        """
        year, month, _day = jalali.from_gregorian(day)
        if month >= 11:
            first, last = (year, 11), (year + 1, 7)
        elif month >= 7:
            first, last = (year, 7), (year, 11)
        else:
            first, last = (year - 1, 11), (year, 7)
        start = jalali.to_gregorian(*first, 1)
        return start, jalali.to_gregorian(*last, 1) - timedelta(days=1)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for report in self:
            if report.date_from > report.date_to:
                raise ValidationError(self.env._("The period ends before it begins."))

    @api.onchange("university_id")
    def _onchange_university_id(self):
        if self.faculty_id.university_id != self.university_id:
            self.faculty_id = False

    def action_print(self):
        """Print the report."""
        self.check_access("read")
        return self.env.ref("sajad_statistics.sajad_stat_report").report_action(self)

    # ------------------------------------------------------------
    # WHAT IS PRINTED
    # ------------------------------------------------------------

    def _get_common_domain(self):
        """Hook: what every number of the report is restricted to."""
        self.ensure_one()
        domain = Domain("university_id", "=", self.university_id.id)
        if self.process_id:
            domain &= Domain("process_id", "=", self.process_id.id)
        if self.faculty_id:
            domain &= Domain("faculty_id", "=", self.faculty_id.id)
        return domain

    def _get_filters(self):
        """Hook: [(label, value)] of what the report is restricted to."""
        self.ensure_one()
        return [
            (self.env._("Process"), self.process_id.name or self.env._("All")),
            (self.env._("Faculty"), self.faculty_id.name or self.env._("All")),
        ]

    def _get_report(self):
        """Return what is printed: lines by bottleneck, totals and ended requests.

        The numbers are those that the user may read.
        """
        self.ensure_one()
        Day = self.env["sajad.stat.day"]
        period = Domain("day", ">=", self.date_from) & Domain("day", "<=", self.date_to)
        domain = self._get_common_domain() & period
        names = ("came_in", "decided", "passed", "returned", "wait_p50", "wait_p90")
        measures = [f"{name}:{Day._fields[name].aggregator}" for name in names]
        flows = Day._read_group(domain, ["stage_id"], measures)
        last, stocks = self._get_stocks(domain)
        lines = [
            {
                "stage": stage,
                **dict(zip(names, values, strict=True)),
                **stocks.get(stage, dict.fromkeys(STOCKS, 0)),
            }
            for stage, *values in flows
        ]
        # the bottleneck first: where nine in ten wait longest
        lines.sort(key=lambda line: (-(line["wait_p90"] or 0), -line["waiting"]))
        slowest = max((line["wait_p90"] or 0 for line in lines), default=0)
        for line in lines:
            line["share"] = (line["wait_p90"] or 0) / slowest if slowest else 0
            line["median_share"] = (line["wait_p50"] or 0) / slowest if slowest else 0
            for name in ("wait_p50", "wait_p90"):
                line[f"{name}_text"] = self._format_hours(line[name])
        return {
            "lines": lines,
            "total": self._get_total(domain, names, measures, lines),
            "last_day": last,
            "requests": self._get_ended(),
        }

    def _format_hours(self, hours):
        if hours is None:
            return ""
        return format_hours(self.env, hours)

    def _get_stocks(self, domain):
        """Return the last counted day and {stage: what lay there at its end}."""
        Day = self.env["sajad.stat.day"]
        [(last,)] = Day._read_group(domain, [], ["day:max"])
        if not last:
            return last, {}
        groups = Day._read_group(
            domain & Domain("day", "=", last),
            ["stage_id"],
            [f"{name}:sum" for name in STOCKS],
        )
        return last, {
            stage: dict(zip(STOCKS, map(int, values), strict=True))
            for stage, *values in groups
        }

    def _get_total(self, domain, names, measures, lines):
        [values] = self.env["sajad.stat.day"]._read_group(domain, [], measures)
        total = dict(zip(names, values, strict=True))
        for name in STOCKS:
            total[name] = sum(line[name] for line in lines)
        for name in ("wait_p50", "wait_p90"):
            total[f"{name}_text"] = self._format_hours(total[name])
        return total

    def _get_ended(self):
        """Return {result: (how many, median days, 90th percentile)} of requests."""
        Day = self.env["sajad.stat.day"]
        Request = self.env["sajad.report.request"]
        after = self.date_to + timedelta(days=1)
        domain = (
            self._get_common_domain()
            & Domain("date_done", ">=", Day._get_day_start(self.date_from))
            & Domain("date_done", "<", Day._get_day_start(after))
        )
        labels = dict(Request._fields["state"]._description_selection(self.env))
        groups = Request._read_group(
            domain,
            ["state"],
            ["__count", "duration_p50:avg", "duration_p90:avg"],
        )
        return [(labels[state], *values) for state, *values in groups]
