from datetime import timedelta
from operator import itemgetter

from odoo import api, fields, models
from odoo.tools import SQL, groupby

from odoo.addons.sajad_base.tools.clock import get_country_today

from ...engine import risk
from ...tools.moments import to_seconds
from .sajad_sla_policy import METRICS

# of what is over so many days are looked at, and so many clocks of a kind
DAYS = 180
MOST = 5000
# the service behind which a run that was cut off goes on
PLACE = "sajad_sla.marked"


class SajadSlaRisk(models.Model):
    """How good the warnings of lateness were, tried on what is over (row D4)."""

    _name = "sajad.sla.risk"
    _description = "How Good Warnings Are"
    _order = "day desc, process_id, metric"
    _rec_name = "process_id"
    _log_access = False

    day = fields.Date(required=True, readonly=True)
    process_id = fields.Many2one(
        "sajad.process",
        string="Service",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    metric = fields.Selection(
        METRICS, string="What Is Promised", required=True, readonly=True
    )
    count = fields.Integer(
        string="Clocks", readonly=True, help="Half of their time was used."
    )
    late = fields.Integer(readonly=True)
    flagged = fields.Integer(string="Warned Of", readonly=True)
    hits = fields.Integer(string="Warned Of and Late", readonly=True)
    precision = fields.Float(
        string="Right Warnings (%)",
        digits=(16, 1),
        aggregator=None,
        readonly=True,
        help="Of those that were warned of, how many became late.",
    )
    recall = fields.Float(
        string="Foreseen (%)",
        digits=(16, 1),
        aggregator=None,
        readonly=True,
        help="Of those that became late, how many were warned of.",
    )

    _day_uniq = models.Constraint(
        "unique(day, process_id, metric)", "The day was tried already."
    )

    @api.model
    def _cron_forecast(self):
        """Mark the open clocks that will probably be late, one service at a time.

        A run that was cut off goes on with the next one, and no decision waits for the
        marks of a whole country.
        """
        Place = self.env["sajad.job.place"]
        for process_id, count in self._forecast(Place._get(PLACE)):
            if not Place._keep(PLACE, process_id, count):
                return
        Place._finish(PLACE)

    @api.model
    def _forecast(self, after=0):
        """Mark the open clocks of each service behind one, and commit nothing.

        :param int after: id of the service
        :return: iterator of (id of a service, how many kinds of its clocks are marked)
        """
        self.env.flush_all()
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                "SELECT process_id, metric, count(*) FROM sajad_sla_clock "
                "WHERE state IN ('running', 'paused') AND process_id > %s "
                "GROUP BY process_id, metric ORDER BY process_id, metric",
                after,
            )
        )
        for process_id, kinds in groupby(rows, itemgetter(0)):
            for _process_id, metric, waiting in kinds:
                past = self._get_past(process_id, metric, now)
                load = risk.get_load(waiting, risk.get_usual(past))
                used = sorted(clock.used for clock in past)
                self._mark(process_id, metric, used, load, now)
            yield process_id, len(kinds)

    @api.model
    def _get_past(self, process_id, metric, now):
        """Return the `Past` clocks of a kind, of the last months."""
        rows = self.env.execute_query(
            SQL(
                "SELECT date_start, date_stop, used, target FROM sajad_sla_clock "
                "WHERE process_id = %s AND metric = %s AND state IN ('met', 'missed') "
                "AND date_stop >= %s ORDER BY date_stop DESC LIMIT %s",
                process_id,
                metric,
                now - timedelta(days=DAYS),
                MOST,
            )
        )
        return [
            risk.Past(to_seconds(start), to_seconds(stop), used, target)
            for start, stop, used, target in rows
        ]

    @api.model
    def _mark(self, process_id, metric, past, load, now):
        """Write which running clocks of a kind are at risk, and on their requests."""
        Calendar = self.env["resource.calendar"]
        rows = self.env.execute_query(
            SQL(
                "SELECT id, calendar_id, target, date_deadline FROM sajad_sla_clock "
                "WHERE process_id = %s AND metric = %s AND state = 'running' "
                "AND NOT is_late AND date_deadline > %s",
                process_id,
                metric,
                now,
            )
        )
        hours = {row[1]: Calendar._sajad_get_hours(row[1]) for row in rows}
        ids = []
        for clock_id, calendar_id, target, deadline in rows:
            left = hours[calendar_id].between(to_seconds(now), to_seconds(deadline))
            if risk.is_at_risk(past, target - left, target, load):
                ids.append(clock_id)
        self._write_marks(process_id, metric, ids)

    @api.model
    def _write_marks(self, process_id, metric, ids):
        self.env.execute_query(
            SQL(
                """
                WITH changed AS (
                    UPDATE sajad_sla_clock SET is_at_risk = id = ANY(%(ids)s)
                     WHERE process_id = %(process)s AND metric = %(metric)s
                       AND state = 'running'
                       AND is_at_risk IS DISTINCT FROM (id = ANY(%(ids)s))
                 RETURNING id, request_id, is_at_risk)
                UPDATE sajad_request request
                   SET sla_state = CASE WHEN changed.is_at_risk OR EXISTS (
                       SELECT FROM sajad_sla_clock other
                        WHERE other.request_id = request.id AND other.is_at_risk
                          AND other.id != changed.id)
                       THEN 'risk' ELSE 'running' END
                  FROM changed
                 WHERE request.id = changed.request_id
                   AND request.sla_state IN ('running', 'risk')
             RETURNING request.id
                """,
                ids=ids,
                process=process_id,
                metric=metric,
            )
        )
        self.env["sajad.sla.clock"].invalidate_model(["is_at_risk"], flush=False)
        self.env["sajad.request"].invalidate_model(["sla_state"], flush=False)

    @api.model
    def _cron_try(self):
        """Try the warnings out on what is over, once a day and kind."""
        now = fields.Datetime.now()
        self.env.flush_all()
        kinds = self.env.execute_query(
            SQL(
                "SELECT DISTINCT process_id, metric FROM sajad_sla_clock "
                "WHERE date_stop >= %s",
                now - timedelta(days=DAYS),
            )
        )
        day = get_country_today()
        self.search([("day", "=", day)]).unlink()
        vals_list = []
        for process_id, metric in kinds:
            trial = risk.try_out(self._get_past(process_id, metric, now))
            if trial.count:
                vals_list.append(
                    {
                        "day": day,
                        "process_id": process_id,
                        "metric": metric,
                        **trial._asdict(),
                        "precision": 100 * (trial.precision or 0),
                        "recall": 100 * (trial.recall or 0),
                    }
                )
        return self.create(vals_list)
