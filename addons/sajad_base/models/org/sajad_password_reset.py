import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.sajad_persian.tools.normalize import normalize_text

_logger = logging.getLogger(__name__)

# whoever asks again so soon has the mail already
AGAIN = timedelta(minutes=10)


class SajadPasswordReset(models.Model):
    """Whoever forgot a password, by the login that was typed (row E5).

    The page only writes it down, for every login alike; a job looks for the account
    and sends the mail. Neither answer nor time says whether there is one.
    """

    _name = "sajad.password.reset"
    _description = "Request for a New Password"
    _rec_name = "login"
    _log_access = False

    login = fields.Char(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    is_done = fields.Boolean(string="Done", readonly=True)

    _login_uniq = models.Constraint("unique(login)", "This login is asked for already.")

    @api.model
    def _ask(self, login):
        """Write down that somebody forgot the password of a login."""
        now = fields.Datetime.now()
        # twice at one moment is once, and one mail is enough for a while
        self.env.cr.execute(
            SQL(
                "INSERT INTO sajad_password_reset AS asked (login, date, is_done) "
                "VALUES (%(login)s, %(now)s, FALSE) ON CONFLICT (login) DO UPDATE "
                "SET date = %(now)s, is_done = FALSE WHERE asked.date < %(before)s",
                login=normalize_text(login)[:128].lower(),
                now=now,
                before=now - AGAIN,
            )
        )
        # nobody is signed in
        self.env.ref("sajad_base.ir_cron_password_reset").sudo()._trigger()

    @api.model
    def _cron_send(self):
        """Send the mails to those who have an account, and forget who asked."""
        for asked in self.search([("is_done", "=", False)], limit=200):
            asked.is_done = True
            asked._send()
            self.env["ir.cron"]._commit_progress(1)
        self.search([("date", "<", fields.Datetime.now() - AGAIN)]).unlink()

    def _send(self):
        Users = self.env["res.users"]
        users = Users.search([("login", "=ilike", self.login)])
        users = users or Users.search([("email_normalized", "=", self.login)])
        # of several accounts nobody knows whose mail it is
        if len(users) != 1:
            return
        try:
            users.action_reset_password()
        except UserError as error:
            _logger.warning("No mail for a new password: %s", error)
