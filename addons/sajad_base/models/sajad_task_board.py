from odoo import api, models
from odoo.fields import Domain

from ..engine.states import IN_CARTABLE


class SajadTask(models.Model):
    """The columns of the boards."""

    _inherit = "sajad.task"

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Show every column of a process when the board is of one process."""
        processes = self.env["sajad.process"].browse(
            {
                value
                for condition in Domain(domain).optimize(self).iter_conditions()
                if condition.field_expr == "process_id"
                for value in condition.value
                if condition.operator == "in"
            }
        )
        # one search, so that the columns keep the order of the process
        return stages.search(
            Domain("id", "in", stages.ids) | Domain("process_id", "in", processes.ids)
        )

    @api.model
    def _read_group_states(self, states, domain):
        """Show the columns of an office's day even when they are empty."""
        day = (*IN_CARTABLE, "done")
        present = set(states) | set(day)
        return [s for s, _label in self._fields["state"].selection if s in present]
