from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.sajad_base.tools.form_properties import get_kind

from .sajad_form_design_line import KINDS


class SajadFormDesign(models.TransientModel):
    """Design the form of a request, or what an office fills in at a step (row A5).

    Odoo lets a definition of properties be edited only on a record that has it; a
    draft has no requests yet, so the fields are laid out here.
    """

    _name = "sajad.form.design"
    _description = "Design a Form"

    flow_id = fields.Many2one("sajad.flow", string="Version", ondelete="cascade")
    step_id = fields.Many2one("sajad.flow.step", ondelete="cascade")
    line_ids = fields.One2many(
        "sajad.form.design.line",
        "design_id",
        string="Fields",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("flow_id", "step_id")
    def _compute_line_ids(self):
        for design in self:
            design.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "sequence": sequence,
                        "code": definition["name"],
                        "label": definition.get("string") or definition["name"],
                        "kind": get_kind(definition),
                        "help_text": definition.get("help"),
                        "required": definition["name"] in design._get_required(),
                        "choices": "\n".join(
                            option[1]
                            for option in definition.get("selection")
                            or definition.get("tags")
                            or []
                        ),
                    }
                )
                for sequence, definition in enumerate(design._get_definitions())
                if definition["type"] in dict(KINDS)
            ]

    def _get_target(self):
        """Return the record that holds the definition, and its field."""
        self.ensure_one()
        if self.step_id:
            return self.step_id._origin, "task_properties_definition"
        return self.flow_id._origin, "request_properties_definition"

    def _get_required(self):
        """Return the names of the required fields; steps have none."""
        target, _name = self._get_target()
        is_request = target._name == "sajad.flow"
        return (is_request and target.required_properties) or []

    def _get_definitions(self):
        target, name = self._get_target()
        return (target and target[name]) or []

    def action_apply(self):
        """Write the form (row A5).

        :raise UserError: the version is published, or a choice has no choices
        """
        self.ensure_one()
        before = {d["name"]: d for d in self._get_definitions()}
        lines = self.line_ids.sorted("sequence")
        # kinds that cannot be laid out here are kept as they are
        kept = [d for d in before.values() if d["type"] not in dict(KINDS)]
        target, name = self._get_target()
        definitions = [
            line._prepare_definition(before.get(line.code, {})) for line in lines
        ]
        target[name] = definitions + kept
        if target._name == "sajad.flow":
            target.required_properties = [
                definition["name"]
                for line, definition in zip(lines, definitions, strict=True)
                if line.required and line.kind != "separator"
            ]
        return {"type": "ir.actions.act_window_close"}
