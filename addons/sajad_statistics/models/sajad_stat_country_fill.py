from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.sajad_base.tools import percentiles
from odoo.addons.sajad_jalali.tools import jalali

INSERT = """
INSERT INTO sajad_stat_country (
       day, whole_month, process_id, stage_id, number, came_in, decided, passed,
       returned, waiting, late, with_student, suspended, wait_seconds,
       wait_p50, wait_p90, waits, days%(names)s)
SELECT %(day)s, %(whole)s, process_id, stage_id, sum(number), sum(came_in),
       sum(decided), sum(passed), sum(returned), sum(waiting), sum(late),
       sum(with_student), sum(suspended), sum(wait_seconds),
       %(p50)s, %(p90)s, %(waits)s, %(days)s%(names)s
  FROM (%(source)s) counted
 GROUP BY 1, process_id, stage_id%(names)s
RETURNING id
"""
DAYS = """
SELECT day.*, 1 AS number, ARRAY[day.day] AS days
  FROM sajad_stat_day day WHERE day BETWEEN %s AND %s
"""
MONTHS = """
SELECT * FROM sajad_stat_country
 WHERE whole_month IS FALSE AND day >= %s AND day < %s
"""


class SajadStatCountry(models.Model):
    _inherit = "sajad.stat.country"

    @api.model
    def _fill(self, first, last):
        """Add up the days from `first` to `last` anew, and the months they lie in.

        Of a night that is the day, and the days of the month as added up already.
        """
        start = jalali.period_start(first, "month")
        end = jalali.period_start(last, "month", 1)
        self._forget(whole=False, first=first, last=last)
        days = SQL(DAYS, first, last)
        self.env.execute_query(self._get_insert(SQL("day"), days, whole=False))
        self._forget(whole=True, first=start, last=end - timedelta(days=1))
        month = jalali.trunc_sql("month", SQL("day"))
        months = SQL(MONTHS, start, end)
        self.env.execute_query(self._get_insert(month, months, whole=True))

    @api.model
    def _forget(self, *, whole, first, last):
        self.env.execute_query(
            SQL(
                "DELETE FROM sajad_stat_country"
                " WHERE whole_month IS %s AND day BETWEEN %s AND %s RETURNING id",
                whole,
                first,
                last,
            )
        )

    def _get_insert(self, day, source, *, whole):
        waits = SQL("counted.waits")
        return SQL(
            INSERT,
            names=self._dimension_names_sql(),
            day=day,
            whole=whole,
            p50=percentiles.percentile_sql(waits, 0.5),
            p90=percentiles.percentile_sql(waits, 0.9),
            waits=percentiles.ordered_sql(waits),
            days=SQL(
                "(SELECT array_agg(DISTINCT one) FROM"
                " unnest(array_agg(ROW(counted.days))) AS part(days date[]),"
                " unnest(part.days) AS one)"
            ),
            source=source,
        )
