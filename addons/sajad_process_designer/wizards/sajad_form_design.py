from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.sajad_base.tools.form_properties import get_kind

from .sajad_form_design_line import KINDS

# kinds without an answer that another field could wait for
UNANSWERED = ("file", "separator")


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
        line = self.env["sajad.form.design.line"]
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
                        **line._get_rule_vals(
                            definition.get("show_if"), design._get_definitions_by_name()
                        ),
                    }
                )
                for sequence, definition in enumerate(design._get_definitions())
                if definition["type"] in dict(KINDS)
            ]

    def _get_target(self):
        """Return the record that holds the definition, and its field.

        Hook: an addon adds a field to its record here.
        """
        self.ensure_one()
        if self.step_id:
            return self.step_id._origin, "task_properties_definition"
        return self.flow_id._origin, "request_properties_definition"

    def _get_required(self):
        """Return the names of the required fields; steps have none."""
        target, _name = self._get_target()
        return (self._has_required(target) and target.required_properties) or []

    @api.model
    def _has_required(self, target):
        """Return whether the form of a record has fields that must be filled in."""
        return "required_properties" in target._fields

    def _get_definitions(self):
        target, name = self._get_target()
        return (target and target[name]) or []

    def _get_definitions_by_name(self):
        return {question["name"]: question for question in self._get_definitions()}

    def _prepare_definitions(self, lines):
        """Return the definitions of the fields, each with its rule.

        :raise UserError: with what is wrong with a field
        """
        before, above = self._get_definitions_by_name(), {}
        definitions = []
        for line in lines:
            definition = line._prepare_definition(before.get(line.code, {}))
            if rule := line._prepare_rule(above):
                definition["show_if"] = rule
            definitions.append(definition)
            if line.kind not in UNANSWERED:
                above[definition["name"]] = definition
        return definitions

    def action_apply(self):
        """Write the form (row A5).

        :raise UserError: the version is published, or a choice has no choices
        """
        self.ensure_one()
        lines = self.line_ids.sorted("sequence")
        # kinds that cannot be laid out here are kept as they are
        kept = [d for d in self._get_definitions() if d["type"] not in dict(KINDS)]
        target, name = self._get_target()
        self._check_office_form(lines)
        definitions = self._prepare_definitions(lines)
        target[name] = definitions + kept
        if self._has_required(target):
            target.required_properties = [
                definition["name"]
                for line, definition in zip(lines, definitions, strict=True)
                if line.required and line.kind != "separator"
            ]
        return {"type": "ir.actions.act_window_close"}

    def _check_office_form(self, lines):
        """Refuse what the form of an office does not have.

        :raise UserError: a file, which an office sends in the conversation
        """
        if self.step_id and any(line.kind == "file" for line in lines):
            raise UserError(
                self.env._(
                    "The form of an office takes no files: offices attach them to the "
                    "conversation. Only request forms have such a field."
                )
            )
