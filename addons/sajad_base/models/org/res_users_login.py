from contextlib import contextmanager

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request
from odoo.tools import SQL

from odoo.addons.sajad_persian.tools.normalize import normalize_text


class ResUsers(models.Model):
    """Wrong passwords cost time, whether the account exists or not (row E5)."""

    _inherit = "res.users"

    @contextmanager
    def _assert_can_auth(self, user=None):
        # nobody is signed in yet
        Failure_sudo = self.env["sajad.login.failure"].sudo()
        if not request or not Failure_sudo._get_free():
            yield
            return
        login = self._get_login_key(user)
        address = request.httprequest.remote_addr
        if wait := Failure_sudo._get_wait(login, address):
            raise AccessDenied(self._get_wait_sentence(wait))
        try:
            yield
        except AccessDenied:
            self._spend_as_long(login)
            Failure_sudo._count_failure(login, address)
            raise
        Failure_sudo._count_success(login, address)

    def _get_login_key(self, user):
        if isinstance(user, int):
            # nobody is signed in yet
            user = self.browse(user).sudo().login
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
