from odoo import api, fields, models


class SajadTask(models.Model):
    """The visits of a student to the office that has the work (row B2)."""

    _inherit = "sajad.task"

    visit_ids = fields.One2many("sajad.visit", "task_id", string="Visits")
    visit_slot_id = fields.Many2one(
        "sajad.visit.slot", compute="_compute_visit", string="Appointment"
    )
    no_show_count = fields.Integer(compute="_compute_visit", string="Missed Visits")

    @api.depends("visit_ids.state", "visit_ids.slot_id")
    def _compute_visit(self):
        counts = self._get_no_show_counts()
        for task in self:
            planned = task.visit_ids.filtered(lambda v: v.state == "planned")
            task.visit_slot_id = planned[:1].slot_id
            task.no_show_count = counts.get(task._origin.id, 0)

    def _get_no_show_counts(self):
        """Return {task id: how often the student did not come}."""
        groups = (
            self.env["sajad.visit"]
            # a count of what whoever reads the work may know
            .sudo()
            ._read_group(
                [("task_id", "in", self.ids), ("state", "=", "no_show")],
                ["task_id"],
                ["__count"],
            )
        )
        return {task.id: count for task, count in groups}
