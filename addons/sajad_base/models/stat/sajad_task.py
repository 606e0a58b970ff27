from odoo import api, fields, models


class SajadTask(models.Model):
    _inherit = "sajad.task"

    waiting_text = fields.Char(
        string="Waiting Time",
        compute="_compute_waiting_text",
        help="Calendar time since the work reached the office, as people say it.",
    )

    @api.depends_context("lang")
    @api.depends("date_ready", "date_done")
    def _compute_waiting_text(self):
        now = fields.Datetime.now()
        Office = self.env["sajad.bottleneck"]
        for task in self:
            seconds = (
                (task.date_done or now) - (task.date_ready or now)
            ).total_seconds()
            task.waiting_text = Office._format_hours(max(seconds, 0) / 3600)
