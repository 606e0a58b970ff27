import ldap

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, ValidationError
from odoo.tools import SQL, str2bool

from odoo.addons.sajad_persian.tools.normalize import normalize_text
from odoo.addons.sajad_persian.tools.validators import is_national_id

from ..tools.connection import (
    DOWN,
    PATIENCE,
    UNREACHABLE,
    Connection,
    get_port,
    open_ldaps,
)
from ..tools.entries import FILTERS, NUMBERS, get_values, is_disabled


class ResCompanyLdap(models.Model):
    """The directory of a university (row A12): whom it signs in, and as whom.

    A directory vouches for the people of its own university and for nobody else: else
    whoever keeps the directory of one university could sign in as staff of another.
    """

    _inherit = "res.company.ldap"

    company = fields.Many2one(default=lambda self: self.env.company, index=True)
    ldap_server = fields.Char(default=False)
    kind = fields.Selection(
        [("ldap", "LDAP"), ("ad", "Active Directory")],
        string="Kind of Directory",
        required=True,
        default="ldap",
    )
    encryption = fields.Selection(
        [
            ("none", "None: passwords can be read on the way"),
            ("starttls", "STARTTLS"),
            ("ldaps", "LDAPS"),
        ],
        required=True,
        default="none",
        help="LDAPS encrypts from the first byte, on a port of its own (636). STARTTLS "
        "begins readable and switches over (389). The server of Sajad has to trust "
        "who signed the certificate of the directory.",
    )
    # what Odoo goes by
    ldap_tls = fields.Boolean(compute="_compute_ldap_tls", store=True)
    ldap_filter = fields.Char(default=FILTERS["ldap"])
    university_id = fields.Many2one(
        "sajad.university",
        ondelete="cascade",
        help="The directory signs in the students and the staff of this university "
        "only. Without a university it signs in everybody.",
    )
    student_number_attribute = fields.Char(
        default=NUMBERS["ldap"],
        help="The attribute that holds the student number, such as uid or employeeID.",
    )
    national_id_attribute = fields.Char(
        string="National ID Attribute",
        help="The attribute that holds the national ID, where the directory has it.",
    )

    _port_check = models.Constraint(
        "CHECK (ldap_server_port BETWEEN 1 AND 65535)",
        "A port is a number between 1 and 65535.",
    )

    @api.depends_context("lang")
    @api.depends("university_id.name", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for directory in self:
            name = directory.university_id.name or self.env._("Every university")
            directory.display_name = f"{name} - {kinds.get(directory.kind, '')}"

    @api.depends("encryption")
    def _compute_ldap_tls(self):
        for directory in self:
            directory.ldap_tls = directory.encryption == "starttls"

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.ldap_filter in (False, *FILTERS.values()):
            self.ldap_filter = FILTERS[self.kind]
        if self.student_number_attribute in (False, *NUMBERS.values()):
            self.student_number_attribute = NUMBERS[self.kind]

    @api.onchange("encryption")
    def _onchange_encryption(self):
        self.ldap_server_port = get_port(self.ldap_server_port, self.encryption)

    @api.constrains("ldap_filter")
    def _check_ldap_filter(self):
        for directory in self:
            text = directory.ldap_filter
            if "%s" not in text or text.count("(") != text.count(")"):
                raise ValidationError(
                    self.env._(
                        "The filter needs %(mark)s where the login goes, and as many "
                        "opening as closing brackets: (uid=%(mark)s)",
                        mark="%s",
                    )
                )

    @api.constrains("user")
    def _check_user(self):
        for directory in self:
            # whether the account is of the portal is no secret
            if directory.user and not directory.user.sudo().share:
                raise ValidationError(
                    self.env._(
                        "The template of new accounts has to be a user of the portal: "
                        "a directory gives nobody rights."
                    )
                )

    def _get_ldap_dicts(self):
        confs = super()._get_ldap_dicts()
        # read before anybody is signed in
        directories = self.sudo().browse([conf["id"] for conf in confs])
        for conf, directory in zip(confs, directories, strict=True):
            conf["university_id"] = directory.university_id.id
            conf["encryption"] = directory.encryption
            conf["student_number_attribute"] = directory.student_number_attribute
            conf["national_id_attribute"] = directory.national_id_attribute
        return confs

    def _connect(self, conf):
        # both, because the first covers opening the connection only
        ldap.set_option(ldap.OPT_NETWORK_TIMEOUT, PATIENCE)
        ldap.set_option(ldap.OPT_TIMEOUT, PATIENCE)
        try:
            if conf.get("encryption", self.encryption) == "ldaps":
                return Connection(self._connect_ldaps(conf), self.env.cr.cache)
            return Connection(super()._connect(conf), self.env.cr.cache)
        except UNREACHABLE:
            self.env.cr.cache[DOWN] = True
            raise

    def _connect_ldaps(self, conf):
        # nobody is signed in yet; the parameter is Odoo's
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        ends = parameters_sudo.get_param("auth_ldap.disable_chase_ref", "True")
        return open_ldaps(conf, chases_referrals=not str2bool(ends))

    # ------------------------------------------------------------
    # WHO MAY SIGN IN
    # ------------------------------------------------------------

    def _authenticate(self, conf, login, password):
        login = normalize_text(login or "")
        user = self._find_user(login)
        if not login or not self._vouches_for(conf, login, user):
            return False
        # the directory may know the person under another name
        known_as = user.sajad_directory_login or login
        entry = super()._authenticate(conf, known_as, password)
        return False if entry and is_disabled(entry) else entry

    def _change_password(self, conf, login, old_passwd, new_passwd):
        user = self._find_user(login)
        if not self._vouches_for(conf, login, user):
            return False
        known_as = user.sajad_directory_login or login
        return super()._change_password(conf, known_as, old_passwd, new_passwd)

    def _find_user(self, login):
        """Return the user of a login, in any case of letters, archived ones too."""
        rows = self.env.execute_query(
            SQL("SELECT id FROM res_users WHERE lower(login) = lower(%s)", login)
        )
        # nobody is signed in yet
        return self.env["res.users"].sudo().browse(rows[0][0] if rows else False)

    def _vouches_for(self, conf, login, user):
        """Return whether a directory may sign in whoever types a login."""
        university_id = conf.get("university_id")
        if user:
            return user.active and (
                not university_id
                or user._get_directory_university().id == university_id
            )
        if not university_id:
            return True
        # do not show the password of a student to other universities
        students = self._find_students([login], [login])
        return not students or university_id in students.university_id.ids

    def _find_students(self, numbers, ids):
        """Return who has one of these student numbers or national IDs.

        What is no national ID is not looked for: an attribute may hold anything.
        """
        ids = [text for text in ids if is_national_id(text)]
        # nobody is signed in yet
        Student_sudo = self.env["sajad.student"].sudo()
        return Student_sudo.search(
            ["|", ("student_number", "in", numbers), ("national_id", "in", ids)]
        )

    @api.model
    def _cron_close_accounts(self):
        """Close the accounts of officers whom their directory has disabled (row A12).

        What they had in hand moves on (row A6). A directory that does not answer or
        does not know a person closes nothing.
        """
        officers = self._get_officers()
        for conf in self._get_ldap_dicts():
            for user in officers.filtered("active"):
                if self._has_disabled(conf, user):
                    user.active = False
                if self.env.cr.cache.pop(DOWN, False):
                    break

    def _get_officers(self):
        """Return who has an office today; never an administrator of the system."""
        # a job of nobody's
        Member_sudo = self.env["sajad.cartable.member"].sudo()
        members_sudo = Member_sudo.search(Member_sudo._get_decider_domain())
        University_sudo = self.env["sajad.university"].sudo()  # liaisons, too
        universities_sudo = University_sudo.search([("liaison_ids", "!=", False)])
        users_sudo = members_sudo.user_id | universities_sudo.liaison_ids
        return users_sudo.filtered(lambda user: not user.has_group("base.group_system"))

    def _has_disabled(self, conf, user):
        """Return whether the directory vouches for a user and has disabled them."""
        if not self._vouches_for(conf, user.login, user):
            return False
        _dn, entry = self._get_entry(conf, user.sajad_directory_login or user.login)
        return bool(entry) and is_disabled(entry)

    # ------------------------------------------------------------
    # AS WHOM
    # ------------------------------------------------------------

    def _map_ldap_attributes(self, conf, login, ldap_entry):
        values = super()._map_ldap_attributes(conf, login, ldap_entry)
        if isinstance(values["name"], bytes):
            values["name"] = values["name"].decode("utf-8", "replace")
        return values

    def _get_or_create_user(self, conf, login, ldap_entry):
        """Return the id of the person's user; new ones are of the portal.

        :raise AccessDenied: with the reason, when there is none for the person
        """
        login = normalize_text(login)
        if self._find_user(login):
            return super()._get_or_create_user(conf, login, ldap_entry)
        if conf.get("university_id"):
            return self._get_or_create_student_user(conf, login, ldap_entry).id
        if conf["create_user"] and not conf["user"]:
            # without a template Odoo would make an internal user
            template = self.env.ref("base.template_portal_user_id")
            conf = {**conf, "user": (template.id, template.name)}
        return super()._get_or_create_user(conf, login, ldap_entry)

    def _get_or_create_student_user(self, conf, login, entry):
        """Return the user of the student that an entry is of."""
        student = self._find_student(conf, entry)
        if not student:
            raise AccessDenied(
                self.env._(
                    "Your university knows you, but you are not registered here as a "
                    "student. Ask the student affairs of your university."
                )
            )
        users = student.partner_id.with_context(active_test=False).user_ids
        if not users and conf["create_user"]:
            values = student._prepare_account(student._get_taken_logins(student))
            # nobody is signed in yet
            Users = self.env["res.users"].sudo().with_context(no_reset_password=True)
            # who comes through the directory is new: the account is made for them
            users = Users.create({**values, "sajad_directory_login": login})
        user = users[:1]
        if not user.active or not user.share:
            raise AccessDenied(
                self.env._(
                    "Your account here is closed, or you work at the university: then "
                    "sign in with the login of your office."
                )
            )
        user.sajad_directory_login = login
        return user

    def _find_student(self, conf, entry):
        """Return the one student of the directory's university that an entry names."""
        numbers = get_values(entry, [conf["student_number_attribute"]])
        ids = get_values(entry, [conf["national_id_attribute"]])
        students = self._find_students(numbers, ids).filtered(
            lambda student: student.university_id.id == conf["university_id"]
        )
        # of several persons nobody knows which
        return students[:1] if len(students.partner_id) == 1 else students[:0]
