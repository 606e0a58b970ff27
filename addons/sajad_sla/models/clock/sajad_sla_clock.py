from odoo import api, fields, models

from .sajad_sla_policy import METRICS


class SajadSlaClock(models.Model):
    """How long a request took for what was promised: a copy of its history (row D4).

    Rows are written by `sajad.sla.keeper` alone, set by set, and can be made anew from
    history at any time.
    """

    _name = "sajad.sla.clock"
    _description = "Clock of a Request"
    _inherit = ["sajad.client.guard"]
    _order = "request_id desc, id"
    _rec_name = "request_id"
    _log_access = False

    request_id = fields.Many2one(
        "sajad.request", required=True, index=True, ondelete="cascade"
    )
    process_id = fields.Many2one("sajad.process", string="Service", required=True)
    university_id = fields.Many2one("sajad.university", required=True, index=True)
    policy_id = fields.Many2one(
        "sajad.sla.policy", string="Promise", required=True, ondelete="restrict"
    )
    version_id = fields.Many2one(
        "sajad.sla.version", required=True, ondelete="restrict"
    )
    calendar_id = fields.Many2one(
        "resource.calendar", string="Working Calendar", ondelete="restrict"
    )
    metric = fields.Selection(METRICS, string="What Is Promised", required=True)
    cycle = fields.Integer(
        required=True,
        aggregator=None,
        help="The how many-th clock of its kind: a request that is opened again "
        "begins a new one.",
    )
    target = fields.Integer(string="Promised (Seconds)", aggregator=None)
    used = fields.Integer(string="Used (Seconds)", aggregator=None)
    target_hours = fields.Float(string="Promised", compute="_compute_hours")
    used_hours = fields.Float(
        string="Used",
        compute="_compute_hours",
        help="In working time, when the clock last changed.",
    )
    date_start = fields.Datetime(string="Begun", required=True)
    date_stop = fields.Datetime(string="Ended")
    date_paused = fields.Datetime(
        string="Stands Since", help="While the office waits for the requester."
    )
    date_deadline = fields.Datetime(
        string="Promised Until", help="Empty while the clock stands."
    )
    state = fields.Selection(
        [
            ("running", "Running"),
            ("paused", "Stands"),
            ("met", "Met in Time"),
            ("missed", "Not in Time"),
            ("dropped", "Not Needed"),
            ("unmeasured", "Cannot Be Measured"),
        ],
        string="Status",
        required=True,
        help="Cannot be measured: the university has no working calendar, or one "
        "without fixed hours.",
    )
    is_late = fields.Boolean(
        string="Late", help="More was used than promised, whatever comes."
    )
    is_at_risk = fields.Boolean(
        string="At Risk",
        help="By how long requests of the kind took and how many wait now, it will "
        "probably be late.",
    )
    date_alarm = fields.Datetime(string="Next Reminder")
    told = fields.Integer(
        string="Told Until", help="The last step of the ladder, seconds after the end."
    )

    _clock_uniq = models.UniqueIndex(
        "(request_id, metric, cycle)", "There is this clock already."
    )
    # what waits for its next step, and what may be late
    _alarm_idx = models.Index("(date_alarm, id) WHERE date_alarm IS NOT NULL")
    _open_idx = models.Index(
        "(process_id, metric) WHERE state IN ('running', 'paused', 'unmeasured')"
    )
    _policy_idx = models.Index("(policy_id, version_id)")
    _stop_idx = models.Index("(date_stop) WHERE date_stop IS NOT NULL")

    @api.depends("target", "used")
    def _compute_hours(self):
        for clock in self:
            clock.target_hours = clock.target / 3600
            clock.used_hours = clock.used / 3600

    def _get_client_refusal(self):
        return self.env._("Clocks follow the history of their requests.")
