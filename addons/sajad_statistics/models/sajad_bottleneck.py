import json
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sajad_base.engine.states import IN_CARTABLE
from odoo.addons.sajad_base.tools import percentiles
from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_base.tools.durations import format_hours

WEEKS = 4
# Ids must be the same in every query: a cartable has its stages in a row, and what has
# no cartable lies above all of them.
STAGES_PER_CARTABLE = 64
WITHOUT_CARTABLE = 2**40


class SajadBottleneck(models.Model):
    """A stage at a cartable and how it gets on: the overview of bottlenecks (row B12).

    What waits is counted now; how long decisions take and the trend come from the
    statistics of the last four weeks. Work that no cartable has is a card as well.
    """

    _name = "sajad.bottleneck"
    _description = "Bottleneck"
    _auto = False
    _order = "suspended desc, late desc, waiting desc, oldest, id"
    _rec_name = "stage_id"
    _depends = {
        "sajad.task": ["state", "cartable_id", "stage_id", "date_ready", "date_due"],
        "sajad.cartable": ["active", "role_id", "process_id", "university_id"],
        "sajad.stage": ["active", "role_id", "process_id"],
    }

    stage_id = fields.Many2one("sajad.stage", string="Office", readonly=True)
    process_id = fields.Many2one("sajad.process", readonly=True)
    university_id = fields.Many2one("sajad.university", readonly=True)
    faculty_id = fields.Many2one("sajad.faculty", readonly=True)
    cartable_id = fields.Many2one("sajad.cartable", readonly=True)
    waiting = fields.Integer(string="Waiting Now", readonly=True)
    late = fields.Integer(
        readonly=True, help="Past the time limit, in working hours of the university."
    )
    with_student = fields.Integer(string="With the Student", readonly=True)
    suspended = fields.Integer(
        readonly=True, help="Nobody is named for this office at the university."
    )
    oldest = fields.Datetime(string="Oldest since", readonly=True)
    oldest_days = fields.Integer(compute="_compute_oldest_days", string="Oldest (Days)")
    decided = fields.Integer(
        compute="_compute_pace",
        string="Decided by People",
        help="In the last four weeks. What passed by itself is not counted.",
    )
    wait_p50 = fields.Float(
        compute="_compute_pace",
        string="Median Wait (Hours)",
        digits=(16, 1),
        help="Calendar time, decisions of the last four weeks.",
    )
    wait_p90 = fields.Float(
        compute="_compute_pace",
        string="90th Percentile (Hours)",
        digits=(16, 1),
        help="Calendar time, decisions of the last four weeks.",
    )
    wait_text = fields.Char(compute="_compute_pace", string="Median")
    wait_p90_text = fields.Char(compute="_compute_pace", string="Nine in Ten Within")
    trend = fields.Text(
        compute="_compute_trend",
        help="What waited at the end of a day, mean of each of the last four weeks, "
        "and what waits now.",
    )

    @property
    def _table_query(self):
        # Busy offices and idle ones apart: PostgreSQL drops the idle ones where only
        # the busy are asked for, and never joins all cartables with all work.
        return SQL(
            """
            WITH stage AS (
                SELECT id, process_id, role_id, active,
                       row_number() OVER (
                           PARTITION BY process_id, role_id ORDER BY id) AS number
                  FROM sajad_stage),
            work AS (
                SELECT cartable_id, stage_id,
                       count(*) FILTER (WHERE state = 'ready') AS waiting,
                       count(*) FILTER (WHERE state = 'student') AS with_student,
                       count(*) FILTER (WHERE state = 'ready' AND date_due < %(now)s)
                           AS late,
                       min(date_ready) FILTER (WHERE state = 'ready') AS oldest
                  FROM sajad_task
                 WHERE state IN %(in_cartable)s
                 GROUP BY cartable_id, stage_id)
            SELECT cartable.id::bigint * %(stages)s + stage.number AS id,
                   stage.id AS stage_id, cartable.process_id, cartable.university_id,
                   cartable.faculty_id, cartable.id AS cartable_id,
                   work.waiting::int AS waiting, work.late::int AS late,
                   work.with_student::int AS with_student, 0 AS suspended, work.oldest
              FROM work
              JOIN sajad_cartable cartable ON cartable.id = work.cartable_id
              JOIN stage ON stage.id = work.stage_id
             UNION ALL
            SELECT cartable.id::bigint * %(stages)s + stage.number, stage.id,
                   cartable.process_id, cartable.university_id, cartable.faculty_id,
                   cartable.id, 0, 0, 0, 0, NULL
              FROM sajad_cartable cartable
              JOIN stage
                ON stage.process_id = cartable.process_id
               AND stage.role_id = cartable.role_id
             WHERE cartable.active IS TRUE AND stage.active IS TRUE
               AND NOT EXISTS (
                   SELECT FROM sajad_task
                    WHERE cartable_id = cartable.id AND stage_id = stage.id
                      AND state IN %(in_cartable)s)
             UNION ALL
            SELECT %(above)s + university_id::bigint * 1048576 + stage_id, stage_id,
                   process_id, university_id, NULL, NULL, 0, 0, 0, count(*)::int,
                   min(COALESCE(date_ready, write_date))
              FROM sajad_task
             WHERE state = 'suspended' AND current IS TRUE
             GROUP BY stage_id, process_id, university_id
            """,
            now=fields.Datetime.now(),
            in_cartable=IN_CARTABLE,
            stages=STAGES_PER_CARTABLE,
            above=WITHOUT_CARTABLE,
        )

    @api.depends("stage_id.name", "faculty_id.name")
    def _compute_display_name(self):
        for office in self:
            parts = (office.stage_id.name, office.faculty_id.name)
            office.display_name = " - ".join(part for part in parts if part)

    @api.depends("oldest")
    def _compute_oldest_days(self):
        now = fields.Datetime.now()
        for office in self:
            office.oldest_days = (now - office.oldest).days if office.oldest else 0

    @api.depends_context("lang")
    @api.depends("stage_id", "cartable_id")
    def _compute_pace(self):
        paces = {}
        if self.cartable_id:
            waits = SQL("waits")
            rows = self.env.execute_query(
                SQL(
                    "SELECT cartable_id, stage_id, sum(decided), %s, %s"
                    " FROM sajad_stat_day WHERE cartable_id IN %s AND day >= %s"
                    " AND decided > 0 GROUP BY cartable_id, stage_id",
                    percentiles.percentile_sql(waits, 0.5),
                    percentiles.percentile_sql(waits, 0.9),
                    tuple(self.cartable_id.ids),
                    self._get_first_day(),
                )
            )
            paces = {(row[0], row[1]): row[2:] for row in rows}
        for office in self:
            key = (office.cartable_id.id, office.stage_id.id)
            decided, p50, p90 = paces.get(key, (0, None, None))
            office.decided = decided
            office.wait_p50 = p50 or 0
            office.wait_p90 = p90 or 0
            office.wait_text = "" if p50 is None else format_hours(self.env, p50)
            office.wait_p90_text = "" if p90 is None else format_hours(self.env, p90)

    @api.model
    def _get_first_day(self):
        today = get_country_today()
        return today - timedelta(weeks=WEEKS)

    @api.depends_context("lang")
    @api.depends("stage_id", "cartable_id", "waiting")
    def _compute_trend(self):
        weeks = self._get_weeks()
        # short, for they stand below narrow bars
        labels = [
            self.env._("4 weeks"),
            self.env._("3 weeks"),
            self.env._("2 weeks"),
            self.env._("1 week"),
            self.env._("Now"),
        ]
        for office in self:
            values = [
                *weeks[
                    office.stage_id.id, office.university_id.id, office.cartable_id.id
                ],
                office.waiting + office.suspended,
            ]
            kinds = ["past"] * WEEKS + ["future"]
            office.trend = json.dumps(
                [
                    {
                        "key": self.env._("Waiting"),
                        "values": [
                            {"label": label, "value": round(value, 1), "type": kind}
                            for label, value, kind in zip(
                                labels, values, kinds, strict=True
                            )
                        ],
                    }
                ]
            )

    def _get_weeks(self):
        """Return {(stage, university, cartable): mean backlog of each week}."""
        Day = self.env["sajad.stat.day"]
        Day.flush_model()
        first = self._get_first_day()
        rows = self.env.execute_query(
            SQL(
                "SELECT stage_id, CASE WHEN cartable_id IS NULL THEN university_id END,"
                " cartable_id, LEAST((day - %(first)s) / 7, %(last)s),"
                " sum(waiting + suspended) / 7.0"
                " FROM sajad_stat_day WHERE day >= %(first)s AND"
                " (cartable_id IN %(cartables)s OR suspended > 0"
                "  AND cartable_id IS NULL AND stage_id IN %(stages)s)"
                " GROUP BY 1, 2, 3, 4",
                first=first,
                last=WEEKS - 1,
                cartables=tuple(self.cartable_id.ids) or (0,),
                stages=tuple(self.filtered("suspended").stage_id.ids) or (0,),
            )
        )
        found = {}
        for stage, university, cartable, week, mean in rows:
            found.setdefault((stage, cartable or university), [0] * WEEKS)[week] = mean
        weeks = defaultdict(lambda: [0] * WEEKS)
        for office in self:
            key = (office.stage_id.id, office.cartable_id.id or office.university_id.id)
            place = (office.stage_id.id, office.university_id.id, office.cartable_id.id)
            weeks[place] = found.get(key, [0] * WEEKS)
        return weeks

    def action_open_work(self):
        """Open what lies in the office: the work, or its report for others."""
        self.ensure_one()
        self.check_access("read")
        domain = [
            ("stage_id", "=", self.stage_id.id),
            ("university_id", "=", self.university_id.id),
            ("cartable_id", "=", self.cartable_id.id),
        ]
        if self.university_id.is_organization:
            # students of every university come here
            domain.pop(1)
        name = "sajad_statistics.sajad_report_open_action"
        if self._may_see_work():
            name = "sajad_base.sajad_task_action"
            states = IN_CARTABLE if self.cartable_id else ("suspended",)
            domain.append(("state", "in", states))
        action = self.env["ir.actions.act_window"]._for_xml_id(name)
        action.update(domain=domain, context={}, display_name=self.display_name)
        # what lies there, before charts of it
        action["views"].sort(key=lambda view: view[1] not in ("kanban", "list"))
        return action

    def _may_see_work(self):
        if self.env.user.has_group("sajad_base.group_sajad_auditor"):
            return True
        # own membership only, whatever the user may read of colleagues
        Member = self.env["sajad.cartable.member"].sudo()
        return bool(
            self.cartable_id
            and Member.search_count(
                [
                    ("cartable_id", "=", self.cartable_id.id),
                    ("user_id", "=", self.env.uid),
                    *Member._get_active_domain(),
                ],
                limit=1,
            )
        )
