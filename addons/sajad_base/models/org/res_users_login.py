import threading
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, models
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request
from odoo.tools import SQL

from odoo.addons.sajad_persian.tools.normalize import normalize_text

# within an attempt that is counted already
COUNTED = ContextVar("sajad_counted", default=False)


class ResUsers(models.Model):
    """Wrong passwords cost time, whether the account exists or not (row E5)."""

    _inherit = "res.users"

    @contextmanager
    def _assert_can_auth(self, user=None):
        # nobody is signed in yet
        Failure_sudo = self.env["sajad.login.failure"].sudo()
        address = self._get_client_address()
        if not address or not Failure_sudo._get_free():
            yield
            return
        login = self._get_login_key(user)
        if wait := Failure_sudo._get_wait(login, address):
            raise AccessDenied(self._get_wait_sentence(wait))
        token = COUNTED.set(True)
        try:
            yield
        except AccessDenied:
            self._spend_as_long(login)
            Failure_sudo._count_failure(login, address)
            raise
        finally:
            COUNTED.reset(token)
        # other programs sign in with each call
        if not Failure_sudo._is_calm(login, address):
            Failure_sudo._count_success(login, address)

    def _check_credentials(self, credential, env):
        """Count the passwords that somebody who is signed in types once more."""
        if COUNTED.get():
            return super()._check_credentials(credential, env)
        self._check_no_wait()
        with self._assert_can_auth(user=self.env.user.login):
            return super()._check_credentials(credential, env)

    @api.model
    def change_password(self, old_passwd, new_passwd):
        """Set the own password.

        :raise AccessDenied: the old one is wrong
        :raise UserError: it was wrong too often (row E5), or the new one is empty
        """
        # the directory is asked first, and is no way around the delay
        self._check_no_wait()
        with self._assert_can_auth(user=self.env.user.login):
            return super().change_password(old_passwd, new_passwd)

    def _check_no_wait(self):
        """Say that too many passwords were wrong, where Odoo only says: wrong."""
        # what went wrong is for administrators
        Failure_sudo = self.env["sajad.login.failure"].sudo()
        address = self._get_client_address()
        if not address or not Failure_sudo._get_free():
            return
        login = self._get_login_key(self.env.user.login)
        if wait := Failure_sudo._get_wait(login, address):
            raise UserError(self._get_wait_sentence(wait))

    @api.model
    def _get_client_address(self):
        """Return where the attempt comes from; None: from the server itself.

        Odoo hides the request from the calls of other programs (XML-RPC, JSON-RPC),
        and so they could try as many passwords as they liked.
        """
        if request:
            return request.httprequest.remote_addr
        return getattr(threading.current_thread(), "sajad_address", None)

    def _get_login_key(self, user):
        if isinstance(user, int):
            # nobody is signed in yet, and there may be no such account
            user = self.browse(user).sudo().exists().login
        return normalize_text(user or "")[:128].lower()

    def _get_wait_sentence(self, seconds):
        if seconds < 60:
            return self.env._(
                "Too many wrong passwords. Try again in %(count)s seconds.",
                count=seconds,
            )
        return self.env._(
            "Too many wrong passwords. Try again in %(count)s minutes, or ask the "
            "administrator to let you in.",
            count=-(-seconds // 60),
        )

    def _spend_as_long(self, login):
        """Take as long as for a wrong password where there was none to compare."""
        found = self.env.execute_query(
            SQL(
                "SELECT 1 FROM res_users "
                "WHERE lower(login) = %s AND active AND password IS NOT NULL",
                login,
            )
        )
        if not found:
            self._crypt_context().hash("nobody")

    def reset_password(self, login):
        """Send a mail with a link to whoever has the login or the e-mail address.

        :param str login: as it was typed; whether there is an account is not said
        """
        # nobody is signed in
        self.env["sajad.password.reset"].sudo()._ask(login)
        return True
