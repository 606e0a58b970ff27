from odoo import api, models
from odoo.exceptions import AccessError

PLACES = ("sajad.university", "sajad.faculty", "sajad.institution", "res.country")
STUDIES = ("sajad.study.field", "sajad.degree.level")
# {model: the fields that conditions ask for}; addons add theirs
OFFERED = {
    "sajad.request": (
        "properties",
        "student_id",
        "requester_kind",
        "university_id",
        "faculty_id",
        "institution_id",
        "has_dormitory",
        "is_international",
        "note",
    ),
    "sajad.student": (
        "degree_level_id",
        "field_id",
        "faculty_id",
        "university_id",
        "entry_year",
        "status",
        "study_mode",
        "has_dormitory",
        "is_international",
        "nationality_id",
        "sex",
        "marital_status",
    ),
    "sajad.task": ("properties", "note", "request_id", "student_id"),
    **dict.fromkeys((*PLACES, *STUDIES), ("name", "code")),
}
# {model with a form: its field}
FORMS = {
    "sajad.flow": "request_properties_definition",
    "sajad.flow.step": "task_properties_definition",
}


class SajadCondition(models.AbstractModel):
    """What the picker of conditions offers an administrator (row A5).

    Of a request and a student, what tells one way from the other; the numbers by which
    the system keeps its books are left out. A condition may name them all the same.
    """

    _name = "sajad.condition"
    _description = "Conditions to Pick"

    @api.model
    def _get_offered_fields(self):
        """Hook: {model: [names of the fields that are offered]}."""
        return {model: list(names) for model, names in OFFERED.items()}

    @api.model
    def get_offered(self, form_model=None, form_id=None):
        """Return what conditions can be made of (row A5).

        :param form_model: `sajad.flow` or `sajad.flow.step`, whose form is asked for
        :param int form_id: of that model, nothing when there is no form yet
        :return: {"fields": {model: names}, "questions": [definitions of the form]}
        :raise AccessError: the user may not read the form
        """
        if form_model and form_model not in FORMS:
            raise AccessError(self.env._("This has no form."))
        questions = []
        if form_model and form_id:
            form = self.env[form_model].browse(form_id)
            form.check_access("read")
            questions = form[FORMS[form_model]] or []
        return {
            "fields": self._get_offered_fields(),
            "questions": [q for q in questions if q["type"] != "separator"],
        }
