from odoo import models

from odoo.addons.sajad_base.tools.sentences import tell_change


class SajadRequest(models.Model):
    """A clearance that an office returned is corrected: its form, and what it brought
    into the record of the student (row B4)."""

    _inherit = "sajad.request"

    def _correct_form(self, values, files):
        """Correct the clearance too, and the record of the student (row B4)."""
        lines = super()._correct_form(values, files)
        if self.process_id.matter != "clearance":
            return lines
        for name in ("clearance_reason", "card_delivered", "record_problem"):
            before = self._get_answer_shown(name)
            if name in values and values[name] != (self[name] or type(values[name])()):
                self[name] = values[name]
                after = self._get_answer_shown(name)
                lines.append(self._tell_change(name, before, after))
        return lines + self._correct_declared(values.get("declared") or {})

    def _get_answer_shown(self, name):
        if name == "card_delivered":
            return self.env._("Yes") if self.card_delivered else self.env._("No")
        if name == "clearance_reason":
            return dict(self._get_clearance_reasons()).get(self.clearance_reason)
        return self[name]

    def _correct_declared(self, said):
        """Correct what the student declared {field: value}, here and on the record.

        What was not corrected stays as it was declared, whatever the record says now.

        :return: a line for each change
        """
        student = self.student_id
        first = {line["name"]: line for line in self.declared or []}
        lines, changed = [], {}
        for line in self._prepare_declared(student, said):
            name = line["name"]
            before = student._get_form_shown(name)
            after = student._show_form_value(name, line["value"])
            if line["declared"]:
                label = student._fields[name]._description_string(self.env)
                lines.append(tell_change(self.env, label, before, after))
                changed[name] = line["value"]
            if line["declared"] or name not in first:
                first[name] = line
        if changed:
            student._keep_declared(changed, self)
            order = student._get_form_names()
            self.declared = [first[name] for name in order if name in first]
        return lines
