from odoo import fields, models

from ...tools.conditions import parse_condition


class SajadFlowForm(models.AbstractModel):
    """What a version asks the applicant: part of it, and frozen with it (row A5).

    Requests show the form of the version that they run on. A later version asks
    something else without touching an answer.
    """

    _name = "sajad.flow.form"
    _description = "Request Form of a Version"

    request_properties_definition = fields.PropertiesDefinition("Request Form")
    # Odoo's properties know nothing of required ones
    required_properties = fields.Json(
        string="Required Fields", help="Names of the fields that must be filled in."
    )

    def _parse_condition(self, condition):
        """Return the domain on `sajad.request` that a condition stands for.

        :raise ValidationError: the condition is no valid domain
        """
        form = self.request_properties_definition
        return parse_condition(self.env, condition, "sajad.request", form)
