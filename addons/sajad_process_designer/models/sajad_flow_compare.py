from odoo import models
from odoo.tools.i18n import format_list

# what is no matter of a person who compares versions, or is compared in words
SKIPPED = {
    "flow_id",
    "stage_id",
    "sequence",
    "condition",
    "task_properties_definition",
    "check_ids",
    "predecessor_ids",
    "successor_ids",
    "create_uid",
    "create_date",
    "write_uid",
    "write_date",
}


class SajadFlow(models.Model):
    """Two versions side by side, in words (row A5)."""

    _inherit = "sajad.flow"

    def _compare_with(self, former):
        """Return what changed from `former` to this version.

        :return: dicts with `kind` (added, removed, changed), `stage_id`, `what`,
            `before` and `after`, in the order of the process
        :rtype: list
        """
        self.ensure_one()
        new = {step.stage_id: step for step in self.step_ids}
        old = {step.stage_id: step for step in former.step_ids}
        lines = self._compare_forms(former)
        for stage in (self.step_ids | former.step_ids).stage_id.sorted("sequence"):
            if stage not in old:
                lines.append(self._prepare_step_line("added", new[stage]))
            elif stage not in new:
                lines.append(self._prepare_step_line("removed", old[stage]))
            else:
                lines += self._compare_steps(old[stage], new[stage])
        return lines

    def _compare_forms(self, former):
        before, after = former._get_form_words(), self._get_form_words()
        if before == after:
            return []
        label = self.env._("Request Form")
        return [{"kind": "changed", "what": label, "before": before, "after": after}]

    def _get_form_words(self):
        Line = self.env["sajad.form.design.line"]
        return Line._describe_form(
            self.request_properties_definition, self.required_properties
        )

    def _prepare_step_line(self, kind, step):
        words = step._get_words()
        label = words["predecessor_ids"][1] or self.env._("at the beginning")
        side = "after" if kind == "added" else "before"
        return {
            "kind": kind,
            "stage_id": step.stage_id.id,
            "what": self.env._("The step, after:"),
            "before": "",
            "after": "",
            side: label,
        }

    def _compare_steps(self, old, new):
        before, after = old._get_words(), new._get_words()
        return [
            {
                "kind": "changed",
                "stage_id": new.stage_id.id,
                "what": after[name][0],
                "before": before[name][1],
                "after": after[name][1],
            }
            for name in after
            if before[name][1] != after[name][1]
        ]


class SajadFlowStep(models.Model):
    _inherit = "sajad.flow.step"

    def _get_words(self):
        """Return {field: (label, words)} of what a version says of a step."""
        self.ensure_one()
        words = {
            name: (self._get_label(name), text)
            for name, text in (
                ("predecessor_ids", self._join_names(self.predecessor_ids)),
                ("condition", self.condition_text or ""),
                ("task_properties_definition", self._get_form_words()),
                ("check_ids", self._get_check_words()),
            )
        }
        for name, field in self._fields.items():
            if field.store and not field.related and name not in SKIPPED:
                words[name] = (self._get_label(name), self._get_field_words(field))
        words.pop("id")
        return words

    def _get_label(self, name):
        return self._fields[name]._description_string(self.env)

    def _join_names(self, steps):
        names = steps.sorted("sequence").mapped("name")
        return format_list(self.env, names) if names else ""

    def _get_field_words(self, field):
        value = self[field.name]
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.name == "time_limit":
            if not value:
                return self.env._("no limit")
            return self.env._("%(hours)s working hours", hours=f"{value:g}")
        if field.relational:
            return format_list(self.env, value.mapped("display_name")) if value else ""
        return str(value or "")

    def _get_form_words(self):
        Line = self.env["sajad.form.design.line"]
        return Line._describe_form(self.task_properties_definition)

    def _get_check_words(self):
        definitions = self.task_properties_definition
        lines = []
        for check in self.check_ids:
            rule = self.flow_id._describe_domain(
                check.domain, "sajad.task", definitions
            )
            lines.append(f"{check.name} [{rule}]" if rule else check.name)
        return "\n".join(lines)
