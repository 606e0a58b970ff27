from datetime import date, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sajad_base.tools import percentiles
from odoo.addons.sajad_jalali.tools import jalali

from .sajad_stat_day import STOCKS

FLOWS = ("came_in", "decided", "passed", "returned", "wait_seconds")


class SajadStatCountry(models.Model):
    """Statistics of all places together, by days and by Jalali months (row B12).

    A country has a row of `sajad.stat.day` for each office that did anything or had
    anything lying: as many as its history. Whoever sees all of them, and asks for no
    place, is answered out of these, with the same figures. The months are those of the
    days here, the current one as far as it was counted. `sajad_stat_country_fill.py`
    fills them with the days.
    """

    _name = "sajad.stat.country"
    _description = "Statistics of the Country"
    _inherit = ["sajad.stat.mixin"]
    _order = "day desc, id"
    _rec_name = "stage_id"
    _log_access = False
    _medians = {"wait_p50": 0.5, "wait_p90": 0.9}

    day = fields.Date(required=True, readonly=True)
    whole_month = fields.Boolean(readonly=True)
    process_id = fields.Many2one(required=True)
    stage_id = fields.Many2one("sajad.stage", string="Office", readonly=True)
    number = fields.Integer(string="Number of Rows", readonly=True)
    came_in = fields.Integer(readonly=True)
    decided = fields.Integer(string="Decided by People", readonly=True)
    passed = fields.Integer(string="Passed by Itself", readonly=True)
    returned = fields.Integer(readonly=True)
    waiting = fields.Float(aggregator="avg", readonly=True)
    late = fields.Float(aggregator="avg", readonly=True)
    with_student = fields.Float(
        string="With the Student", aggregator="avg", readonly=True
    )
    suspended = fields.Float(aggregator="avg", readonly=True)
    wait_seconds = fields.Float(string="Waited (Seconds)", readonly=True)
    wait_p50 = fields.Float(
        string="Median Wait (Hours)", aggregator="avg", readonly=True
    )
    wait_p90 = fields.Float(
        string="90th Percentile (Hours)", aggregator="avg", readonly=True
    )

    _day_idx = models.Index("(whole_month, day)")

    def init(self):
        # what the ORM has no fields for: the seconds of each decision, in their order,
        # not packed, for single ones of them are read, and the days with anything
        self.env.cr.execute(
            "ALTER TABLE sajad_stat_country ADD COLUMN IF NOT EXISTS waits int[],"
            " ADD COLUMN IF NOT EXISTS days date[],"
            " ALTER COLUMN waits SET STORAGE EXTERNAL"
        )

    # ------------------------------------------------------------
    # WHAT IT ANSWERS
    # ------------------------------------------------------------

    @api.model
    def _get_answering(self, domain, groupby, aggregates):
        """Return the domain of the rows that answer for days of offices, or None.

        They answer who may read them, that is everything, when only the day, the
        process, the stage and further headings without a place are asked for.
        """
        if not self.has_access("read"):
            return None
        domain = Domain(domain)
        asked = [condition.field_expr for condition in domain.iter_conditions()]
        names = {
            path.partition(":")[0].partition(".")[0] for path in (*asked, *groupby)
        }
        if not names <= {"day", "process_id", "stage_id", *self._get_dimensions()}:
            return None
        if not self._get_measures().issuperset(aggregates):
            return None
        whole = self._is_of_months(domain, groupby)
        return domain & Domain("whole_month", "=", whole)

    @api.model
    def _get_measures(self):
        """Return what a sum of rows tells: no least, no greatest, no mean of rows."""
        fields = (self._fields[name] for name in (*FLOWS, *STOCKS, *self._medians))
        return {"__count"} | {f"{field.name}:{field.aggregator}" for field in fields}

    @api.model
    def _is_of_months(self, domain, groupby):
        """Tell whether periods and groups consist of whole Jalali months."""
        grouped = {spec.partition(":")[2] for spec in groupby if "day" in spec[:3]}
        if grouped and not self.env.context.get("jalali_groups"):
            return False
        return grouped <= set(jalali.PERIODS) and all(
            self._is_month_border(condition.operator, condition.value)
            for condition in domain.iter_conditions()
            if condition.field_expr == "day"
        )

    @api.model
    def _is_month_border(self, operator, value):
        """Tell whether a comparison of days never cuts a month."""
        if operator not in (">=", "<", ">", "<="):
            return False
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            # a day that counts from today
            return False
        if operator in (">", "<="):
            day += timedelta(days=1)
        return day == jalali.period_start(day, "month")

    def _measure_sql(self, aggregate_spec, query):
        if aggregate_spec == "__count":
            # as many as there are days of offices
            return SQL("SUM(%s)", SQL.identifier(self._table, "number"))
        name, _colon, function = aggregate_spec.partition(":")
        if name in STOCKS and function == "avg":
            return SQL(
                "SUM(%s) / NULLIF((SELECT COUNT(DISTINCT one) FROM"
                " unnest(array_agg(ROW(%s))) AS part(days date[]),"
                " unnest(part.days) AS one), 0)",
                self._field_to_sql(self._table, name, query),
                SQL.identifier(self._table, "days"),
            )
        return super()._measure_sql(aggregate_spec, query)

    def _median_sql(self, name, share, query):
        waits = SQL.identifier(self._table, "waits")
        return percentiles.percentile_of_ordered_sql(waits, share)
