from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.sajad_base.engine.states import ENDED_REQUESTS


class SajadReportRequest(models.Model):
    """Requests that ended, with how long they took as a whole (row B12)."""

    _name = "sajad.report.request"
    _description = "Decided Requests"
    _inherit = ["sajad.stat.mixin"]
    _auto = False
    _order = "date_done desc, id desc"
    _rec_name = "name"
    _medians = {"duration_p50": 0.5, "duration_p90": 0.9}
    _depends = {"sajad.request": ["state", "name", "date_submit", "date_done"]}

    name = fields.Char(string="Number", readonly=True)
    university_id = fields.Many2one("sajad.university", readonly=True)
    faculty_id = fields.Many2one("sajad.faculty", readonly=True)
    scope_id = fields.Many2one("sajad.scope", readonly=True)
    state = fields.Selection(
        [("done", "Done"), ("refused", "Refused"), ("cancelled", "Cancelled")],
        string="Result",
        readonly=True,
    )
    date_submit = fields.Datetime(string="Submitted on", readonly=True)
    date_done = fields.Datetime(string="Finished on", readonly=True)
    duration_days = fields.Float(
        string="Duration (Days)",
        digits=(16, 1),
        aggregator="max",
        readonly=True,
        help="Calendar days from submission to the end. Of a group: the longest.",
    )
    duration_p50 = fields.Float(
        string="Median Duration (Days)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Half of the requests ended sooner; those that still run are not in it.",
    )
    duration_p90 = fields.Float(
        string="90th Percentile of Duration (Days)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Nine requests in ten ended sooner.",
    )

    @property
    def _table_query(self):
        days = SQL(
            "(extract(epoch FROM request.date_done - request.date_submit)"
            " / 86400)::float8"
        )
        return SQL(
            """
            SELECT request.id, request.name, request.process_id, request.university_id,
                   request.faculty_id, request.scope_id, request.state,
                   request.date_submit, request.date_done,
                   %(days)s AS duration_days, %(days)s AS duration_p50,
                   %(days)s AS duration_p90
                   %(dimensions)s
              FROM sajad_request request
             WHERE request.state IN %(ended)s
               AND request.date_submit IS NOT NULL
            """,
            days=days,
            ended=ENDED_REQUESTS,
            dimensions=self._dimensions_sql(),
        )
