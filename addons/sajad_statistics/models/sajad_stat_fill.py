from datetime import UTC, datetime, time, timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.sajad_base.engine.states import IN_CARTABLE
from odoo.addons.sajad_base.tools import percentiles
from odoo.addons.sajad_base.tools.clock import (
    COUNTRY_TZ,
    COUNTRY_ZONE,
    get_country_today,
)
from odoo.addons.sajad_base.tools.day_parts import add_lying, split_days
from odoo.addons.sajad_jalali.tools.jalali import trunc_sql

# Days with nothing but waiting work are kept for so long, then the last of each month.
KEEP_DAYS = 400

DECIDED = ("approved", "seen", "refused")
CAME = ("ready", "resumed")
RETURNED = ("returned", "sent_back")

# {day: how often work moved, and by how much more came in than went}
MOVES = """
SELECT %(day)s, count(*),
       sum((kind IN %(came)s)::int - (kind IN %(decided)s)::int)
  FROM sajad_event WHERE date >= %(start)s AND date < %(end)s GROUP BY 1
"""
HEADINGS = "task.process_id, task.stage_id, task.university_id, task.faculty_id%s"
# What came in and what was decided, out of history. A decision that was undone is none;
# the time in which the student had to come is not the office's.
FLOWS = """
SELECT %(headings)s, task.cartable_id, %(day)s AS day,
       (event.kind IN %(came)s)::int AS came_in,
       (event.kind IN %(decided)s AND event.waited IS NOT NULL)::int AS decided,
       (event.kind = 'passed')::int AS passed,
       (event.kind IN %(returned)s)::int AS returned,
       CASE WHEN event.kind IN %(decided)s THEN
            GREATEST(event.waited - COALESCE(
                extract(epoch FROM event.date - visit.date), 0), 0)
        END::float8 AS seconds,
       0 AS waiting, 0 AS late, 0 AS with_student, 0 AS suspended
  FROM sajad_event event
  JOIN sajad_task task ON task.id = event.task_id
  JOIN sajad_request request ON request.id = task.request_id
  LEFT JOIN LATERAL (
       SELECT max(date) AS date FROM sajad_event
        WHERE task.visit_required IS TRUE AND event.kind IN %(decided)s
          AND task_id = event.task_id AND id < event.id AND kind = 'visit'
          AND date >= event.date - event.waited * interval '1 second'
       ) visit ON TRUE
 WHERE event.date >= %(start)s AND event.date < %(end)s
   AND event.kind IN %(kinds)s
   AND NOT EXISTS (
       SELECT FROM sajad_event undone
        WHERE undone.task_id = event.task_id AND undone.kind = 'undone'
          AND undone.date >= %(start)s AND undone.id > event.id
          AND event.kind IN %(decided)s)
"""
# What lay in an office at the end of each day: from when it came until it was decided.
# PostgreSQL takes each series for a thousand days: all tables are joined before it.
STOCKS = """
SELECT %(headings)s, task.cartable_id, day::date, 0, 0, 0, 0, NULL::float8,
       (NOT away)::int,
       (NOT away AND COALESCE(task.date_due < %(midnight)s, FALSE))::int,
       away::int, 0
  FROM (
       SELECT open.*, NULL::timestamp AS until FROM sajad_task open
        WHERE state IN %(in_cartable)s AND date_ready < %(end)s
        UNION ALL
       SELECT done.*, date_done FROM sajad_task done
        WHERE state = 'done' AND date_ready < %(end)s AND date_done >= %(start)s
          AND id IN (SELECT task_id FROM sajad_event
                      WHERE date >= %(start)s AND kind IN %(decided)s)
        UNION ALL
       SELECT work.*, ended.date_done
         FROM (SELECT DISTINCT request_id FROM sajad_event
                WHERE date >= %(start)s AND kind IN ('cancelled', 'refused')) event
         JOIN sajad_request ended ON ended.id = event.request_id
         JOIN sajad_task work ON work.request_id = ended.id
        WHERE work.state = 'cancelled' AND work.date_ready < %(end)s
          AND work.cartable_id IS NOT NULL AND ended.date_done >= %(start)s
       ) task
  JOIN sajad_request request ON request.id = task.request_id
 CROSS JOIN LATERAL generate_series(
       GREATEST(%(first)s::date, %(ready_day)s),
       LEAST(%(last)s::date, COALESCE(%(until_day)s - 1, %(last)s::date)),
       interval '1 day') day
 CROSS JOIN LATERAL (
       SELECT task.date_student IS NOT NULL AND task.date_student < %(midnight)s
              AND task.date_student >= task.date_ready
              AND (task.state = 'student' OR task.visit_required IS TRUE) AS away
       ) student
"""
# Rare, so that its history may be read as a whole.
SUSPENDED = """
SELECT %(headings)s, NULL::int, day::date, 0, 0, 0, 0, NULL::float8, 0, 0, 0, 1
  FROM sajad_event event
  JOIN sajad_task task ON task.id = event.task_id
  JOIN sajad_request request ON request.id = task.request_id
  LEFT JOIN LATERAL (
       SELECT min(date) AS date FROM sajad_event
        WHERE task_id = event.task_id AND id > event.id AND kind = 'resumed'
       ) resumed ON TRUE
 CROSS JOIN LATERAL (
       SELECT COALESCE(resumed.date, request.date_done) AS until) span
 CROSS JOIN LATERAL generate_series(
       GREATEST(%(first)s::date, %(day)s),
       LEAST(%(last)s::date, COALESCE(%(until_day)s - 1, %(last)s::date)),
       interval '1 day') day
 WHERE event.kind = 'suspended' AND event.date < %(end)s
"""
INSERT = """
INSERT INTO sajad_stat_day (
       day, process_id, stage_id, university_id, faculty_id, cartable_id,
       came_in, decided, passed, returned, waiting, late, with_student, suspended,
       wait_seconds, wait_p50, wait_p90, waits%(names)s)
SELECT day, process_id, stage_id, university_id, faculty_id, cartable_id,
       sum(came_in), sum(decided), sum(passed), sum(returned), sum(waiting), sum(late),
       sum(with_student), sum(suspended), COALESCE(sum(seconds), 0),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) / 3600,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) / 3600,
       %(waits)s%(names)s
  FROM (%(facts)s) work
 GROUP BY day, process_id, stage_id, university_id, faculty_id, cartable_id%(names)s
RETURNING id
"""


class SajadStatDay(models.Model):
    _inherit = "sajad.stat.day"

    # ------------------------------------------------------------
    # EVERY NIGHT
    # ------------------------------------------------------------

    @api.model
    def _cron_fill(self):
        """Count the days since the last run, until yesterday, then what follows.

        The last day that was counted is counted again: filling is idempotent. The
        first run makes up for all history.
        """
        if not self._fill_open():
            return
        self._compact()
        self.env["sajad.stat.pace"]._fill()
        self.env["sajad.forecast"]._settle_and_sample()

    @api.model
    def _backfill(self, *, commit=False):
        """Count all history at once, for data that was loaded (demo data, imports).

        :param bool commit: after each part; a call that was cut off is made again
        """
        self._fill_open(commit=commit)
        self.env["sajad.stat.pace"]._fill()

    @api.model
    def _fill_open(self, *, commit=True):
        """Count the days that are open, a part at a time.

        :return: False when the time of the job is over; it goes on where it was
        """
        first, last = self._get_open_days()
        for start, end in self._get_parts(first, last):
            self._fill(start, end)
            if commit and not self.env["ir.cron"]._commit_progress(
                1, remaining=(last - end).days
            ):
                return False
        return True

    @api.model
    def _get_parts(self, first, last):
        """Return [(first, last)] of what one statement counts: what moved and lay."""
        self.env.flush_all()
        query = SQL(
            MOVES,
            day=self._day_sql(SQL("date")),
            came=CAME,
            decided=DECIDED,
            start=self._get_day_start(first),
            end=self._get_day_start(last + timedelta(days=1)),
        )
        moves = {day: counts for day, *counts in self.env.execute_query(query)}
        query = SQL("SELECT count(*) FROM sajad_task WHERE state IN %s", IN_CARTABLE)
        [(open_now,)] = self.env.execute_query(query)
        return list(split_days(first, last, add_lying(moves, open_now, first, last)))

    @api.model
    def _get_open_days(self):
        """Return the first and the last day to be counted."""
        last = get_country_today() - timedelta(days=1)
        # what is added up comes last: days that are not are counted again
        query = SQL("SELECT max(day) FROM sajad_stat_country WHERE NOT whole_month")
        first = self.env.execute_query(query)[0][0]
        if not first:
            # an index knows the first moment, and no day
            query = SQL("SELECT %s FROM sajad_event", self._day_sql(SQL("min(date)")))
            first = self.env.execute_query(query)[0][0]
        return first or last + timedelta(days=1), last

    @api.model
    def _get_day_start(self, day):
        """Return when a day of universities begins, naive UTC."""
        start = datetime.combine(day, time.min, COUNTRY_ZONE)
        return start.astimezone(UTC).replace(tzinfo=None)

    # ------------------------------------------------------------
    # SQL
    # ------------------------------------------------------------

    @api.model
    def _fill(self, first, last):
        """Count the days from `first` to `last` anew, and add them up."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "DELETE FROM sajad_stat_day WHERE day BETWEEN %s AND %s RETURNING id",
                first,
                last,
            )
        )
        rows = self.env.execute_query(self._get_insert(first, last))
        self.env["sajad.stat.country"]._fill(first, last)
        self.env.invalidate_all(flush=False)
        return len(rows)

    def _get_insert(self, first, last):
        names = self._dimension_names_sql()
        return SQL(
            INSERT,
            names=names,
            waits=percentiles.waits_sql(SQL("seconds")),
            facts=self._get_facts(first, last),
        )

    def _get_facts(self, first, last):
        start = self._get_day_start(first)
        end = self._get_day_start(last + timedelta(days=1))
        headings = SQL(HEADINGS, self._dimensions_sql())
        common = {"first": first, "last": last, "start": start, "end": end}
        decided = DECIDED
        flows = SQL(
            FLOWS,
            headings=headings,
            day=self._day_sql(SQL("event.date")),
            start=start,
            end=end,
            came=CAME,
            decided=decided,
            returned=RETURNED,
            kinds=(*CAME, *DECIDED, *RETURNED, "passed"),
        )
        stocks = SQL(
            STOCKS,
            **common,
            headings=headings,
            in_cartable=IN_CARTABLE,
            decided=decided,
            midnight=SQL(
                "((day + interval '1 day') AT TIME ZONE %s AT TIME ZONE 'UTC')",
                COUNTRY_TZ,
            ),
            ready_day=self._day_sql(SQL("task.date_ready")),
            until_day=self._day_sql(SQL("task.until")),
        )
        suspended = SQL(
            SUSPENDED,
            headings=headings,
            first=first,
            last=last,
            end=end,
            day=self._day_sql(SQL("event.date")),
            until_day=self._day_sql(SQL("span.until")),
        )
        return SQL(" UNION ALL ").join((flows, stocks, suspended))

    def _day_sql(self, moment):
        """Return the SQL of the day of a moment, where the universities are."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, COUNTRY_TZ)

    @api.model
    def _compact(self):
        """Forget old days on which an office did nothing but have work lying.

        The last day of each Jalali month stays, so that backlogs of years compare.
        """
        limit = get_country_today() - timedelta(days=KEEP_DAYS)
        following = SQL("(day + 1)")
        self.env.execute_query(
            SQL(
                "DELETE FROM sajad_stat_day WHERE day < %s AND came_in = 0 "
                "AND decided = 0 AND passed = 0 AND returned = 0 "
                "AND %s != day + 1 RETURNING id",
                limit,
                trunc_sql("month", following),
            )
        )
