from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sajad_base.engine.states import IN_CARTABLE


class SajadReportOpen(models.Model):
    """Open work as it lies now, without names of students (row B12).

    A report of its own, because the one access rule of work items must stay the only
    one: whoever reads reports sees numbers of requests here and decides nothing.
    """

    _name = "sajad.report.open"
    _description = "Open Work"
    _inherit = ["sajad.stat.mixin"]
    _auto = False
    _order = "date_ready, id"
    _rec_name = "request_name"
    _medians = {"age_p50": 0.5, "age_p90": 0.9}
    _depends = {
        "sajad.task": ["state", "current", "date_ready", "date_due", "cartable_id"],
        "sajad.request": ["name", "date_submit"],
    }

    university_id = fields.Many2one("sajad.university", readonly=True)
    faculty_id = fields.Many2one("sajad.faculty", readonly=True)
    stage_id = fields.Many2one("sajad.stage", string="Office", readonly=True)
    cartable_id = fields.Many2one("sajad.cartable", readonly=True)
    request_name = fields.Char(string="Request Number", readonly=True)
    state = fields.Selection(
        [
            ("ready", "To Do"),
            ("student", "With the Student"),
            ("suspended", "Suspended"),
        ],
        string="Status",
        readonly=True,
    )
    is_late = fields.Boolean(string="Late", readonly=True)
    late = fields.Integer(string="Number of Late", readonly=True)
    date_submit = fields.Datetime(string="Submitted on", readonly=True)
    date_ready = fields.Datetime(string="Since", readonly=True)
    date_due = fields.Datetime(string="Due", readonly=True)
    age_days = fields.Float(
        string="Waiting (Days)",
        digits=(16, 1),
        aggregator="max",
        readonly=True,
        help="Calendar days since the work reached the office. Of a group: the oldest.",
    )
    age_p50 = fields.Float(
        string="Median Age (Days)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="Half of what waits now has waited longer. Open work only.",
    )
    age_p90 = fields.Float(
        string="90th Percentile of Age (Days)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
        help="One in ten of what waits now has waited longer. Open work only.",
    )

    @property
    def _table_query(self):
        now = fields.Datetime.now()
        age = SQL(
            "GREATEST(extract(epoch FROM %s - COALESCE(task.date_ready, "
            "task.write_date)) / 86400, 0)::float8",
            now,
        )
        late = SQL("(task.state = 'ready' AND task.date_due < %s) IS TRUE", now)
        return SQL(
            """
            SELECT task.id, task.process_id, task.university_id, task.faculty_id,
                   task.stage_id, task.cartable_id, task.state,
                   request.name AS request_name, request.date_submit,
                   task.date_ready, task.date_due,
                   %(late)s AS is_late, (%(late)s)::int AS late,
                   %(age)s AS age_days, %(age)s AS age_p50, %(age)s AS age_p90
                   %(dimensions)s
              FROM sajad_task task
              JOIN sajad_request request ON request.id = task.request_id
             WHERE (task.state IN %(in_cartable)s OR task.state = 'suspended')
            """,
            late=late,
            age=age,
            # apart, for each of the two has its index: one list of all is in neither
            in_cartable=IN_CARTABLE,
            dimensions=self._dimensions_sql(),
        )

    @api.readonly
    def action_open_task(self):
        """Open the work itself, for those who may see it.

        :raise AccessError: the user is no member of the cartable
        """
        self.ensure_one()
        # this report was read as the user; the work has a rule of its own
        self.check_access("read")
        task = self.env["sajad.task"].browse(self.id)
        task.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "sajad.task",
            "res_id": task.id,
            "views": [(False, "form")],
        }
