from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sajad_base.tools import percentiles
from odoo.addons.sajad_base.tools.clock import get_country_today

DAYS = 90
# of how many waiting times a pace consists, each as likely as the next
PARTS = 100
SHARES = tuple((i + 0.5) / PARTS for i in range(PARTS))
# an office with fewer decisions in the last 90 days says nothing
ENOUGH = 5


class SajadStatPace(models.Model):
    """How long a stage takes lately: the source of forecasts, made every night.

    One row for each stage and cartable, and one for each stage over all universities
    (no cartable). Calendar hours from reaching the office to its decision.
    """

    _name = "sajad.stat.pace"
    _description = "Pace of an Office"
    _rec_name = "stage_id"
    _log_access = False

    stage_id = fields.Many2one("sajad.stage", readonly=True)
    cartable_id = fields.Many2one("sajad.cartable", readonly=True)
    decided = fields.Integer(readonly=True, help="Decisions of the last 90 days.")
    wait_p50 = fields.Float(string="Median Wait (Hours)", readonly=True)
    wait_p90 = fields.Float(string="90th Percentile (Hours)", readonly=True)

    _office_idx = models.Index("(cartable_id, stage_id)")
    _stage_idx = models.Index("(stage_id) WHERE cartable_id IS NULL")

    def init(self):
        self.env.cr.execute(
            "ALTER TABLE sajad_stat_pace ADD COLUMN IF NOT EXISTS seconds float8[]"
        )

    @api.model
    def _fill(self):
        """Read the paces of the last 90 days from the statistics of days."""
        self.env.flush_all()
        since = get_country_today() - timedelta(days=DAYS)
        waits = SQL("waits")
        self.env.execute_query(SQL("DELETE FROM sajad_stat_pace RETURNING id"))
        self.env.execute_query(
            SQL(
                """
                INSERT INTO sajad_stat_pace (stage_id, cartable_id, decided, wait_p50,
                                             wait_p90, seconds)
                SELECT stage_id, cartable_id, sum(decided), %(p50)s, %(p90)s, %(all)s
                  FROM sajad_stat_day
                 WHERE day >= %(since)s AND decided > 0
                 GROUP BY GROUPING SETS ((stage_id, cartable_id), (stage_id))
                HAVING GROUPING(cartable_id) = 1 OR cartable_id IS NOT NULL
                RETURNING id
                """,
                since=since,
                p50=percentiles.percentile_sql(waits, 0.5),
                p90=percentiles.percentile_sql(waits, 0.9),
                all=percentiles.quantiles_sql(waits, SHARES),
            )
        )
        self.env.invalidate_all(flush=False)

    @api.model
    def _get_paces(self, scopes, stage_ids):
        """Return {(scope id or False, stage id): a hundred hours, in their order}.

        In one query. False stands for all universities; an office that has decided
        too little says nothing, nor does one whose days were counted before waiting
        times were kept. Called with elevated rights by forecasts.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT scope.id, pace.stage_id, pace.seconds
                  FROM sajad_scope scope
                  JOIN sajad_cartable_sajad_scope_rel rel
                    ON rel.sajad_scope_id = COALESCE(scope.whole_id, scope.id)
                  JOIN sajad_stat_pace pace ON pace.cartable_id = rel.sajad_cartable_id
                 WHERE scope.id IN %(scopes)s AND pace.stage_id IN %(stages)s
                   AND pace.decided >= %(enough)s AND pace.seconds IS NOT NULL
                 UNION ALL
                SELECT NULL, stage_id, seconds FROM sajad_stat_pace
                 WHERE cartable_id IS NULL AND stage_id IN %(stages)s
                   AND decided >= %(enough)s AND seconds IS NOT NULL
                """,
                scopes=tuple(scopes.ids) or (0,),
                stages=tuple(stage_ids) or (0,),
                enough=ENOUGH,
            )
        )
        return {
            (scope or False, stage): [second / 3600 for second in seconds]
            for scope, stage, seconds in rows
        }
