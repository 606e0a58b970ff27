from graphlib import CycleError, TopologicalSorter

from odoo import models
from odoo.tools.i18n import format_list

from ..engine.states import INFORMATION


class SajadFlow(models.Model):
    """What prevents a version from being published, in sentences (row A5)."""

    _inherit = "sajad.flow"

    def _get_publish_problems(self):
        """Return readable sentences, empty when the version can be published."""
        self.ensure_one()
        problems = []
        if not self.step_ids:
            problems.append(self.env._("There is no step."))
        problems += self._get_graph_problems()
        for step in self.step_ids:
            problems += step._get_problems()
        if self.step_ids and all(s.mode == INFORMATION for s in self.step_ids):
            problems.append(self.env._("Every step is for information only."))
        return problems

    def _get_graph_problems(self):
        steps = self.step_ids
        problems = [
            self.env._("%(step)s follows a step of another version.", step=step.name)
            for step in steps
            if step.predecessor_ids - steps
        ]
        try:
            graph = {step: step.predecessor_ids & steps for step in steps}
            list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names = " ← ".join(step.name for step in error.args[1])
            problems.append(
                self.env._("These steps wait for each other: %(names)s", names=names)
            )
        if steps and all(step.predecessor_ids for step in steps):
            problems.append(self.env._("No step starts the flow."))
        return problems + self._get_unreachable(steps)

    def _get_unreachable(self, steps):
        reached = frontier = steps.filtered(lambda s: not s.predecessor_ids)
        while frontier:
            frontier = frontier.successor_ids & steps - reached
            reached |= frontier
        return [
            self.env._("%(step)s is never reached.", step=step.name)
            for step in steps - reached
        ]

    def _get_missing_cartables(self):
        """Return a line per role that has no cartable at a university."""
        self.ensure_one()
        lines = []
        Cartable = self.env["sajad.cartable"]
        universities = self.process_id._get_universities()
        for role in self.step_ids.role_id:
            wanted = universities
            if role.level == "organization":
                wanted = self.env["sajad.university"].search(
                    [("is_organization", "=", True)]
                )
            present = Cartable.search(
                [("role_id", "=", role.id), ("process_id", "=", self.process_id.id)]
            ).university_id
            missing = wanted - present
            if missing:
                lines.append(
                    self.env._(
                        "%(role)s has no cartable at: %(universities)s",
                        role=role.name,
                        universities=format_list(self.env, missing.mapped("name")),
                    )
                )
        return lines
