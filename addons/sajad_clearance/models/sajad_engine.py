from odoo import models


class SajadEngine(models.AbstractModel):
    """How an addon adds a rule of its own to the engine: one hook, super() first."""

    _inherit = "sajad.engine"

    def _get_blockers(self, tasks):
        """Hold offices back whose form shows a debt that nobody has settled."""
        blockers = super()._get_blockers(tasks)
        for task in tasks:
            problems = task._get_debt_problems()
            if problems:
                blockers[task] = blockers.get(task, []) + problems
        return blockers
