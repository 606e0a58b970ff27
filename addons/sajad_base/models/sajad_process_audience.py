from odoo import api, models

from ..tools.conditions import parse_condition


class SajadProcess(models.Model):
    """To whom a service is offered (row A8)."""

    _inherit = "sajad.process"

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
