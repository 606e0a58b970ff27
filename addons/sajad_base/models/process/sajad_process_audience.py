from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.i18n import format_list

from ...tools.conditions import filter_condition, parse_condition

# {kind of requester: the field that says whether it may apply}
AUDIENCES = {
    kind: f"for_{kind}" for kind in ("student", "graduate", "institution", "staff")
}


class SajadProcess(models.Model):
    """To whom a service is offered (row A8)."""

    _inherit = "sajad.process"

    audience_text = fields.Char(string="For Whom", compute="_compute_audience_text")

    @api.depends_context("lang")
    @api.depends(*AUDIENCES.values())
    def _compute_audience_text(self):
        names = {
            kind: self._fields[name]._description_string(self.env)
            for kind, name in AUDIENCES.items()
        }
        for process in self:
            audiences = [names[kind] for kind in process._get_audiences()]
            process.audience_text = format_list(self.env, audiences)

    @api.constrains(*AUDIENCES.values())
    def _check_audience(self):
        for process in self:
            if not process._get_audiences():
                raise ValidationError(
                    self.env._("Say who may apply for %(name)s.", name=process.name)
                )

    def _get_audiences(self):
        """Return the kinds of requesters that may apply."""
        self.ensure_one()
        return [kind for kind, name in AUDIENCES.items() if self[name]]

    def _is_offered_to(self, requester):
        """Whether the requester may apply, be the call open or not."""
        self.ensure_one()
        kind = requester._get_requester_kind()
        return (
            kind in self._get_audiences()
            and self._is_offered_at(requester._get_requester_university())
            and self._meets_condition(requester)
            # where a condition decides, the request says whether it holds
            and all(
                step.condition for step in self._get_steps_without_office(requester)
            )
        )

    def _meets_condition(self, requester):
        """Whether a study meets the condition of the service; others have none."""
        if requester._name != "sajad.student":
            return True
        # the rule is the administrator's: it may ask what the student does not read
        return bool(filter_condition(requester.sudo(), self.student_condition))

    def _get_steps_without_office(self, requester):
        """Return the steps that no office of the requester can decide, ever.

        Institutions and staff have no faculty; the Organization has offices of its
        own level only.
        """
        self.ensure_one()
        vals = requester._prepare_requester_vals()
        if vals.get("faculty_id"):
            return []
        levels = ["faculty"]
        if requester._get_requester_university().is_organization:
            levels.append("university")
        steps = self.env["sajad.flow"]._get_structure(self.published_flow_id.id)
        return [step for step in steps.values() if step.role_level in levels]

    @api.constrains("student_condition")
    def _check_student_condition(self):
        for process in self:
            process._parse_student_condition()

    def _parse_student_condition(self):
        """Return the domain on `sajad.student` of those who may apply.

        :raise ValidationError: the condition is no valid domain
        """
        self.ensure_one()
        return parse_condition(self.env, self.student_condition, "sajad.student")
