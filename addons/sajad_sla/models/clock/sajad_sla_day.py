from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sajad_base.tools import percentiles
from odoo.addons.sajad_base.tools.clock import COUNTRY_TZ, get_country_today
from odoo.addons.sajad_base.tools.day_parts import split_days

from .sajad_sla_policy import METRICS

# {measure: share of the clocks that used less}
QUANTILES = {"used_p50": 0.5, "used_p90": 0.9}

# Clocks that ended on a day; and those that are late and open, on the day of their
# promise, so that nobody looks good by not answering at all.
FACTS = """
SELECT (date_stop AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS day, process_id,
       university_id, metric, (state = 'met')::int AS met,
       (state = 'missed')::int AS missed, 0 AS open_late, used
  FROM sajad_sla_clock
 WHERE date_stop >= %(start)s AND date_stop < %(end)s AND state IN ('met', 'missed')
 UNION ALL
SELECT (date_deadline AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date, process_id,
       university_id, metric, 0, 0, 1, NULL
  FROM sajad_sla_clock
 WHERE state IN ('running', 'paused') AND is_late
"""
ENDED = """
SELECT (date_stop AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date, count(*)
  FROM sajad_sla_clock WHERE date_stop >= %(start)s AND date_stop < %(end)s GROUP BY 1
"""
INSERT = """
INSERT INTO sajad_sla_day (
       day, process_id, university_id, metric, is_open, met, missed, open_late,
       used_seconds, met_percent, used_mean, used_p50, used_p90, used)
SELECT day, process_id, university_id, metric, open_late > 0,
       sum(met), sum(missed), sum(open_late), COALESCE(sum(used), 0),
       100.0 * sum(met) / count(*), avg(used) / 3600,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY used) / 3600,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY used) / 3600, %(used)s
  FROM (%(facts)s) fact
 GROUP BY day, process_id, university_id, metric, open_late > 0
RETURNING id
"""


class SajadSlaDay(models.Model):
    """How promises were kept on one day, for reports (row D4).

    Filled every night, nobody writes it. Times are working times; what is late and
    still open counts as not kept.
    """

    _name = "sajad.sla.day"
    _description = "Kept Promises of a Day"
    _order = "day desc, id"
    _rec_name = "process_id"
    _log_access = False

    day = fields.Date(required=True, readonly=True)
    process_id = fields.Many2one("sajad.process", string="Service", readonly=True)
    university_id = fields.Many2one("sajad.university", readonly=True)
    metric = fields.Selection(METRICS, string="What Is Promised", readonly=True)
    is_open = fields.Boolean(readonly=True)
    met = fields.Integer(string="Met in Time", readonly=True)
    missed = fields.Integer(string="Not in Time", readonly=True)
    open_late = fields.Integer(
        string="Late and Open",
        readonly=True,
        help="On the day of their promise, as long as they are open.",
    )
    met_percent = fields.Float(
        string="Percent Met",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Of all that was promised, also of what is late and still open.",
    )
    used_seconds = fields.Float(string="Used (Seconds)", readonly=True)
    used_mean = fields.Float(
        string="Mean (Hours)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Working time of what was answered or done.",
    )
    used_p50 = fields.Float(
        string="Median (Hours)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Half took less. Of all clocks of a group, never a mean of medians.",
    )
    used_p90 = fields.Float(
        string="90th Percentile (Hours)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Nine in ten took less.",
    )

    _process_idx = models.Index("(process_id, day)")
    _day_idx = models.Index("(day, university_id)")
    _open_idx = models.Index("(id) WHERE is_open")

    def init(self):
        # the seconds of each clock: an array, which the ORM has no field for
        self.env.cr.execute(
            "ALTER TABLE sajad_sla_day ADD COLUMN IF NOT EXISTS used int[]"
        )

    def _read_group_select(self, aggregate_spec, query):
        expression = super()._read_group_select(aggregate_spec, query)
        name, _colon, function = aggregate_spec.partition(":")
        if function == "avg" and name in self._get_own_measures():
            # what super returned was checked for access; a mean would lie
            return self._get_measure_sql(name)
        return expression

    @api.model
    def _get_own_measures(self):
        return {"met_percent", "used_mean", *QUANTILES}

    @api.model
    def _get_measure_sql(self, name):
        """Return the SQL of a measure of many days, of all their clocks."""
        if name in QUANTILES:
            used = SQL.identifier(self._table, "used")
            return percentiles.percentile_sql(used, QUANTILES[name])
        ended = SQL("SUM(met + missed)")
        if name == "used_mean":
            return SQL("SUM(used_seconds) / 3600 / NULLIF(%s, 0)", ended)
        return SQL("100.0 * SUM(met) / NULLIF(SUM(met + missed + open_late), 0)")

    # ------------------------------------------------------------
    # EVERY NIGHT
    # ------------------------------------------------------------

    @api.model
    def _cron_fill(self):
        """Count the days since the last run, until yesterday.

        The last days that were counted are counted again: a decision may have been
        undone, and filling is idempotent. The first run makes up for all history.
        """
        first, last = self._get_open_days()
        for start, end in split_days(first, last, self._count_ended(first, last)):
            self._fill(start, end)
            remaining = (last - end).days
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                return

    @api.model
    def _count_ended(self, first, last):
        """Return {day: how many clocks ended on it}."""
        self.env.flush_all()
        query = SQL(
            ENDED,
            tz=COUNTRY_TZ,
            start=self._get_day_start(first),
            end=self._get_day_start(last + timedelta(days=1)),
        )
        return dict(self.env.execute_query(query))

    @api.model
    def _get_open_days(self):
        """Return the first and the last day to be counted."""
        last = get_country_today() - timedelta(days=1)
        queries = (
            SQL("SELECT max(day) - 1 FROM sajad_sla_day WHERE NOT is_open"),
            SQL("SELECT min(date_start)::date FROM sajad_sla_clock"),
        )
        for query in queries:
            if first := self.env.execute_query(query)[0][0]:
                return first, last
        return last, last

    @api.model
    def _fill(self, first, last):
        """Count the days from `first` to `last` anew, in two statements."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "DELETE FROM sajad_sla_day WHERE day BETWEEN %s AND %s OR is_open "
                "RETURNING id",
                first,
                last,
            )
        )
        start, end = (
            self._get_day_start(first),
            self._get_day_start(last + timedelta(days=1)),
        )
        facts = SQL(FACTS, tz=COUNTRY_TZ, start=start, end=end)
        used = percentiles.waits_sql(SQL("used"))
        self.env.execute_query(SQL(INSERT, facts=facts, used=used))
        self.invalidate_model(flush=False)
        # what services read of these days is kept
        self.env.registry.clear_cache()

    @api.model
    def _get_day_start(self, day):
        """Return when a day begins in the country, naive UTC."""
        query = SQL(
            "SELECT %s::timestamp AT TIME ZONE %s AT TIME ZONE 'UTC'", day, COUNTRY_TZ
        )
        return self.env.execute_query(query)[0][0]
