from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.sajad_persian.tools import validators
from odoo.addons.sajad_persian.tools.normalize import normalize_text

from ...tools.clock import get_country_today
from ...tools.sentences import translate
from ...tools.student_row import NO_EMAIL, is_email
from ...tools.student_rules import RULES
from ...tools.student_sync import HAS_ACCOUNT


class SajadStudent(models.Model):
    """Checks of the identity and contact fields (rows B4, E3).

    A person may have several studies, so that no number of a person is unique. Yet
    at one university it is the number of one person. It may come again at another
    university: universities never see each other's people and keep their own.
    """

    _inherit = "sajad.student"

    # The hash comes first: the tree of numbers alone takes three times as long to fill,
    # and the numbers themselves are compared nevertheless.
    _national_id_person_uniq = models.Constraint(
        "EXCLUDE USING gist (hashtextextended(national_id, 0) WITH =, "
        "university_id WITH =, national_id WITH =, partner_id WITH <>) "
        "WHERE (national_id IS NOT NULL) DEFERRABLE INITIALLY IMMEDIATE",
        "Another person at the university has this national ID.",
    )
    _foreign_id_person_uniq = models.Constraint(
        "EXCLUDE USING gist (hashtextextended(foreign_id, 0) WITH =, "
        "university_id WITH =, foreign_id WITH =, partner_id WITH <>) "
        "WHERE (foreign_id IS NOT NULL) DEFERRABLE INITIALLY IMMEDIATE",
        "Another person at the university has this foreigners' ID.",
    )
    # countries number their passports independently of each other
    _passport_person_uniq = models.Constraint(
        "EXCLUDE USING gist (hashtextextended(passport_number, 0) WITH =, "
        "university_id WITH =, passport_number WITH =, "
        "COALESCE(nationality_id, 0) WITH =, partner_id WITH <>) "
        "WHERE (passport_number IS NOT NULL) DEFERRABLE INITIALLY IMMEDIATE",
        "Another person at the university has this passport number.",
    )

    @api.constrains(*RULES)
    def _check_register_fields(self):
        today = get_country_today()
        for student in self:
            for name, (is_valid, sentence) in RULES.items():
                value = student[name]
                if value and not is_valid(value, today):
                    raise ValidationError(
                        self.env._(
                            "%(field)s: %(value)s. %(sentence)s",
                            field=self._fields[name]._description_string(self.env),
                            value=value,
                            sentence=translate(self.env, sentence),
                        )
                    )

    @api.constrains("national_id")
    def _check_national_id(self):
        for student in self.filtered("national_id"):
            number = student.national_id
            if not validators.is_national_id(number):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a valid national ID. It has ten digits; "
                        "compare it with the national card.",
                        number=number,
                    )
                )

    @api.constrains("foreign_id")
    def _check_foreign_id(self):
        for student in self.filtered("foreign_id"):
            number = student.foreign_id
            if not validators.is_foreign_id(number):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a valid foreigners' ID. It has twelve "
                        "digits.",
                        number=number,
                    )
                )

    @api.constrains("passport_number")
    def _check_passport_number(self):
        for student in self.filtered("passport_number"):
            number = student.passport_number
            if not validators.is_passport(number):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a valid passport number. It has 5 to 12 "
                        "Latin letters and digits.",
                        number=number,
                    )
                )

    @api.constrains("mobile")
    def _check_mobile(self):
        for student in self.filtered("mobile"):
            number = student.mobile
            if not validators.is_mobile(number):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a valid mobile number. Write it like "
                        "09121234567, and a foreign one with + and its country code.",
                        number=number,
                    )
                )

    @api.constrains("phone")
    def _check_phone(self):
        for student in self.filtered("phone"):
            number = student.phone
            if not validators.is_phone(number):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a valid telephone number. Write it with "
                        "the city code, like 02112345678.",
                        number=number,
                    )
                )

    @api.depends("partner_id.email")
    def _compute_email(self):
        for student in self:
            student.email = student.partner_id.email

    def _inverse_email(self):
        """Write the e-mail of a person who has no account.

        :raise UserError: the person has one, whose password its e-mail can change
        :raise ValidationError: it is no e-mail address
        """
        for student in self:
            # registrars may not edit partners; the student is theirs to write
            partner_sudo = student.partner_id.sudo()
            email = normalize_text(student.email or "")
            if email == (partner_sudo.email or ""):
                continue
            if partner_sudo.user_ids:
                raise UserError(translate(self.env, HAS_ACCOUNT))
            if email and not is_email(email):
                raise ValidationError(translate(self.env, NO_EMAIL))
            partner_sudo.email = email

    def _search_email(self, operator, value):
        return [("partner_id.email", operator, value)]

    def _get_phone_shown(self, name="mobile"):
        """Return a telephone number as people write it: 0912… in Iran."""
        self.ensure_one()
        return validators.format_phone(self[name])
