from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.i18n import format_list

from ...tools.conditions import (
    filter_condition,
    parse_condition,
    read_condition,
    spell_condition,
)


class SajadFlowStepCheck(models.Model):
    """What must hold before a step can be approved (row A5)."""

    _name = "sajad.flow.step.check"
    _description = "Step Check"
    _order = "step_id, sequence, id"

    step_id = fields.Many2one(
        "sajad.flow.step", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(
        string="Message",
        required=True,
        translate=True,
        help="What the expert reads when the check fails.",
    )
    domain = fields.Char(
        string="Must Match",
        required=True,
        default="[]",
        help="A domain on the work item; fields of the step form are reached as "
        "properties.<name>.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        checks.step_id._check_flow_draft()
        checks._spell_domain()
        return checks

    def write(self, vals):
        self.step_id._check_flow_draft()
        result = super().write(vals)
        if "domain" in vals:
            self._spell_domain()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self.step_id._check_flow_draft()

    def _spell_domain(self):
        """Keep the values of the domain in the types of their fields.

        :raise ValidationError: with what cannot be read
        """
        for check in self:
            form = check.step_id.task_properties_definition
            text = spell_condition(self.env, check.domain, "sajad.task", form)
            if text != check.domain:
                check.domain = text

    def _parse_domain(self):
        """Return the domain on `sajad.task`.

        :raise ValidationError: the text is no valid domain
        """
        self.ensure_one()
        form = self.step_id.task_properties_definition
        return parse_condition(self.env, self.domain, "sajad.task", form)

    def _filter_passed(self, tasks):
        """Return those of some work items that pass; of a broken check none does."""
        self.ensure_one()
        passed = filter_condition(tasks, self.domain)
        return tasks.browse() if passed is None else passed

    def _describe(self):
        """Return the sentence of the check and the boxes of the form that it is on.

        :return: {"sentence": text that names the boxes, "boxes": names of properties}
        """
        self.ensure_one()
        labels = {
            definition["name"]: definition["string"]
            for definition in self.step_id.task_properties_definition or []
        }
        boxes = [name for name in self._get_property_names() if name in labels]
        missing = [labels[name] for name in boxes if labels[name] not in self.name]
        if not missing:
            return {"sentence": self.name, "boxes": boxes}
        sentence = self.env._(
            "%(boxes)s: %(message)s",
            boxes=format_list(self.env, missing),
            message=self.name,
        )
        return {"sentence": sentence, "boxes": boxes}

    def _get_property_names(self):
        """Return the names of the properties that the check asks for, in order."""
        try:
            domain = read_condition(self.env, self.domain)
        except ValidationError:
            # kept in former times: none passes, whatever is filled in
            return []
        names = [
            condition.field_expr.partition(".")[2]
            for condition in domain.iter_conditions()
            if condition.field_expr.startswith("properties.")
        ]
        return list(dict.fromkeys(names))
