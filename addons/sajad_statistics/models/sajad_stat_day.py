from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.sajad_base.tools import percentiles

# counted at the end of a day: several days are not added but averaged
STOCKS = {"waiting", "late", "with_student", "suspended"}


class SajadStatDay(models.Model):
    """What an office did on one day and what it left, for reports (row B12).

    One row for each day, stage, cartable, faculty and further heading on which there
    was anything. Filled every night by `sajad_stat_fill.py`, nobody writes it.
    Waiting is calendar time: nights, weekends and holidays count, as they do for the
    student who waits; time for which the student had to come in person is left out.
    """

    _name = "sajad.stat.day"
    _description = "Statistics of a Day"
    _inherit = ["sajad.stat.mixin"]
    _order = "day desc, id"
    _rec_name = "stage_id"
    _log_access = False
    _medians = {"wait_p50": 0.5, "wait_p90": 0.9}

    day = fields.Date(required=True, readonly=True)
    process_id = fields.Many2one(required=True)
    university_id = fields.Many2one("sajad.university", required=True, readonly=True)
    faculty_id = fields.Many2one("sajad.faculty", readonly=True)
    stage_id = fields.Many2one("sajad.stage", string="Office", readonly=True)
    cartable_id = fields.Many2one(
        "sajad.cartable", readonly=True, help="Empty: work that no cartable had."
    )
    came_in = fields.Integer(
        readonly=True,
        help="How often work reached the office, also again after an answer.",
    )
    decided = fields.Integer(
        string="Decided by People",
        readonly=True,
        help="Approved, seen or refused, and not undone. What passed by itself is "
        "counted beside it.",
    )
    passed = fields.Integer(
        string="Passed by Itself",
        readonly=True,
        help="Steps at which nobody had to decide. They took no time and are in no "
        "median and no percentile.",
    )
    returned = fields.Integer(
        readonly=True, help="Sent back to the student or to an earlier office."
    )
    waiting = fields.Float(
        string="Waiting at Day's End (Daily Mean)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Work that lay in the office at midnight. Over several days: the mean of "
        "the days that had any, never their sum.",
    )
    late = fields.Float(
        string="Late at Day's End (Daily Mean)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Of those waiting at midnight, those past their time limit.",
    )
    with_student = fields.Float(
        string="With the Student at Day's End (Daily Mean)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Work that waited at midnight for a visit or an answer of the student.",
    )
    suspended = fields.Float(
        string="Suspended at Day's End (Daily Mean)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Work that no cartable had at midnight.",
    )
    wait_seconds = fields.Float(
        string="Waited (Seconds)",
        digits=(16, 0),
        readonly=True,
        help="Sum over the decisions, calendar time.",
    )
    wait_p50 = fields.Float(
        string="Median Wait (Hours)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Half of the decisions came sooner. Calendar time, decided work only: "
        "what still waits is not in it, nor what passed by itself. Over several rows "
        "it is the median of all their decisions, never a mean of medians.",
    )
    wait_p90 = fields.Float(
        string="90th Percentile (Hours)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Nine decisions in ten came sooner. Calendar time, decided work only: "
        "what passed by itself is not in it.",
    )

    _day_idx = models.Index("(day, university_id)")
    _office_idx = models.Index("(cartable_id, stage_id, day)")
    _suspended_idx = models.Index("(stage_id, university_id) WHERE suspended > 0")

    def init(self):
        # the seconds of each decision: an array, which the ORM has no field for
        self.env.cr.execute(
            "ALTER TABLE sajad_stat_day ADD COLUMN IF NOT EXISTS waits int[]"
        )

    def _median_sql(self, name, share, query):
        waits = SQL.identifier(self._table, "waits")
        return percentiles.percentile_sql(waits, share)

    def _measure_sql(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        if name in STOCKS and function == "avg":
            # a row is an office and a faculty: a mean of rows would be theirs
            return SQL(
                "SUM(%s) / NULLIF(COUNT(DISTINCT %s), 0)",
                self._field_to_sql(self._table, name, query),
                SQL.identifier(self._table, "day"),
            )
        return super()._measure_sql(aggregate_spec, query)
