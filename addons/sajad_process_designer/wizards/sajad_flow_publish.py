from odoo import api, fields, models
from odoo.fields import Command


class SajadFlowPublish(models.TransientModel):
    """Publish a version, or read what prevents it (row A5)."""

    _name = "sajad.flow.publish"
    _description = "Publish a Version"

    flow_id = fields.Many2one(
        "sajad.flow", string="Version", required=True, ondelete="cascade"
    )
    former_id = fields.Many2one(related="flow_id.process_id.published_flow_id")
    running_count = fields.Integer(related="former_id.open_request_count")
    line_ids = fields.One2many(
        "sajad.flow.publish.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        string="Findings",
    )
    problem_count = fields.Integer(compute="_compute_problem_count")

    @api.depends("flow_id")
    def _compute_line_ids(self):
        for wizard in self:
            values = wizard._prepare_lines() if wizard.flow_id else []
            wizard.line_ids = [Command.clear()] + [Command.create(v) for v in values]

    @api.depends("line_ids.kind")
    def _compute_problem_count(self):
        for wizard in self:
            problems = wizard.line_ids.filtered(lambda line: line.kind == "problem")
            wizard.problem_count = len(problems)

    def _prepare_lines(self):
        flow = self.flow_id._origin
        lines = []
        for problem in flow._get_publish_problems():
            # the step to mend is the first one that the sentence names
            named = [s for s in flow.step_ids if s.name and s.name in problem]
            named.sort(key=lambda step: problem.index(step.name))
            lines.append(
                {
                    "kind": "problem",
                    "sentence": problem,
                    "step_id": named[0].id if named else False,
                }
            )
        lines += [
            {"kind": "warning", "sentence": sentence}
            for sentence in flow._get_missing_cartables()
        ]
        return lines

    def action_apply(self):
        """Publish the version.

        :raise UserError: with everything that prevents publishing
        """
        self.ensure_one()
        self.flow_id.action_publish()
        return {"type": "ir.actions.act_window_close"}


class SajadFlow(models.Model):
    _inherit = "sajad.flow"

    def action_open_publish(self):
        """Open the dialog that publishes, or tells what prevents it (row A5)."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        wizard = self.env["sajad.flow.publish"].create({"flow_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "large"},
        }
