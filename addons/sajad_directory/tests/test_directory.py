import html
import re

import ldap
import psycopg2
from lxml import etree

from odoo.exceptions import ValidationError
from odoo.http import root
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.translate import code_translations

from odoo.addons.sajad_base.tests.common import OFFICER, SajadCommon

from .slapd import BASE, READER, SECRET, Slapd

LOCKED = "pwdAccountLockedTime: 000001010000Z"
DISABLED = "userAccountControl: 514"
ENABLED = "userAccountControl: 512"
WRONG = ("web", "Wrong login/password")
UNKNOWN = ("auth_ldap", "No local user found")
STRANGER = ("sajad_directory", "Your university knows you, but")
CLOSED = ("sajad_directory", "Your account here is closed")
DEAD = ("sajad_directory", "The directory that knows your password")
NATIONAL_ID = "0067749828"


def person(uid, extra=ENABLED, password=None):
    return {
        "uid": uid,
        "name": f"Person {uid}",
        "password": password or f"secret-{uid}",
        "extra": extra,
    }


PEOPLE = [
    person("1001"),
    person("1002", LOCKED),
    person("1003", DISABLED),
    person("n.azizi", f"nationalId: {NATIONAL_ID}"),
    person("1005"),
    person("1006"),
    person("guest"),
    person("two2", "nationalId: 0499370899"),
    person("dash", "nationalId: -"),
    person("dot", "nationalId: ."),
    person("space", "nationalId:: IA=="),
    person("half.space", "nationalId:: 4oCM"),
    person("words", "nationalId: unknown"),
    person("number", "nationalId: 1004"),
    person("t_expert"),
    person("t_stranger_expert"),
    person("t_root"),
    person("t_left", DISABLED),
    person("t_left_root", DISABLED),
    person("2001"),
    person("t_clerk"),
]


@tagged("post_install", "-at_install")
class TestDirectory(SajadCommon, HttpCase):
    """Sign-in with a real OpenLDAP server over HTTP (row A12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slapd = Slapd(PEOPLE)
        cls.addClassCleanup(cls.slapd.stop)
        cls.slapd.start()
        # this class makes wrong attempts on purpose
        cls.env["ir.config_parameter"].set_param("base.login_cooldown_after", "0")
        cls.env["res.company.ldap"].search([]).unlink()
        cls.directory = cls.make_directory(cls.university)
        cls.process = cls.make_process("dir", {"a": {}})
        cls.expert = cls.make_user("t_expert", OFFICER)
        cls.make_cartables(cls.process, cls.university, cls.expert)
        cls.stranger = cls.make_user("t_stranger_expert", OFFICER)
        cls.make_cartables(cls.process, cls.other_university, cls.stranger)
        cls.root = cls.make_user("t_root", f"{OFFICER},base.group_system")
        cls.root.partner_id.sajad_university_id = cls.university
        for number in ("1002", "1003", "1006"):
            cls.make_student(number, cls.university)
        cls.newcomer = cls.make_student("1004", cls.university, national_id=NATIONAL_ID)
        # the student that every test class has: number 1001, with an account
        cls.user_student.login = "somebody@example.com"

    @classmethod
    def make_directory(cls, university, **values):
        return cls.env["res.company.ldap"].create(
            {
                "university_id": university.id if university else False,
                "ldap_server": "127.0.0.1",
                "ldap_server_port": cls.slapd.port,
                "ldap_binddn": READER,
                "ldap_password": SECRET,
                "ldap_base": BASE,
                "national_id_attribute": "nationalId",
                **values,
            }
        )

    def sign_in(self, login, password, redirect=""):
        """Sign in as a person does; return (user or nothing, error text)."""
        self.authenticate(None, None)
        page = self.url_open("/web/login").text
        token = re.search(r'csrf_token: "(\w*?)"', page)[1]
        values = {"login": login, "password": password, "csrf_token": token}
        if redirect:
            values["redirect"] = redirect
        response = self.url_open("/web/login", data=values)
        self.assertEqual(response.status_code, 200)
        self.page = response
        error = re.search(r'alert alert-danger"[^>]*>([^<]+)<', response.text)
        self.env.invalidate_all()
        session = root.session_store.get(self.opener.cookies["session_id"])
        user = self.env["res.users"].browse(session.uid or [])
        return user, error and error[1].strip()

    def assertRefused(self, login, password, message=WRONG):
        user, error = self.sign_in(login, password)
        self.assertFalse(user, login)
        module, start = message
        # visitors see Persian where it is installed
        terms = code_translations.get_python_translations(module, "fa_IR")
        texts = [start, *(v for k, v in terms.items() if k.startswith(start))]
        self.assertTrue(
            any(html.unescape(error or "").startswith(text) for text in texts),
            (error, texts),
        )

    # ------------------------------------------------------------
    # WHO GETS IN
    # ------------------------------------------------------------

    def test_student_by_number(self):
        """The account that was there is used, whatever its login."""
        user, _error = self.sign_in("1001", "secret-1001")
        self.assertEqual(user, self.user_student)
        self.assertTrue(user.share)
        self.assertTrue(self.page.url.endswith("/my"), self.page.url)

    def test_student_with_persian_digits(self):
        self.assertEqual(self.sign_in("۱۰۰۱", "secret-1001")[0], self.user_student)

    def test_student_signs_in_again_with_the_local_login(self):
        self.sign_in("1001", "secret-1001")
        user = self.sign_in("somebody@example.com", "secret-1001")[0]
        self.assertEqual(user, self.user_student)

    def test_new_student_by_national_id(self):
        self.assertFalse(self.newcomer.user_id)
        user, _error = self.sign_in("n.azizi", "secret-n.azizi")
        self.assertEqual(user, self.newcomer.user_id)
        self.assertTrue(user.share)
        self.assertFalse(user.has_group("base.group_user"))
        self.assertEqual(user.login, "1004")
        count = self.env["res.users"].search_count([])
        self.assertEqual(self.sign_in("n.azizi", "secret-n.azizi")[0], user)
        self.assertEqual(self.sign_in("1004", "secret-n.azizi")[0], user)
        self.assertEqual(self.env["res.users"].search_count([]), count)

    def test_expert(self):
        user, _error = self.sign_in("t_expert", "secret-t_expert")
        self.assertEqual(user, self.expert)
        self.assertIn("/odoo", self.page.url)

    def test_local_users_still_get_in(self):
        """A local password counts, and a directory that is dead delays nobody."""
        self.directory.ldap_server_port = self._get_closed_port()
        user, _error = self.sign_in("t_officer", "t_officer")
        self.assertEqual(user, self.user_officer)

    # ------------------------------------------------------------
    # WHO DOES NOT
    # ------------------------------------------------------------

    def test_wrong_password(self):
        for login in ("1001", "t_expert", "n.azizi", "nobody"):
            with self.subTest(login):
                self.assertRefused(login, "wrong")

    def test_empty_password(self):
        """An empty password is an anonymous bind, which a directory accepts."""
        for login in ("1001", "t_expert"):
            with self.subTest(login):
                self.assertRefused(login, "")
                self.assertFalse(
                    self.directory._authenticate(self._get_conf(), login, "")
                )

    def test_disabled_in_the_directory(self):
        self.assertRefused("1002", "secret-1002")
        self.assertRefused("1003", "secret-1003")

    def make_left(self, login="t_left", groups=OFFICER):
        """Return somebody whom the directory has disabled, in charge of a request."""
        user = self.make_user(login, groups)
        process = self.make_process(login, {"a": {}})
        self.make_cartables(process, self.university, user)
        return user, self.make_request(process)

    def test_accounts_end_with_the_directory(self):
        """The job closes them, and their work goes on without them (row A6)."""
        user, request = self.make_left()
        self.env["res.company.ldap"]._cron_close_accounts()
        self.assertFalse(user.active)
        self.assertTrue(self.expert.active)
        self.assertTrue(self.stranger.active)
        self.assertEqual(request.state, "suspended")
        user.active = True
        self.assertEqual(request.state, "running")

    def test_whom_no_directory_closes(self):
        """People of other universities, and administrators of the system."""
        root, _request = self.make_left("t_left_root", f"{OFFICER},base.group_system")
        user, request = self.make_left()
        self.directory.university_id = self.other_university
        self.env["res.company.ldap"]._cron_close_accounts()
        self.directory.university_id = False
        self.assertTrue(user.active)
        self.assertEqual(request.state, "running")
        self.env["res.company.ldap"]._cron_close_accounts()
        self.assertFalse(user.active)
        self.assertTrue(root.active)

    @mute_logger("odoo.addons.auth_ldap.models.res_company_ldap")
    def test_dead_directory_closes_nobody(self):
        user, _request = self.make_left()
        self.directory.ldap_server_port = self._get_closed_port()
        self.env["res.company.ldap"]._cron_close_accounts()
        self.assertTrue(user.active)

    def test_archived_here(self):
        self.user_student.active = False
        self.assertRefused("1001", "secret-1001", CLOSED)
        self.expert.active = False
        self.assertRefused("t_expert", "secret-t_expert")

    def test_filter_injection(self):
        for login in ("*", "1001)(uid=*", "*)(objectClass=*", "100*", "\\2a", "(", "|"):
            with self.subTest(login):
                self.assertRefused(login, "secret-1001")

    def test_not_in_the_register(self):
        """A person of the directory who is no student gets no account."""
        count = self.env["res.users"].search_count([])
        self.assertRefused("guest", "secret-guest", STRANGER)
        self.assertEqual(self.env["res.users"].search_count([]), count)

    def test_two_persons_fit(self):
        self.make_student("two2", self.university)
        self.make_student("777", self.university, national_id="0499370899")
        self.assertRefused("two2", "secret-two2", STRANGER)

    def test_national_id_that_is_none(self):
        """It is nobody's, least of all of the one student without a national ID."""
        Student = self.env["sajad.student"]
        mine = Student.search([("university_id", "=", self.university.id)])
        (mine - self.student).filtered(lambda s: not s.national_id).unlink()
        self.student.national_id = False
        count = self.env["res.users"].search_count([])
        for login in ("dash", "dot", "space", "half.space", "words", "number"):
            with self.subTest(login):
                self.assertRefused(login, f"secret-{login}", STRANGER)
        self.assertEqual(self.env["res.users"].search_count([]), count)

    def test_other_universities(self):
        """A directory vouches for the people of its own university only."""
        self.assertRefused("t_stranger_expert", "secret-t_stranger_expert")
        self.assertRefused("2001", "secret-2001")
        self.directory.university_id = self.other_university
        self.assertEqual(
            self.sign_in("t_stranger_expert", "secret-t_stranger_expert")[0],
            self.stranger,
        )
        self.assertEqual(
            self.sign_in("2001", "secret-2001")[0], self.user_other_student
        )
        self.assertRefused("t_expert", "secret-t_expert")

    def test_administrators_only_by_the_directory_of_all(self):
        self.assertRefused("t_root", "secret-t_root")
        self.directory.university_id = False
        self.assertEqual(self.sign_in("t_root", "secret-t_root")[0], self.root)

    def test_directory_of_all_gives_no_rights(self):
        self.directory.university_id = False
        user, _error = self.sign_in("t_clerk", "secret-t_clerk")
        self.assertTrue(user.share)
        self.assertEqual(user.name, "Person t_clerk")
        with self.assertRaises(ValidationError):
            self.directory.user = self.user_officer
        self.directory.create_user = False
        self.assertRefused("guest", "secret-guest", UNKNOWN)

    def test_students_who_work_at_the_university_keep_their_logins_apart(self):
        number = self.make_student("1006b", self.university, self.expert)
        number.student_number = "1005"
        self.assertRefused("1005", "secret-1005", CLOSED)

    # ------------------------------------------------------------
    # TROUBLE
    # ------------------------------------------------------------

    def _get_conf(self):
        return self.env["res.company.ldap"]._get_ldap_dicts()[0]

    def _get_closed_port(self):
        other = Slapd([])
        return other.port

    def test_dead_directory(self):
        self.directory.ldap_server_port = self._get_closed_port()
        with mute_logger("odoo.addons.auth_ldap.models.res_company_ldap"):
            self.assertRefused("t_expert", "secret-t_expert", DEAD)
            self.assertRefused("1001", "secret-1001", DEAD)
        notification = self.directory.test_ldap_connection()
        self.assertEqual(notification["params"]["type"], "danger")

    def test_reader_is_refused(self):
        """A wrong account of the directory itself is no message to the person."""
        self.directory.ldap_password = "wrong"
        with mute_logger("odoo.addons.auth_ldap.models.res_company_ldap"):
            self.assertRefused("1001", "secret-1001")

    def test_connection(self):
        notification = self.directory.test_ldap_connection()
        self.assertEqual(notification["params"]["type"], "success")

    def trust(self, file):
        """Trust who signed a certificate, as the system does whom it knows."""
        ldap.set_option(ldap.OPT_X_TLS_CACERTFILE, str(file))
        ldap.set_option(ldap.OPT_X_TLS_NEWCTX, 0)

    def test_ldaps(self):
        """Encrypted from the first byte, with a server that is who it says it is."""
        self.directory.write(
            {"encryption": "ldaps", "ldap_server_port": self.slapd.tls_port}
        )
        with mute_logger("odoo.addons.auth_ldap.models.res_company_ldap"):
            self.assertRefused("t_expert", "secret-t_expert", DEAD)
        known = ldap.get_option(ldap.OPT_X_TLS_CACERTFILE)
        self.addCleanup(self.trust, known or "/etc/ssl/certs/ca-certificates.crt")
        self.trust(self.slapd.certificate)
        self.assertEqual(self.sign_in("t_expert", "secret-t_expert")[0], self.expert)
        self.assertRefused("t_expert", "wrong")
        notification = self.directory.test_ldap_connection()
        self.assertEqual(notification["params"]["type"], "success")

    def test_ldaps_is_no_starttls(self):
        self.directory.encryption = "starttls"
        self.assertTrue(self.directory.ldap_tls)
        self.directory.encryption = "ldaps"
        self.assertFalse(self.directory.ldap_tls)

    def test_usual_values(self):
        """Active Directory has its own filter, LDAPS its own port."""
        with Form(self.env["res.company.ldap"]) as form:
            self.assertEqual(
                (form.ldap_server_port, form.ldap_filter), (389, "(uid=%s)")
            )
            form.kind = "ad"
            self.assertIn("(sAMAccountName=%s)", form.ldap_filter)
            form.university_id = self.university
            self.assertEqual(form.student_number_attribute, "sAMAccountName")
            form.encryption = "ldaps"
            self.assertEqual(form.ldap_server_port, 636)
            form.ldap_server_port = 3269
            form.encryption = "starttls"
            self.assertEqual(form.ldap_server_port, 3268)
            # what somebody typed stays
            form.ldap_server_port = 10389
            form.ldap_filter = "(mail=%s)"
            form.encryption = "ldaps"
            form.kind = "ldap"
            self.assertEqual(
                (form.ldap_server_port, form.ldap_filter), (10389, "(mail=%s)")
            )
            form.ldap_base = BASE
            form.ldap_server = "ldap.example.ac.ir"

    def test_port_is_checked(self):
        for port in (0, -1, 65536):
            with (
                self.subTest(port),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.directory.ldap_server_port = port
                self.directory.flush_recordset()
            self.directory.invalidate_recordset()

    def test_settings_name_what_people_look_for(self):
        """Whoever types LDAP or Active Directory in the settings finds it."""
        for lang in ("en_US", "fa_IR"):
            if not self.env["res.lang"].search_count([("code", "=", lang)]):
                continue
            settings = self.env["res.config.settings"].with_context(lang=lang)
            tree = etree.fromstring(settings.get_view(view_type="form")["arch"])
            [setting] = tree.xpath("//setting[@id='sajad_directories']")
            for word in ("LDAP", "Active Directory"):
                self.assertIn(word, setting.get("string"))
            self.assertFalse(tree.xpath("//field[@name='module_auth_ldap']"))

    def test_filter_is_checked(self):
        for text in ("(uid=x)", "(uid=%s", "uid"):
            with self.subTest(text), self.assertRaises(ValidationError):
                self.directory.ldap_filter = text

    def test_redirect_after_sign_in(self):
        """Links in mails lead to the page after the sign-in."""
        self.sign_in("1001", "secret-1001", "/my/requests")
        self.assertTrue(self.page.url.endswith("/my/requests"), self.page.url)
