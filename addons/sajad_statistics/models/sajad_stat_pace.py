from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import percentiles

DAYS = 90


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
            "ALTER TABLE sajad_stat_pace ADD COLUMN IF NOT EXISTS histogram int[]"
        )

    @api.model
    def _fill(self):
        """Read the paces of the last 90 days from the statistics of days."""
        self.env.flush_all()
        since = self.env["sajad.stat.day"]._get_today() - timedelta(days=DAYS)
        histogram = SQL("histogram")
        self.env.execute_query(SQL("DELETE FROM sajad_stat_pace RETURNING id"))
        self.env.execute_query(
            SQL(
                """
                INSERT INTO sajad_stat_pace (stage_id, cartable_id, decided, wait_p50,
                                             wait_p90, histogram)
                SELECT stage_id, cartable_id, sum(decided), %(p50)s, %(p90)s, %(sum)s
                  FROM sajad_stat_day
                 WHERE day >= %(since)s AND decided > 0
                 GROUP BY GROUPING SETS ((stage_id, cartable_id), (stage_id))
                HAVING GROUPING(cartable_id) = 1 OR cartable_id IS NOT NULL
                RETURNING id
                """,
                since=since,
                sum=SQL("%s::int[]", percentiles.merged_sql(histogram)),
                p50=percentiles.percentile_sql(histogram, 0.5),
                p90=percentiles.percentile_sql(histogram, 0.9),
            )
        )
        self.env.invalidate_all(flush=False)

    @api.model
    def _get_paces(self, scopes, stage_ids):
        """Return {(scope id or False, stage id): histogram}, in one query.

        False stands for all universities. Called with elevated rights by forecasts.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rel.sajad_scope_id, pace.stage_id, pace.histogram
                  FROM sajad_cartable_sajad_scope_rel rel
                  JOIN sajad_stat_pace pace ON pace.cartable_id = rel.sajad_cartable_id
                 WHERE rel.sajad_scope_id IN %(scopes)s AND pace.stage_id IN %(stages)s
                 UNION ALL
                SELECT NULL, stage_id, histogram FROM sajad_stat_pace
                 WHERE cartable_id IS NULL AND stage_id IN %(stages)s
                """,
                scopes=tuple(scopes.ids) or (0,),
                stages=tuple(stage_ids) or (0,),
            )
        )
        return {(scope or False, stage): counts for scope, stage, counts in rows}
