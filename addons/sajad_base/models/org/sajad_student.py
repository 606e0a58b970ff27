from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools.translate import LazyTranslate

from ...tools.sentences import translate

_lt = LazyTranslate(__name__)

NO_INVITATION = _lt(
    "Without an e-mail nobody can be invited, and the account could never be used. "
    "Enter the e-mail of the student first."
)

# what is done at once, while the person waits
FEW = 20


class SajadStudent(models.Model):
    """One study of one person (row A1); the identity fields are those of row B4."""

    _name = "sajad.student"
    _description = "Student"
    _inherit = [
        "mail.thread",
        "sajad.search.key.mixin",
        "sajad.date.guard",
        "sajad.requester",
    ]
    # as the unique index has them: by name, a page of eighty sorted all of the country
    _order = "university_id.id, student_number"
    _rec_names_search = ("student_number", "name", "national_id")
    _spelling = {
        "name": "text",
        "student_number": "number",
        "national_id": "national_id",
        "foreign_id": "number",
        "passport_number": "passport",
        "birth_certificate_number": "number",
        "father_name": "text",
        "birth_place": "text",
        "phone": "phone",
        "mobile": "phone",
    }
    _search_key_fields = (
        "student_number",
        "name",
        "national_id",
        "foreign_id",
        "passport_number",
    )

    _requester_kind = "student"

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(related="partner_id.name", string="Full Name", store=True)
    email = fields.Char(
        compute="_compute_email",
        inverse="_inverse_email",
        search="_search_email",
        compute_sudo=True,
        help="Of the person; invitations and notices go there.",
    )
    user_id = fields.Many2one(
        "res.users", string="Portal User", compute="_compute_user_id"
    )
    active = fields.Boolean(default=True)
    # study
    student_number = fields.Char(required=True)
    university_id = fields.Many2one(
        "sajad.university", required=True, index=True, ondelete="restrict"
    )
    faculty_id = fields.Many2one(
        "sajad.faculty",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('university_id', '=', university_id)]",
    )
    field_id = fields.Many2one("sajad.study.field", string="Field of Study")
    degree_level_id = fields.Many2one("sajad.degree.level")
    entry_year = fields.Integer(help="Jalali year of admission, four digits.")
    study_mode = fields.Selection([("day", "Daytime"), ("evening", "Evening")])
    has_dormitory = fields.Boolean(help="Lives or lived in a dormitory.")
    status = fields.Selection(
        [
            ("studying", "Studying"),
            ("graduated", "Graduated"),
            ("left", "Left without a Degree"),
        ],
        string="Status of Study",
        required=True,
        default="studying",
        help="Whoever has graduated asks as a graduate.",
    )
    # identity
    is_international = fields.Boolean(string="International Student")
    nationality_id = fields.Many2one("res.country")
    national_id = fields.Char(string="National ID", index="btree_not_null")
    foreign_id = fields.Char(
        string="Foreigners' ID",
        help="The twelve digits that foreign nationals are registered under in Iran.",
    )
    passport_number = fields.Char()
    father_name = fields.Char(string="Father's Name")
    birth_certificate_number = fields.Char()
    birth_date = fields.Date()
    birth_place = fields.Char(string="Place of Issue")
    marital_status = fields.Selection([("single", "Single"), ("married", "Married")])
    sex = fields.Selection([("male", "Male"), ("female", "Female")])
    # contact
    phone = fields.Char(string="Landline")
    mobile = fields.Char()
    address = fields.Text(string="Permanent Address")
    request_ids = fields.One2many("sajad.request", "student_id", string="Requests")

    _number_uniq = models.Constraint(
        "unique(university_id, student_number)",
        "This student number is in use at the university.",
    )

    def _compute_user_id(self):
        for student in self:
            # The account of a portal user is not readable for every expert.
            student.user_id = student.partner_id.sudo().user_ids[:1]

    @api.depends("student_number", "name")
    def _compute_display_name(self):
        for student in self:
            number = student.student_number and f"({student.student_number})"
            texts = [text for text in (student.name, number) if text]
            student.display_name = " ".join(texts) or self.env._("New Student")

    @api.constrains("faculty_id", "university_id")
    def _check_faculty(self):
        for student in self:
            if student.faculty_id.university_id != student.university_id:
                raise ValidationError(
                    self.env._("The faculty does not belong to the university.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        # thousands come at once from a register: that they came is no news
        quiet = self.with_context(mail_create_nolog=True)
        students = super(SajadStudent, quiet).create(vals_list)
        students = students.with_env(self.env)
        students._set_person_university()
        return students

    def write(self, vals):
        result = super().write(vals)
        if "university_id" in vals or "partner_id" in vals:
            self._set_person_university()
        return result

    def _set_person_university(self):
        """Keep the column that the record rule of partners reads (row E5)."""
        for university, students in self.grouped("university_id").items():
            # People are created by registrars who may not edit other partners.
            students.partner_id.sudo().sajad_university_id = university

    # ------------------------------------------------------------
    # REQUESTER
    # ------------------------------------------------------------

    def _get_requester_kind(self):
        if self.status == "graduated":
            return "graduate"
        return super()._get_requester_kind()

    def _prepare_requester_vals(self):
        return {
            **super()._prepare_requester_vals(),
            "student_id": self.id,
            "partner_id": self.partner_id.id,
            "faculty_id": self.faculty_id.id,
        }

    def _get_requester_texts(self):
        return self.name, self.student_number

    def _get_requester_details(self):
        number, university = super()._get_requester_details()
        places = self.degree_level_id, self.field_id, self.faculty_id
        return [number, *(place.name for place in places if place), university]

    # ------------------------------------------------------------
    # ACCOUNTS
    # ------------------------------------------------------------

    def action_create_accounts(self):
        """Give the students who have none a portal account.

        Odoo invites them by e-mail to choose a password; who has none is left out,
        since nobody could ever use the account. Many are made in the background.

        :raise AccessError: the user may not edit these students
        :raise UserError: none of them has an e-mail
        """
        self.check_access("write")
        missing = self.filtered(lambda student: not student.user_id)
        unreachable = missing.filtered(lambda student: not student.email)
        if unreachable and unreachable == missing:
            raise UserError(translate(self.env, NO_INVITATION))
        if len(missing) > FEW:
            name = self.env._("Create Accounts")
            Batch = self.env["sajad.batch"]
            return Batch._start(name, missing, "_batch_create_accounts")
        count = (missing - unreachable)._create_accounts()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if unreachable else "success",
                "message": self._get_accounts_message(count, len(unreachable)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _batch_create_accounts(self):
        """Make accounts in the background, with the rights of whoever asked."""
        self.check_access("write")
        unreachable = self.filtered(lambda s: not s.user_id and not s.email)
        (self - unreachable)._create_accounts()
        return dict.fromkeys(unreachable, translate(self.env, NO_INVITATION))

    def _get_accounts_message(self, count, left):
        if not left:
            return self.env._("%(count)s accounts created.", count=count)
        return self.env._(
            "%(count)s accounts created. %(left)s students have no e-mail, so they "
            "cannot be invited and got none.",
            count=count,
            left=left,
        )

    def _create_accounts(self):
        """Make the accounts of those who have none; return how many were made."""
        missing = self.filtered(lambda student: not student.user_id)
        # One account per person, even with several studies.
        firsts = [students[0] for students in missing.grouped("partner_id").values()]
        taken = self._get_taken_logins(firsts)
        # Whoever registers students need not be an administrator of users.
        Users_sudo = self.env["res.users"].sudo()
        for student in firsts:
            vals = student._prepare_account(taken)
            # Odoo would send a mail of its own for each, at once
            Users_sudo.with_context(no_reset_password=True).create(vals)
            taken.add(vals["login"])
            student._invite()
        missing.invalidate_recordset(["user_id"])
        return len(firsts)

    def _invite(self):
        """Have the person invited by mail to choose a password, if there is a mail."""
        self.ensure_one()
        person = self.partner_id
        if self.email:
            # the link of the mail asks for a password; whoever registers students
            # need not be an administrator of users
            person.sudo().signup_prepare(signup_type="signup")
            Notice = self.env["sajad.notice"]
            note = Notice._localize(self, person)._get_requester_details()
            Notice._queue(
                "account",
                person,
                note=" - ".join(note),
                path="/my",
                university_id=self.university_id.id,
            )

    def _get_taken_logins(self, students):
        wanted = [s.email for s in students if s.email]
        wanted += [s.student_number for s in students]
        # logins of all users, archived ones too, are unique in the database
        Users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        return set(Users_sudo.search([("login", "in", wanted)]).mapped("login"))

    def _prepare_account(self, taken):
        """Hook: the values of a student's user.

        :param set taken: logins that are in use
        """
        self.ensure_one()
        # whoever comes through a directory needs no invitation, hence no e-mail
        login = self.email or self.student_number
        if login in taken:
            login = f"{self.student_number}@{self.university_id.code}"
        return {
            "partner_id": self.partner_id.id,
            "login": login,
            "group_ids": [Command.set([self.env.ref("base.group_portal").id])],
        }
