from odoo import api, fields, models
from odoo.tools.i18n import format_list

from .sajad_sla_policy import UNITS

PRIORITIES = [("0", "Low"), ("1", "Normal"), ("2", "High"), ("3", "Urgent")]


class SajadSlaLine(models.Model):
    """What a promise promises to requests of a priority (row D4)."""

    _name = "sajad.sla.line"
    _description = "Promise by Priority"
    _inherit = ["sajad.sla.part"]
    _order = "priority desc, id"

    policy_id = fields.Many2one(
        "sajad.sla.policy", required=True, index=True, ondelete="cascade"
    )
    priority = fields.Selection(PRIORITIES, required=True, default="3")
    target = fields.Float(required=True, default=4, help="In working time.")
    unit = fields.Selection(UNITS, required=True, default="hours")

    _priority_uniq = models.Constraint(
        "unique(policy_id, priority)", "This priority has its time already."
    )
    _target_check = models.Constraint(
        "CHECK (target > 0)", "A promise takes some time."
    )

    def _get_terms(self):
        """Return (priority, target, unit)."""
        self.ensure_one()
        return self.priority, self.target, self.unit

    @api.model
    def _tell(self, rows):
        """Return what frozen rows say, in one line."""
        priorities = dict(self._fields["priority"]._description_selection(self.env))
        units = dict(self._fields["unit"]._description_selection(self.env))
        told = [
            f"{priorities.get(priority, priority)}: {target:g} {units[unit]}"
            for priority, target, unit in rows
        ]
        return format_list(self.env, told)
