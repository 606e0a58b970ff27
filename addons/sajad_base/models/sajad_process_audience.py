from odoo import api, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain


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
        condition = self.student_condition
        if not condition or condition.strip() == "[]":
            return Domain.TRUE
        try:
            domain = Domain(tools.safe_eval.safe_eval(condition, {}))
            domain.validate(self.env["sajad.student"])
        except (ValueError, TypeError, SyntaxError, KeyError) as error:
            raise ValidationError(
                self.env._(
                    "The condition %(condition)s is invalid: %(error)s",
                    condition=condition,
                    error=error,
                )
            ) from error
        return domain

    @api.constrains("appeal_process_id")
    def _check_appeal(self):
        for process in self:
            if process.appeal_process_id and process.appealed_process_ids:
                raise ValidationError(
                    self.env._("There is no appeal against the decision of an appeal.")
                )
