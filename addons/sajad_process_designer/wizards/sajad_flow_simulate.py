from types import SimpleNamespace

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.sajad_base.engine.journey import Journey
from odoo.addons.sajad_base.engine.states import INFORMATION
from odoo.addons.sajad_base.tools.conditions import filter_condition
from odoo.addons.sajad_base.tools.show_if import drop_unasked


class SajadFlowSimulate(models.TransientModel):
    """Try a version, published or not, on a sample requester (row A5).

    Nothing is created: the arrows are walked as the engine walks them, with a request
    that exists in memory only.
    """

    _name = "sajad.flow.simulate"
    _description = "Try a Version on a Sample"

    flow_id = fields.Many2one(
        "sajad.flow", string="Version", required=True, ondelete="cascade"
    )
    # one of these asks
    student_id = fields.Many2one("sajad.student", string="Sample Student")
    institution_id = fields.Many2one("sajad.institution", string="Sample Institution")
    person_id = fields.Many2one(
        "res.partner",
        string="Sample Member of Staff",
        domain=[("user_ids.share", "=", False)],
    )
    university_id = fields.Many2one("sajad.university", compute="_compute_place")
    faculty_id = fields.Many2one("sajad.faculty", compute="_compute_place")
    note = fields.Text(
        string="Explanation", help="As if the requester had written it in the request."
    )
    answers = fields.Properties(
        definition="flow_id.request_properties_definition",
        help="As if the requester had filled in the form so.",
    )
    line_ids = fields.One2many(
        "sajad.flow.simulate.line",
        "wizard_id",
        string="Steps",
        compute="_compute_line_ids",
        store=True,
    )

    def _get_sample(self):
        """Return the requester on whom the version is tried, or nobody."""
        self.ensure_one()
        return (self.student_id or self.institution_id or self.person_id)._origin

    @api.depends("student_id", "institution_id", "person_id")
    def _compute_place(self):
        for wizard in self:
            sample = wizard._get_sample()
            vals = sample._prepare_requester_vals() if sample else {}
            wizard.university_id = vals.get("university_id")
            wizard.faculty_id = vals.get("faculty_id")

    @api.depends(
        "flow_id", "student_id", "institution_id", "person_id", "note", "answers"
    )
    def _compute_line_ids(self):
        for wizard in self:
            lines = []
            if wizard.flow_id and wizard._get_sample():
                lines = wizard._simulate()
            wizard.line_ids = [Command.clear()] + [
                Command.create(values) for values in lines
            ]

    def _simulate(self):
        """Return the values of the lines, in the order in which steps are reached."""
        self.ensure_one()
        steps = self.flow_id._origin.step_ids
        request = self._new_request()
        journey = self._new_journey(steps)
        wave = [node for node in journey.nodes.values() if not node.step.predecessors]
        lines, level = [], 1
        while wave:
            holding = []
            for node in wave:  # grows: what does not hold up passes on at once
                values = self._prepare_line(node.step.record, request, level)
                lines.append(values)
                node.set(state="skipped" if values["result"] == "skip" else "ready")
                if node.is_finished:
                    wave += journey.count_down(node)
                else:
                    holding.append(node)
            wave = []
            for node in holding:
                node.set(state="done")
                wave += journey.count_down(node)
            level += 1
        return lines

    def _new_journey(self, steps):
        structure = {
            step.id: SimpleNamespace(
                id=step.id,
                predecessors=step.predecessor_ids.ids,
                successors=step.successor_ids.ids,
                join=step.join,
                information=step.mode == INFORMATION,
                record=step,
            )
            for step in steps
        }
        journey = Journey(None, structure)
        journey.begin()
        return journey

    def _new_request(self):
        form = self.flow_id.request_properties_definition
        answers = drop_unasked(form, dict(self.answers._values or {}))
        return self.env["sajad.request"].new(
            {
                "name": "/",
                "process_id": self.flow_id.process_id.id,
                "flow_id": self.flow_id._origin.id,
                "state": "running",
                **self._get_sample()._prepare_requester_vals(),
                "note": self.note,
                "properties": answers,
            }
        )

    def _prepare_line(self, step, request, level):
        """Return what happens to the request at a step."""
        values = {"level": level, "step_id": step.id}
        if filter_condition(request, step.condition) == request.browse():
            return {**values, "result": "skip"}
        cartable = self._get_cartable(step.role_id)
        if not cartable:
            return {**values, "result": "no_cartable"}
        if not cartable._has_active_member():
            return {**values, "result": "no_member", "cartable_id": cartable.id}
        result = "information" if step.mode == INFORMATION else "run"
        return {**values, "result": result, "cartable_id": cartable.id}

    def _get_cartable(self, role):
        """Return the cartable that a request of the sample would reach."""
        domain = [
            ("role_id", "=", role.id),
            ("process_id", "=", self.flow_id.process_id.id),
        ]
        if role.level == "organization":
            domain.append(("university_id.is_organization", "=", True))
        else:
            faculty_id = self.faculty_id.id if role.level == "faculty" else False
            domain += [
                ("university_id", "=", self.university_id.id),
                ("faculty_id", "=", faculty_id),
            ]
        return self.env["sajad.cartable"].search(domain, limit=1)
