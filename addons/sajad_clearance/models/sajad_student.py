import re
from datetime import date

from markupsafe import Markup

from odoo import fields, models

from odoo.addons.sajad_jalali.models.sajad_date_guard import FIRST_YEAR
from odoo.addons.sajad_jalali.tools.jalali import parse_jalali
from odoo.addons.sajad_persian.tools import validators
from odoo.addons.sajad_persian.tools.normalize import normalize_digits, normalize_text
from odoo.addons.sajad_persian.tools.spelling import respell

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
CHECKS = {
    "national_id": validators.is_national_id,
    "foreign_id": validators.is_foreign_id,
    "passport_number": validators.is_passport,
    "mobile": validators.is_mobile,
    "phone": validators.is_phone,
    "birth_certificate_number": lambda text: re.fullmatch(r"[0-9]{1,10}", text),
    "father_name": lambda text: re.fullmatch(r"[^\d<>@]{2,}", text),
    "birth_place": lambda text: re.fullmatch(r"[^\d<>@]{2,}", text),
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

    def _prepare_form_inputs(self, names, post, errors):
        """Return what a template draws of these fields, with what was typed.

        :param post: the typed values, empty the first time
        """
        return [
            {
                "name": name,
                "label": self._fields[name]._description_string(self.env),
                "type": self._fields[name].type,
                "options": self._get_form_options(name),
                "value": post[name] if name in post else self._get_form_text(name),
                "required": self._is_asked_required(name),
                "error": errors.get(name),
                "max_length": MAX_LENGTH.get(name, 100),
            }
            for name in names
        ]

    def _get_form_options(self, name):
        field = self._fields[name]
        if field.type == "selection":
            return field._description_selection(self.env)
        if field.type == "many2one":
            # fields of study and degrees are no secret
            records = self.env[field.comodel_name].sudo().search([], limit=2000)
            return [(str(record.id), record.display_name) for record in records]
        return []

    def _get_form_text(self, name):
        value = self[name]
        if name in ("mobile", "phone"):
            return self._get_phone_shown(name) or ""
        if self._fields[name].type == "many2one":
            return str(value.id or "")
        if self._fields[name].type == "date":
            return fields.Date.to_string(value) if value else ""
        return value or ""

    # ------------------------------------------------------------
    # WHAT WAS TYPED
    # ------------------------------------------------------------

    def _parse_form(self, post):
        """Read a form that was sent: nothing else than what it asks is looked at.

        :return: ({field: value} of what the student says, {field: sentence})
        """
        self.ensure_one()
        values, errors = {}, {}
        asked = self._get_asked_names()
        for name in [*asked, *(n for n in CONTACT if n not in asked)]:
            text = normalize_text(post.get(name) or "")
            if not text and name not in asked and name not in post:
                # a part of the form that was not drawn corrects nothing
                continue
            try:
                values[name] = self._parse_field(name, text)
            except ValueError as error:
                errors[name] = str(error)
        numbers = ("foreign_id", "passport_number")
        unknown = all(name in asked for name in numbers)
        if unknown and not any(values.get(n) or errors.get(n) for n in numbers):
            errors["passport_number"] = self.env._(
                "Enter the passport number or the foreigners' ID."
            )
        return values, errors

    def _parse_field(self, name, text):
        """Return the value of a text.

        :raise ValueError: with a sentence for the student
        """
        field = self._fields[name]
        if not text:
            if self._is_asked_required(name):
                raise ValueError(self.env._("Fill in this field."))
            return False
        if field.type in ("selection", "many2one"):
            if text not in {str(key) for key, _label in self._get_form_options(name)}:
                raise ValueError(self.env._("Choose one of the list."))
            return int(text) if field.type == "many2one" else text
        if field.type == "date":
            return self._parse_form_date(text)
        count = MAX_LENGTH.get(name, 100)
        if len(text) > count:
            raise ValueError(self.env._("At most %(count)s characters.", count=count))
        value = respell(self._spelling.get(name, "text"), text)
        if name in CHECKS and not CHECKS[name](value):
            raise ValueError(self._get_form_problem(name))
        if name in PERSON_NUMBERS and self._is_number_of_another(name, value):
            raise ValueError(
                self.env._(
                    "Another person at the university has this number. If it is "
                    "yours, write so under “Your record”."
                )
            )
        return value

    def _parse_form_date(self, text):
        text = normalize_digits(text)
        try:
            # without scripts it is typed, and people type Jalali dates
            moment = parse_jalali(text)
            day = moment.date() if moment else date.fromisoformat(text)
        except ValueError:
            raise ValueError(
                self.env._("There is no such day: write it like 1380/05/23.")
            ) from None
        if day.year < FIRST_YEAR:
            raise ValueError(self.env._("This date is too long ago."))
        if day >= fields.Date.context_today(self):
            raise ValueError(self.env._("The birth date must lie in the past."))
        return day

    def _get_form_problem(self, name):
        return {
            "national_id": self.env._(
                "This is not a valid national ID: compare its ten digits with the "
                "national card."
            ),
            "foreign_id": self.env._("A foreigners' ID has twelve digits."),
            "passport_number": self.env._(
                "A passport number has 5 to 12 Latin letters and digits."
            ),
            "mobile": self.env._(
                "This is not a mobile number: write it like 09121234567."
            ),
            "phone": self.env._(
                "This is not a telephone number: write it with the city code, like "
                "02112345678."
            ),
            "birth_certificate_number": self.env._(
                "A birth-certificate number has at most ten digits."
            ),
            "father_name": self.env._("Write it in letters."),
            "birth_place": self.env._("Write it in letters."),
        }[name]

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
        """Keep on the record what it did not know, and changed contact data.

        The chatter of the record tells what was there before.

        :param values: of `_parse_form`
        """
        self.ensure_one()
        changes = {
            name: value
            for name, value in values.items()
            if value
            and (name in CONTACT or not self[name])
            and self._fields[name].convert_to_cache(value, self)
            != self._fields[name].convert_to_cache(self[name], self)
        }
        if not changes:
            return
        before = {name: self._get_form_shown(name) for name in changes}
        self.write(changes)
        lines = Markup().join(
            Markup("<li>%s: %s</li>")
            % (
                self._fields[name]._description_string(self.env),
                f"{before[name]} → {after}" if before[name] else after,
            )
            for name, after in ((n, self._get_form_shown(n)) for n in changes)
        )
        title = self.env._("Declared with request %(number)s:", number=request.name)
        self._message_log(body=Markup("%s<ul>%s</ul>") % (title, lines))

    def _get_form_shown(self, name):
        """Return a value of the record as people read it."""
        value = self._get_form_text(name)
        return self._show_form_value(name, value)

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
