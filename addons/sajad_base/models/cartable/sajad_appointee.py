from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import email_normalize

from odoo.addons.sajad_persian.tools import validators

from ...tools.binary import read_binary
from ...tools.clock import COUNTRY_TZ


class SajadAppointee(models.AbstractModel):
    """A person who is introduced for an office, and the account made for them (A4)."""

    _name = "sajad.appointee"
    _description = "Introduction of a Person"
    _inherit = ["sajad.spelling"]
    _spelling = {
        "person_name": "text",
        "national_id": "national_id",
        "mobile": "phone",
        "email": "text",
    }

    person_name = fields.Char(string="Full Name")
    national_id = fields.Char(string="National ID")
    mobile = fields.Char()
    email = fields.Char(string="E-mail", help="Also the login of a new account.")
    position = fields.Char(help="The post that the person holds at the university.")
    letter = fields.Binary(string="Appointment Letter", attachment=True)
    letter_name = fields.Char()

    @api.constrains("national_id")
    def _check_national_id(self):
        for person in self.filtered("national_id"):
            if not validators.is_national_id(person.national_id):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a valid national ID. It has ten digits; "
                        "compare it with the national card.",
                        number=person.national_id,
                    )
                )

    @api.constrains("mobile")
    def _check_mobile(self):
        for person in self.filtered("mobile"):
            if not validators.is_mobile(person.mobile):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a valid mobile number. Write it like "
                        "09121234567, and a foreign one with + and its country code.",
                        number=person.mobile,
                    )
                )

    @api.constrains("email")
    def _check_email(self):
        for person in self.filtered("email"):
            if not validators.is_email(person.email):
                raise ValidationError(
                    self.env._(
                        "%(email)s is not an e-mail address.", email=person.email
                    )
                )

    @api.constrains("letter", "letter_name")
    def _check_letter(self):
        Upload = self.env["sajad.upload"]
        for person in self.filtered("letter"):
            content = read_binary(person, "letter")
            problem = Upload._get_problem(person.letter_name or "", content)
            if problem:
                raise ValidationError(problem)

    # ------------------------------------------------------------
    # ACCOUNTS
    # ------------------------------------------------------------

    def _find_user(self):
        """Return the account of the person, by national ID or e-mail, or nobody.

        With elevated rights: accounts of other universities are found too.
        """
        self.ensure_one()
        # an archived account is found too, so that it is not made twice
        Users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        email = email_normalize(self.email or "")
        by_number = Users_sudo.browse()
        if self.national_id:
            by_number = Users_sudo.search(
                [("partner_id.sajad_national_id", "=", self.national_id)], limit=1
            )
        if by_number or not email:
            return by_number
        return Users_sudo.search(
            ["|", ("login", "=ilike", email), ("email_normalized", "=", email)],
            order="share, id",
            limit=1,
        )

    def _get_person_problem(self, university):
        """Return why the person cannot be appointed at a university, or ""."""
        user = self._find_user()
        if not user:
            return ""
        if not user.active:
            return self.env._("The account of %(name)s is disabled.", name=user.name)
        if user.share:
            return self.env._(
                "%(email)s is the account of a student; staff need one of their own.",
                email=self.email,
            )
        place = user.sajad_university_id
        if place and place != university:
            return self.env._("This person works for another university.")
        number = user.partner_id.sajad_national_id
        if number and self.national_id and number != self.national_id:
            return self.env._(
                "The e-mail address belongs to a person with another national ID."
            )
        return ""

    def _get_or_invite_user(self, university, group):
        """Return the account of the person, made and invited where there was none.

        :raise UserError: the person cannot be appointed there
        """
        problem = self._get_person_problem(university)
        if problem:
            raise UserError(problem)
        user_sudo = self._find_user()
        if not user_sudo:
            user_sudo = self._create_user(university, group)
        elif group not in user_sudo.all_group_ids:
            user_sudo.group_ids = [Command.link(group.id)]
        partner_sudo = user_sudo.partner_id
        partner_sudo.sajad_university_id = (
            partner_sudo.sajad_university_id or university
        )
        partner_sudo.sajad_national_id = (
            partner_sudo.sajad_national_id or self.national_id
        )
        return user_sudo

    def _create_user(self, university, group):
        # Odoo would send its own invitation at once; ours waits in the queue
        Users_sudo = self.env["res.users"].sudo().with_user(SUPERUSER_ID)
        user = Users_sudo.with_context(no_reset_password=True).create(
            {
                "name": self.person_name,
                "login": email_normalize(self.email),
                "email": email_normalize(self.email),
                "phone": self.mobile,
                "function": self.position,
                "lang": self.env.lang,
                "tz": COUNTRY_TZ,
                "sajad_university_id": university.id,
                "group_ids": [Command.set(group.ids)],
            }
        )
        user.partner_id.signup_prepare(signup_type="signup")
        return user
