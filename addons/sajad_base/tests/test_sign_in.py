import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from passlib.context import CryptContext

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.res_users import CryptContext as ServedContext

from ..tools.login_delay import FORGET, FREE_ADDRESS, FREE_ANYWHERE, LONGEST, get_delay
from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestSignIn(SajadCommon, HttpCase):
    """Wrong passwords cost time, of an account and where they come from (row E5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("base.login_cooldown_after", "3")
        cls.env["sajad.login.failure"].search([]).unlink()
        cls.Failure = cls.env["sajad.login.failure"]

    def sign_in(self, login, password):
        """Return what the login page says, and nothing when the person is in."""
        self.authenticate(None, None)
        page = self.url_open("/web/login").text
        token = re.search(r'csrf_token: "(\w*?)"', page)[1]
        values = {"login": login, "password": password, "csrf_token": token}
        answer = self.url_open("/web/login", data=values)
        found = re.search(r'alert alert-danger"[^>]*>([^<]+)<', answer.text)
        self.env.invalidate_all()
        return found and found[1].strip()

    def test_delays_grow_slowly(self):
        self.assertEqual(
            [get_delay(n, 3) for n in range(7)], [0, 0, 0, 15, 30, 60, 120]
        )
        self.assertEqual(get_delay(10**6, 3), LONGEST)

    def test_wrong_passwords_of_one_account(self):
        for _n in range(3):
            self.assertIn("Wrong login/password", self.sign_in("t_officer", "wrong"))
        self.assertIn("Too many wrong", self.sign_in("t_officer", "t_officer"))
        # in any spelling, and nobody else behind the address
        self.assertIn("Too many wrong", self.sign_in("T_OFFICER ", "t_officer"))
        self.assertFalse(self.sign_in("t_liaison", "t_liaison"))
        later = fields.Datetime.now() - timedelta(seconds=20)
        self.Failure.search([]).write({"date_last": later})
        self.assertFalse(self.sign_in("t_officer", "t_officer"))
        self.assertFalse(self.sign_in("t_officer", "t_officer"))

    def test_the_page_asks_for_what_students_have(self):
        self.authenticate(None, None)
        page = self.url_open("/web/login").text
        self.assertRegex(page, r"<label[^>]*>Username or student number</label>")

    def test_accounts_that_do_not_exist_are_told_the_same(self):
        for login in ("t_officer", "nobody"):
            said = [self.sign_in(login, "wrong") for _n in range(4)]
            self.assertEqual(
                [text.split(".")[0] for text in said],
                ["Wrong login/password"] * 3 + ["Too many wrong passwords"],
            )

    def test_accounts_that_do_not_exist_take_as_long(self):
        """One password is compared, whoever asks."""
        self.env.cr.execute(
            "UPDATE res_users SET password = NULL WHERE login = 't_supervisor'"
        )
        # tests have another context of passwords than the server
        served = ServedContext(["pbkdf2_sha512", "plaintext"])
        Users = type(self.env["res.users"])
        for login, hashed in (("t_officer", 0), ("nobody", 1), ("t_supervisor", 1)):
            with (
                patch.object(Users, "_crypt_context", return_value=served),
                patch.object(CryptContext, "hash") as function,
            ):
                self.assertIn("Wrong login/password", self.sign_in(login, "wrong"))
            self.assertEqual(function.call_count, hashed, login)

    def test_many_addresses(self):
        """Twenty wrong passwords from twenty addresses, and then the right one."""
        for n in range(20):
            self.Failure._count_failure("t_officer", f"192.0.2.{n}")
        self.assertIn("Too many wrong", self.sign_in("t_officer", "t_officer"))

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.jsonrpc")
    def test_other_programs_have_no_more_attempts(self):
        """Odoo's older interfaces for programs take passwords, too."""
        database, user = self.env.cr.dbname, self.user_officer

        def call(service, method, *args):
            params = {"service": service, "method": method, "args": args}
            answer = self.url_open("/jsonrpc", json={"params": params}).json()
            self.env.invalidate_all()
            return answer.get("result")

        def sign_in(password):
            return call("common", "authenticate", database, user.login, password, {})

        def read(password):
            what = (user.id, password, "res.users", "search_count", [[]])
            return call("object", "execute_kw", database, *what)

        # what was right once, Odoo remembers
        self.assertTrue(sign_in("t_officer"))
        for _n in range(4):
            self.assertFalse(sign_in("wrong"))
        # the right one, too early
        self.assertFalse(sign_in("t_officer") or read("t_officer"))
        later = fields.Datetime.now() - timedelta(hours=1)
        self.Failure.search([]).write({"date_last": later})
        self.assertTrue(sign_in("t_officer") and read("t_officer"))
        with patch.object(type(self.Failure), "_count_failure") as count:
            self.assertFalse(read("wrong"))
        count.assert_called_once_with("t_officer", "127.0.0.1")

    # ------------------------------------------------------------
    # PASSWORDS THAT ARE ASKED FOR ONCE MORE
    # ------------------------------------------------------------

    def ask_again(self, door, password):
        """Return what a page or a call says to somebody who is signed in."""
        token = re.search(r'csrf_token: "(\w*?)"', self.url_open("/my/security").text)
        values = {"csrf_token": token[1]}
        if door == "page":
            values |= dict.fromkeys(("new1", "new2"), "new-password")
            text = self.url_open("/my/security", values | {"old": password}).text
        elif door == "delete":
            values |= {"validation": "t_visitor", "password": password}
            text = self.url_open("/my/deactivate_account", values).text
        elif door == "call":
            text = self.call("res.users", "change_password", [password, "new-password"])
        else:
            check = self.env["res.users.identitycheck"].with_user(self.visitor)
            ids = check.sudo().create({"request": "[]"}).ids
            context = {"password": password}
            text = self.call(check._name, "run_check", [ids], {"context": context})
        self.env.invalidate_all()
        return text

    def call(self, model, method, args, kwargs=None):
        params = {"model": model, "method": method, "args": args}
        url = f"/web/dataset/call_kw/{model}/{method}"
        return self.url_open(
            url, json={"params": params | {"kwargs": kwargs or {}}}
        ).text

    @mute_logger("odoo.http")
    def test_old_password_of_who_is_signed_in(self):
        """Whoever finds an open browser does not learn the password by trying."""
        self.visitor = self.make_user("t_visitor", "base.group_portal")
        for door in ("page", "delete", "call", "dialog"):
            self.Failure.search([]).unlink()
            self.authenticate("t_visitor", "t_visitor")
            with self.subTest(door=door):
                with patch.object(type(self.Failure), "_count_failure") as count:
                    self.assertNotIn("Too many wrong", self.ask_again(door, "wrong"))
                count.assert_called_once_with("t_visitor", "127.0.0.1")
                # tests undo what calls count that fail
                for _n in range(3):
                    self.Failure._count_failure("t_visitor", "127.0.0.1")
                self.assertIn("Too many wrong", self.ask_again(door, "t_visitor"))
                self.assertTrue(self.visitor.active)

    @mute_logger("odoo.http")
    def test_right_old_password(self):
        self.authenticate("t_officer", "t_officer")
        for _n in range(2):
            self.call("res.users", "change_password", ["wrong", "new-password"])
        answer = self.call(
            "res.users", "change_password", ["t_officer", "new-password"]
        )
        self.assertIn('"result": true', answer)
        self.assertFalse(self.sign_in("t_officer", "new-password"))

    def test_attacks_do_not_keep_the_owner_out(self):
        """Where the account has signed in from, others' attempts do not count."""
        self.assertFalse(self.sign_in("t_officer", "t_officer"))
        for n in range(FREE_ANYWHERE * 2):
            self.Failure._count_failure("t_officer", f"192.0.2.{n}")
        self.assertTrue(self.Failure._get_wait("t_officer", "198.51.100.1"))
        self.assertFalse(self.sign_in("t_officer", "t_officer"))

    def test_many_accounts_from_one_address(self):
        """Whoever tries one password on many accounts gets on with one a minute."""
        start = fields.Datetime.now()
        with freeze_time(start):
            for n in range(FREE_ADDRESS):
                self.assertFalse(self.Failure._get_wait(f"a{n}", "192.0.2.1"), n)
                self.Failure._count_failure(f"a{n}", "192.0.2.1")
            self.env.invalidate_all()
            self.assertEqual(self.Failure._get_wait("new", "192.0.2.1"), FORGET)
            self.assertFalse(self.Failure._get_wait("new", "192.0.2.2"))
        # for each minute one more, never several at once, and it grows no longer
        for minute in range(1, 4):
            with freeze_time(start + timedelta(seconds=minute * FORGET)):
                self.assertFalse(self.Failure._get_wait("new", "192.0.2.1"))
                self.Failure._count_failure(f"b{minute}", "192.0.2.1")
                self.env.invalidate_all()
                self.assertEqual(self.Failure._get_wait("new", "192.0.2.1"), FORGET)
        with freeze_time(start + timedelta(hours=1)):
            for n in range(FREE_ADDRESS - 1):
                self.Failure._count_failure(f"c{n}", "192.0.2.1")
            self.env.invalidate_all()
            self.assertFalse(self.Failure._get_wait("new", "192.0.2.1"))

    def test_those_who_signed_in_there_pass(self):
        """A campus shares an address: its people neither count nor wait."""
        for n in range(FREE_ADDRESS + 5):
            self.Failure._count_success(f"known{n}", "192.0.2.1")
            self.Failure._count_failure(f"known{n}", "192.0.2.1")
        self.env.invalidate_all()
        self.assertFalse(self.Failure._get_wait("new", "192.0.2.1"))
        for n in range(FREE_ADDRESS):
            self.Failure._count_failure(f"a{n}", "192.0.2.1")
        self.env.invalidate_all()
        self.assertTrue(self.Failure._get_wait("new", "192.0.2.1"))
        self.assertFalse(self.Failure._get_wait("known1", "192.0.2.1"))
        # an administrator lets the address in, and forgets no other
        self.Failure._count_failure("a0", "192.0.2.9")
        self.env.invalidate_all()
        row = self.Failure.search(
            [("login", "=", False), ("address", "=", "192.0.2.1")]
        )
        row.with_user(self.user_admin).action_let_in()
        self.assertFalse(self.Failure._get_wait("new", "192.0.2.1"))
        self.assertEqual(self.Failure.search_count([("login", "=", False)]), 1)

    def test_spraying_over_http(self):
        for n in range(FREE_ADDRESS):
            self.Failure._count_failure(f"a{n}", "127.0.0.1")
        self.assertIn("Too many wrong", self.sign_in("t_officer", "t_officer"))
        self.Failure._count_success("t_officer", "127.0.0.1")
        self.assertFalse(self.sign_in("t_officer", "t_officer"))

    def test_nobody_remembers_after_a_day(self):
        for _n in range(9):
            self.Failure._count_failure("t_officer", "192.0.2.1")
        self.assertTrue(self.Failure._get_wait("t_officer", "192.0.2.1"))
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self.assertFalse(self.Failure._get_wait("t_officer", "192.0.2.1"))
            self.Failure._count_failure("t_officer", "192.0.2.1")
            self.env.invalidate_all()
            here = self.Failure.search(
                [("address", "=", "192.0.2.1"), ("login", "!=", False)]
            )
            self.assertEqual(here.count, 1)
        with freeze_time(fields.Datetime.now() + timedelta(days=90)):
            self.Failure._gc_failures()
        self.assertFalse(self.Failure.search([]))

    def test_administrator_lets_in(self):
        for n in range(20):
            self.Failure._count_failure("t_officer", f"192.0.2.{n}")
        rows = self.Failure.search([("login", "=", "t_officer")])
        self.assertTrue(all(row.date_free for row in rows if not row.address))
        with self.assertRaises(AccessError):
            rows.with_user(self.user_organization).action_let_in()
        rows[:1].with_user(self.user_admin).action_let_in()
        self.assertFalse(self.sign_in("t_officer", "t_officer"))

    # ------------------------------------------------------------
    # FORGOTTEN PASSWORDS
    # ------------------------------------------------------------

    def ask_reset(self, login):
        """Return the page that answers, without what differs from page to page."""
        self.authenticate(None, None)
        page = self.url_open("/web/reset_password").text
        token = re.search(r'csrf_token: "(\w*?)"', page)[1]
        values = {"login": login, "csrf_token": token}
        text = self.url_open("/web/reset_password", data=values).text
        return re.search(r"alert alert-\w+\"[^>]*>\s*([^<]+)<", text)[1].strip()

    def test_forgotten_password_is_answered_alike(self):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        self.user_officer.email = "officer@example.com"
        self.user_liaison.email = self.user_organization.email = "two@example.com"
        logins = ("t_officer", "nobody", "two@example.com", "t_auditor", "T_OFFICER")
        with patch.object(type(self.env["res.users"]), "action_reset_password") as sent:
            answers = {self.ask_reset(login) for login in logins}
            self.assertFalse(sent.called)
            self.assertEqual(len(answers), 1, answers)
            Reset = self.env["sajad.password.reset"]
            self.assertEqual(Reset.search_count([("is_done", "=", False)]), 4)
            # a job commits after each mail, which a test must not
            with patch.object(self.registry["ir.cron"], "_commit_progress"):
                Reset._cron_send()
            # of t_officer and t_auditor
            self.assertEqual(sent.call_count, 2)
            Reset._ask("t_officer")
            self.assertFalse(Reset.search([("is_done", "=", False)]))

    def test_addresses_are_not_looked_up(self):
        self.user_officer.email = "officer@example.com"
        for path in ("signup", "reset_password"):
            for email in ("officer@example.com", "nobody@example.com"):
                answer = self.url_open(
                    f"/web/{path}?signup_email={email}", allow_redirects=False
                )
                self.assertNotIn(answer.status_code, (302, 303))
