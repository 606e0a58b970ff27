from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sajad_base.engine.states import IN_CARTABLE, OPEN_WORK

from ..tools.flow_layout import lay_out

# the mean wait is that of the last requests, not of all there ever were
MEAN_DAYS, MEAN_REQUESTS = 90, 500
DECIDED = ("approved", "seen", "refused", "sent_back", "referred")


class SajadFlow(models.Model):
    """The version drawn: boxes, arrows, and what waits where (row A5)."""

    _inherit = "sajad.flow"

    @api.readonly
    def get_drawing(self):
        """Return what the web client needs to draw the version (row A5).

        Counts and mean waiting times are those of the work that the user may read.

        :raise AccessError: the user may not read the version
        :return: {"state", "boxes", "arrows", "layers", "lanes"}; a mean wait is in
            seconds; boxes are in the order of the process
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        steps = self.step_ids
        drawing = lay_out({step.id: step.predecessor_ids.ids for step in steps})
        live = self._get_live_counts() if self.state != "draft" else {}
        means = self._get_mean_waits() if self.state != "draft" else {}
        boxes = []
        for step in steps:
            layer, lane = drawing["boxes"][step.id]
            boxes.append(
                {
                    **step._get_box(),
                    **live.get(step.id, {}),
                    "mean": means.get(step.stage_id.id),
                    "layer": layer,
                    "lane": lane,
                }
            )
        arrows = [
            {"from": one, "to": other, "points": points}
            for one, other, points in drawing["arrows"]
        ]
        return {
            "state": self.state,
            "boxes": boxes,
            "arrows": arrows,
            "layers": drawing["layers"],
            "lanes": drawing["lanes"],
        }

    def _get_live_counts(self):
        """Return {step id: {waiting, student, suspended, late}} of open work."""
        Task = self.env["sajad.task"]
        # the index of open work is by stage, that of suspended work by process
        domain = (
            Domain("stage_id", "in", self.step_ids.stage_id.ids)
            & Domain("step_id", "in", self.step_ids.ids)
            & Domain("current", "=", True)
        )
        names = {"ready": "waiting", "student": "student", "suspended": "suspended"}
        counts = {}
        for states in (
            Domain("state", "in", IN_CARTABLE),
            Domain("state", "=", "suspended")
            & Domain("process_id", "=", self.process_id.id),
        ):
            groups = Task._read_group(
                domain & states, ["step_id", "state"], ["__count"]
            )
            for step, state, count in groups:
                counts.setdefault(step.id, {})[names[state]] = count
        late = domain & Domain("is_late", "=", True)
        for step, count in Task._read_group(late, ["step_id"], ["__count"]):
            counts[step.id]["late"] = count
        return counts

    def _get_mean_waits(self):
        """Return {stage id: mean seconds from ready to decided}, of late."""
        requests = self.env["sajad.request"]._search(
            [("flow_id", "=", self.id)], order="id desc", limit=MEAN_REQUESTS
        )
        since = fields.Datetime.now() - timedelta(days=MEAN_DAYS)
        groups = self.env["sajad.event"]._read_group(
            Domain("request_id", "in", requests)
            & Domain("kind", "in", DECIDED)
            & Domain("date", ">=", since)
            & Domain("stage_id", "!=", False),
            ["stage_id"],
            ["waited:avg"],
        )
        return {stage.id: int(mean) for stage, mean in groups if mean is not None}

    def action_open_steps(self):
        """Open the version: what its drawing is clicked for elsewhere."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }


class SajadFlowStep(models.Model):
    _inherit = "sajad.flow.step"

    condition_text = fields.Char(
        compute="_compute_condition_text",
        string="Needed When",
        help="The condition in words. Empty: every request comes here.",
    )

    @api.depends("condition", "flow_id.request_properties_definition")
    def _compute_condition_text(self):
        for step in self:
            step.condition_text = step.flow_id._describe_condition(step.condition)

    def _get_box(self):
        """Hook: what is written in the box of a step."""
        self.ensure_one()
        mode = dict(self._fields["mode"]._description_selection(self.env))
        return {
            "id": self.id,
            "stage_id": self.stage_id.id,
            "name": self.name,
            "role": self.role_id.name,
            "hours": self.time_limit,
            "condition": self.condition_text,
            "mode": self.mode,
            "mode_name": mode.get(self.mode, ""),
            "join": self.join if len(self.predecessor_ids) > 1 else "",
            "recheck": self.recheck_of_id.name or "",
            "checks": len(self.check_ids),
            "form": len(self.task_properties_definition or []),
            "marks": self._get_marks(),
        }

    def _get_marks(self):
        """Hook: further signs of a box, as (name of an icon, words)."""
        self.ensure_one()
        # steps that draw a number say so, where steps can
        field = self._fields.get("numbering")
        if field and self[field.name]:
            return [("hashtag", field._description_string(self.env))]
        return []

    def action_open_step(self):
        """Open a step in a dialog of its own: what its box is clicked for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name or self.env._("Step"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_open_work(self):
        """Open the work that lies at the step now (row A10)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_task_action"
        )
        action["domain"] = [
            ("stage_id", "=", self.stage_id.id),
            ("step_id", "=", self.id),
            ("current", "=", True),
            ("state", "in", list(OPEN_WORK)),
        ]
        action["context"] = {}
        action["display_name"] = self.name
        action["path"] = False
        return action
