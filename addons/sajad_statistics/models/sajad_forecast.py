from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sajad_base.engine.states import OPEN_REQUESTS
from odoo.addons.sajad_base.tools.clock import get_country_day

BATCH = 500
# what the range promises, and from how many ended requests on it is corrected
PROMISE = 0.8
ENOUGH = 20
RECENT = 200
MAX_WIDENING = 5.0
DAY = 86400


class SajadForecast(models.Model):
    """What was forecast for a request the night after it came, and what came of it.

    The test of the forecasts (see `sajad_request_forecast.py`): nothing is hidden, and
    ranges that hold too few of the real ends are made wider by what they lacked.
    """

    _name = "sajad.forecast"
    _description = "Forecast and Outcome"
    _inherit = ["sajad.stat.mixin"]
    _order = "id desc"
    _log_access = False
    _medians = {"error_days": 0.5}

    request_id = fields.Many2one("sajad.request", readonly=True, ondelete="cascade")
    name = fields.Char(related="request_id.name", string="Request Number")
    process_id = fields.Many2one(required=True)
    university_id = fields.Many2one("sajad.university", required=True, readonly=True)
    faculty_id = fields.Many2one("sajad.faculty", readonly=True)
    date_made = fields.Datetime(string="Forecast on", readonly=True)
    date_low = fields.Datetime(string="Not before", readonly=True)
    date_middle = fields.Datetime(string="Most Probably", readonly=True)
    date_high = fields.Datetime(string="Not after", readonly=True)
    widening = fields.Float(
        readonly=True,
        aggregator="max",
        help="By how much the range was made wider than the waiting times say.",
    )
    date_real = fields.Datetime(string="Really Done", readonly=True)
    error_days = fields.Float(
        string="Median Error (Days)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Days between the forecast and the real end, either way. Of a group: "
        "the median.",
    )
    inside = fields.Float(
        string="Inside the Range (%)",
        digits=(16, 0),
        aggregator="avg",
        readonly=True,
        help="The share of requests that ended between the dates that were shown; "
        "80 are meant to.",
    )
    miss = fields.Float(
        readonly=True,
        aggregator="max",
        help="The error as a part of the range before it was made wider.",
    )

    _request_uniq = models.UniqueIndex("(request_id)", "There is a forecast already.")
    _ended_idx = models.Index("(process_id, id) WHERE date_real IS NOT NULL")
    _open_idx = models.Index("(request_id) WHERE date_real IS NULL")

    # ------------------------------------------------------------
    # EVERY NIGHT
    # ------------------------------------------------------------

    @api.model
    def _settle_and_sample(self):
        """Compare with what came, then forecast the requests of the last days."""
        self._settle()
        self._sample()

    @api.model
    def _settle(self):
        """Write the real end into the forecasts of requests that are done.

        Refused and cancelled requests prove nothing; their forecasts are dropped.
        """
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "DELETE FROM sajad_forecast forecast USING sajad_request request"
                " WHERE request.id = forecast.request_id AND date_real IS NULL"
                " AND request.state IN ('refused', 'cancelled') RETURNING forecast.id"
            )
        )
        self.env.invalidate_all(flush=False)
        domain = [("date_real", "=", False), ("request_id.state", "=", "done")]
        # a job over the requests of all universities
        for forecast in self.sudo().search(domain):
            forecast._compare(forecast.request_id.date_done)

    def _compare(self, real):
        """Compare one forecast with the real end."""
        self.ensure_one()
        error = (real - self.date_middle).total_seconds()
        side = self.date_high if error > 0 else self.date_low
        shown = abs((side - self.date_middle).total_seconds())
        # a range of no width has missed by whole days
        width = max(shown / (self.widening or 1), DAY / 4)
        low, day, high = map(get_country_day, (self.date_low, real, self.date_high))
        self.write(
            {
                "date_real": real,
                "error_days": abs(error) / DAY,
                "inside": 100 if low <= day <= high else 0,
                "miss": abs(error) / width,
            }
        )

    @api.model
    def _sample(self, days=3):
        """Forecast the open requests that came lately and have no forecast yet."""
        since = fields.Datetime.now() - timedelta(days=days)
        rows = self.env.execute_query(
            SQL(
                "SELECT request.id FROM sajad_request request"
                " WHERE state IN %s"
                " AND date_submit >= %s AND NOT EXISTS (SELECT FROM sajad_forecast f"
                " WHERE f.request_id = request.id) ORDER BY request.id",
                OPEN_REQUESTS,
                since,
            )
        )
        # a job over the requests of all universities
        requests = self.env["sajad.request"].sudo().browse(id_ for (id_,) in rows)
        for start in range(0, len(requests), BATCH):
            self._store(requests[start : start + BATCH]._get_forecast())

    @api.model
    def _store(self, forecasts):
        """Keep forecasts that name a range."""
        processes = self.env["sajad.process"].union(*(r.process_id for r in forecasts))
        widenings = self._get_widenings(processes)
        now = fields.Datetime.now()
        # forecasts are written by the job alone
        return self.sudo().create(
            [
                {
                    "request_id": request.id,
                    "process_id": request.process_id.id,
                    "university_id": request.university_id.id,
                    "faculty_id": request.faculty_id.id,
                    "date_made": now,
                    "date_low": forecast["low"],
                    "date_middle": forecast["middle"],
                    "date_high": forecast["high"],
                    "widening": widenings.get(request.process_id.id, 1),
                    **self._prepare_dimensions(request),
                }
                for request, forecast in forecasts.items()
                if forecast.get("low")
            ]
        )

    @api.model
    def _prepare_dimensions(self, request):
        """Return the further headings of a request (they bear the names of its own)."""
        return {name: request[name] for name in self._get_dimensions()}

    # ------------------------------------------------------------
    # CORRECTION
    # ------------------------------------------------------------

    @api.model
    def _get_widenings(self, processes):
        """Return {process id: factor by which its ranges are made wider}.

        Such that eight in ten of the last ended requests would have been inside; 1
        where they were, or where too few have ended.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT process.id,
                       percentile_cont(%(promise)s) WITHIN GROUP (ORDER BY recent.miss)
                  FROM sajad_process process
                 CROSS JOIN LATERAL (
                       SELECT miss FROM sajad_forecast
                        WHERE process_id = process.id AND date_real IS NOT NULL
                        ORDER BY id DESC LIMIT %(recent)s) recent
                 WHERE process.id IN %(processes)s
                 GROUP BY process.id
                HAVING count(*) >= %(enough)s
                """,
                promise=PROMISE,
                recent=RECENT,
                enough=ENOUGH,
                processes=tuple(processes.ids) or (0,),
            )
        )
        return {
            process: min(max(factor or 1, 1), MAX_WIDENING) for process, factor in rows
        }
