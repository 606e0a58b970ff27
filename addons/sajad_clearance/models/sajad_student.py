from markupsafe import Markup

from odoo import fields, models

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_base.tools.form_record import get_text, make_record_inputs
from odoo.addons.sajad_base.tools.sentences import tell_change, translate
from odoo.addons.sajad_base.tools.student_rules import RULES
from odoo.addons.sajad_persian.tools import validators

# The form of the second document, in its order.
FORM = (
    "student_number",
    "name",
    "national_id",
    "foreign_id",
    "passport_number",
    "nationality_id",
    "father_name",
    "birth_certificate_number",
    "birth_date",
    "birth_place",
    "sex",
    "marital_status",
    "faculty_id",
    "field_id",
    "degree_level_id",
    "study_mode",
    "entry_year",
    "mobile",
    "phone",
    "address",
)
# only the register says these
REGISTERED = {"student_number", "name", "nationality_id", "faculty_id", "entry_year"}
# what may have changed since the student enrolled
CONTACT = ("mobile", "phone", "address", "marital_status")
IRANIAN = {"national_id", "birth_certificate_number"}
FOREIGN = {"foreign_id", "passport_number", "nationality_id"}
PERSON_NUMBERS = {"national_id", "foreign_id", "passport_number"}
OPTIONAL = {"phone", "foreign_id", "passport_number"}
MAX_LENGTH = {"address": 500}
KINDS = {
    "national_id": "national_id",
    "foreign_id": "foreign_id",
    "passport_number": "passport",
    "mobile": "mobile",
    "phone": "phone",
    "birth_certificate_number": "birth_certificate",
    "father_name": "letters",
    "birth_place": "letters",
}


class SajadStudent(models.Model):
    """What a clearance form shows of the record, and asks of the student (row B4)."""

    _inherit = "sajad.student"

    # ------------------------------------------------------------
    # WHAT IS ASKED
    # ------------------------------------------------------------

    def _get_all_form_names(self):
        """Return every field that a form may ask."""
        return set(FORM) - REGISTERED

    def _get_form_names(self):
        """Return the fields of the form of this student, in their order."""
        self.ensure_one()
        others = IRANIAN if self.is_international else FOREIGN
        return [name for name in FORM if name not in others]

    def _get_asked_names(self):
        """Return what the record does not know, and so is asked."""
        names = self._get_form_names()
        if self.is_international and (self.foreign_id or self.passport_number):
            # one of the numbers says who it is
            names = [name for name in names if name not in PERSON_NUMBERS]
        return [n for n in names if n not in REGISTERED and not self[n]]

    def _is_asked_required(self, name):
        optional = OPTIONAL | ({"birth_place"} if self.is_international else set())
        return name not in optional

    def _get_said_names(self, request):
        """Return what the record knows from the student's own form alone.

        The student may correct it when the request is returned; not what the office
        has put right meanwhile, nor what the register says.
        """
        return [
            line["name"]
            for line in request.declared or []
            if line["declared"]
            and line["name"] not in {*REGISTERED, *CONTACT}
            and self._show_form_value(line["name"], line["value"])
            == self._get_form_shown(line["name"])
        ]

    def _get_form_inputs(self, corrected=None):
        """Return the inputs of what is asked, and of what may have changed.

        :param corrected: the request that was returned to be corrected; it asks again
            what the student said in it
        :return: two lists of `FormInput` of sajad_base/tools/form.py
        """
        self.ensure_one()
        asked = self._get_asked_names()
        if corrected:
            # a request that the university made has asked nothing
            said = self._get_said_names(corrected)
            asked = said + [n for n in asked if corrected.declared and n not in said]
        contact = [name for name in CONTACT if name not in asked]
        return self._make_inputs(asked), self._make_inputs(contact)

    def _make_inputs(self, names):
        return make_record_inputs(
            self,
            names,
            kinds=KINDS,
            required={name for name in names if self._is_asked_required(name)},
            max_length=MAX_LENGTH,
        )

    def _get_known_names(self, corrected=None):
        """Return what the form shows and does not ask."""
        said = self._get_said_names(corrected) if corrected else []
        asked = {*self._get_asked_names(), *said, *CONTACT}
        return [n for n in self._get_form_names() if n not in asked and self[n]]

    def _get_valid_certificates(self):
        """Return what certifies already that the student is cleared, newest first."""
        self.ensure_one()
        # students have no rights on certificates; the caller asks for the own study
        Certificate_sudo = self.env["sajad.clearance.certificate"].sudo()
        return Certificate_sudo.search(
            [("student_id", "=", self.id), ("state", "=", "valid")]
        )

    # ------------------------------------------------------------
    # WHAT WAS TYPED
    # ------------------------------------------------------------

    def _check_declared(self, values):
        """Return {field: sentence} of what the student cannot mean.

        :param values: {field: value} of the inputs that could be read
        """
        self.ensure_one()
        problems = {}
        if {values.get(n) for n in ("foreign_id", "passport_number")} == {False}:
            problems["passport_number"] = self.env._(
                "Enter the passport number or the foreigners' ID."
            )
        for name in PERSON_NUMBERS & values.keys():
            if values[name] and self._is_number_of_another(name, values[name]):
                problems[name] = self.env._(
                    "Another person at the university has this number. If it is "
                    "yours, write so under “Your record”."
                )
        today = get_country_today()
        for name in RULES.keys() & values.keys():
            is_valid, sentence = RULES[name]
            if values[name] and not is_valid(values[name], today):
                problems[name] = translate(self.env, sentence)
        return problems

    def _is_number_of_another(self, name, value):
        return bool(
            # whether a number is taken, and nothing of whose it is
            self.sudo()
            .with_context(active_test=False)
            .search_count(
                [
                    (name, "=", value),
                    ("university_id", "=", self.university_id.id),
                    ("partner_id", "!=", self.partner_id.id),
                ],
                limit=1,
            )
        )

    # ------------------------------------------------------------
    # WHAT IS KEPT
    # ------------------------------------------------------------

    def _keep_declared(self, values, request):
        """Keep on the record what it did not know, and changed or emptied contacts.

        The chatter of the record tells what was there before.

        :param values: {field: value} of the inputs of `_get_form_inputs`
        """
        self.ensure_one()
        said = self._get_said_names(request)
        changes = {
            name: value
            for name, value in values.items()
            # empty: the telephone that the student no longer has
            if (name in CONTACT or name in said or (value and not self[name]))
            and self._fields[name].convert_to_cache(value, self)
            != self._fields[name].convert_to_cache(self[name], self)
        }
        if not changes:
            return
        before = {name: self._get_form_shown(name) for name in changes}
        self.write(changes)
        lines = Markup().join(
            Markup("<li>%s</li>")
            % tell_change(
                self.env,
                self._fields[name]._description_string(self.env),
                before[name],
                self._get_form_shown(name),
            )
            for name in changes
        )
        title = self.env._("Declared with request %(number)s:", number=request.name)
        self._message_log(body=Markup("%s<ul>%s</ul>") % (title, lines))

    def _get_form_shown(self, name):
        """Return a value of the record as people read it."""
        return self._show_form_value(name, get_text(self, name))

    def _show_form_value(self, name, value):
        """Return a stored value of the form as people read it."""
        field = self._fields[name]
        if not value:
            return ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "many2one":
            # names of faculties and fields of study are no secret
            record = self.env[field.comodel_name].sudo().browse(int(value)).exists()
            return record.display_name or ""
        if field.type == "date":
            html = self.env["ir.qweb.field.date"]
            return html.value_to_html(fields.Date.to_date(value), {})
        if name in ("mobile", "phone"):
            return validators.format_phone(value)
        return str(value)
