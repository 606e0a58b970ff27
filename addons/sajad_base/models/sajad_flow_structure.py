from odoo import api, models, tools

from ..engine import states
from ..engine.structure import PERMISSIONS, Step
from ..tools.conditions import parse_condition


class SajadFlow(models.Model):
    """A version as the engine reads it: plain values, cached."""

    _inherit = "sajad.flow"

    @api.model
    @tools.ormcache("flow_id", cache="stable")
    def _get_structure(self, flow_id):
        """Return the steps of a flow as plain values: {step id: Step}."""
        # The structure of a published flow is no secret of one user.
        steps = self.sudo().browse(flow_id).step_ids
        return {
            step.id: Step(
                id=step.id,
                stage_id=step.stage_id.id,
                role_id=step.role_id.id,
                role_level=step.role_id.level,
                predecessors=tuple(step.predecessor_ids.ids),
                successors=tuple(step.successor_ids.ids),
                join=step.join,
                information=step.mode == states.INFORMATION,
                assigns=step.mode == states.ASSIGN,
                # who picks the expert of this step
                assigned_by=step.predecessor_ids.filtered(
                    lambda before: before.mode == states.ASSIGN
                )[:1].id,
                numbering=step.numbering,
                condition=step.condition or "",
                time_limit=step.time_limit,
                recheck_of=step.recheck_of_id.id,
                permissions=frozenset(name for name in PERMISSIONS if step[name]),
                has_checks=bool(step.check_ids),
            )
            for step in steps
        }

    @api.model
    def _parse_condition(self, condition):
        """Return the domain on `sajad.request` that a condition stands for.

        :raise ValidationError: the condition is no valid domain
        """
        return parse_condition(self.env, condition, "sajad.request")
