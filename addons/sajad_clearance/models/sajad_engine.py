from odoo import models
from odoo.tools.misc import formatLang


class SajadEngine(models.AbstractModel):
    """How an addon adds a rule of its own to the engine: one hook, super() first."""

    _inherit = "sajad.engine"

    def _get_blockers(self, tasks):
        """Hold offices back that have an open hold against the student (row B7)."""
        blockers = super()._get_blockers(tasks)
        holds = tasks._get_office_holds([("state", "=", "open")])
        for task in tasks:
            problems = task._get_debt_problems()
            problems += [self._get_hold_problem(hold) for hold in holds.get(task, ())]
            if problems:
                blockers[task] = blockers.get(task, []) + problems
        return blockers

    def _get_hold_problem(self, hold):
        if hold.kind == "debt":
            return self.env._(
                "%(hold)s: %(amount)s rials are not settled.",
                hold=hold.description,
                amount=formatLang(self.env, hold.residual, digits=0),
            )
        return self.env._("%(hold)s is not settled.", hold=hold.description)
