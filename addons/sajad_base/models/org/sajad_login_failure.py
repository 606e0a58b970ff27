import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.login_delay import FREE_ANYWHERE, MEMORY, get_delay

_logger = logging.getLogger(__name__)

TRUSTED_DAYS = 30
FREE_PARAMETER = "base.login_cooldown_after"
DEFAULT_FREE = 5
TRIES = 5


class SajadLoginFailure(models.Model):
    """Wrong passwords, counted for an account and where they came from (row E5).

    A row per account and address, and one of the account from everywhere, which has
    no address. In PostgreSQL: the memory of a worker knows nothing of the others. An
    address alone counts for nothing, because a whole campus shares one. Where the
    account has signed in from lately, attempts from elsewhere delay nobody.
    """

    _name = "sajad.login.failure"
    _description = "Wrong Passwords of an Account"
    _order = "date_last desc, id desc"
    _rec_name = "login"
    _log_access = False

    login = fields.Char(required=True, readonly=True)
    address = fields.Char(readonly=True, help="Empty: from everywhere together.")
    count = fields.Integer(string="Wrong Passwords", readonly=True)
    date_last = fields.Datetime(string="Last One", readonly=True)
    date_success = fields.Datetime(string="Signed In", readonly=True)
    date_free = fields.Datetime(string="Waits until", compute="_compute_date_free")

    _login_uniq = models.UniqueIndex("(login, COALESCE(address, ''))")

    @api.depends("count", "date_last", "address")
    def _compute_date_free(self):
        for failure in self:
            wait = failure._get_own_wait()
            now = fields.Datetime.now()
            failure.date_free = wait and now + timedelta(seconds=wait)

    def action_let_in(self):
        """Forget the wrong passwords of these accounts: they may sign in now.

        :raise AccessError: the user is no administrator
        """
        self.check_access("unlink")
        self.search([("login", "in", self.mapped("login"))]).unlink()

    # ------------------------------------------------------------
    # COUNT, with elevated rights: nobody is signed in yet
    # ------------------------------------------------------------

    @api.model
    def _get_free(self):
        """Return how many wrong passwords are free; none are counted at 0."""
        value = self.env["ir.config_parameter"].get_param(FREE_PARAMETER)
        return int(value) if (value or "").isdecimal() else DEFAULT_FREE

    @api.model
    def _get_wait(self, login, address):
        """Return for how many seconds an account may not try from an address."""
        rows = self.search([("login", "=", login), ("address", "in", [address, False])])
        here = rows.filtered("address")
        known = fields.Datetime.now() - timedelta(days=TRUSTED_DAYS)
        if here.date_success and here.date_success > known:
            rows = here
        return max((row._get_own_wait() for row in rows), default=0)

    def _get_own_wait(self):
        self.ensure_one()
        if not self.count or not self.date_last:
            return 0
        free = self._get_free() if self.address else FREE_ANYWHERE
        passed = int((fields.Datetime.now() - self.date_last).total_seconds())
        return 0 if passed > MEMORY else max(get_delay(self.count, free) - passed, 0)

    @api.model
    def _count_failure(self, login, address):
        """Count a wrong password, though what asked for it is rolled back."""
        now = fields.Datetime.now()
        old = now - timedelta(seconds=MEMORY)
        for place in (address, None):
            self._upsert(
                SQL(
                    "INSERT INTO sajad_login_failure AS f "
                    "(login, address, count, date_last) VALUES (%(login)s, "
                    "%(place)s, 1, %(now)s) ON CONFLICT (login, COALESCE(address, '')) "
                    "DO UPDATE SET date_last = %(now)s, count = 1 + CASE "
                    "WHEN f.date_last > %(old)s THEN f.count ELSE 0 END",
                    login=login,
                    place=place,
                    now=now,
                    old=old,
                )
            )

    @api.model
    def _count_success(self, login, address):
        """Remember where the account signed in, and forget what went wrong there."""
        self._upsert(
            SQL(
                "INSERT INTO sajad_login_failure (login, address, count, date_success) "
                "VALUES (%(login)s, %(place)s, 0, %(now)s) "
                "ON CONFLICT (login, COALESCE(address, '')) "
                "DO UPDATE SET date_success = %(now)s, count = 0",
                login=login,
                place=address,
                now=fields.Datetime.now(),
            )
        )

    @api.model
    def _upsert(self, query):
        for attempt in range(TRIES):
            try:
                # a transaction of its own
                with self.env.registry.cursor() as cr:
                    cr.execute(query)
            except psycopg2.OperationalError:
                # somebody counted at the same moment
                if attempt == TRIES - 1:
                    _logger.exception("A sign-in could not be counted")
            else:
                return

    @api.autovacuum
    def _gc_failures(self):
        old = fields.Datetime.now() - timedelta(days=TRUSTED_DAYS)
        self.search(
            [
                "|",
                ("date_last", "=", False),
                ("date_last", "<", old),
                "|",
                ("date_success", "=", False),
                ("date_success", "<", old),
            ]
        ).unlink()
