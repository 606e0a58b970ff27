import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.login_delay import (
    FORGET,
    FREE_ANYWHERE,
    MEMORY,
    get_address_delay,
    get_delay,
)

_logger = logging.getLogger(__name__)

TRUSTED_DAYS = 30
FREE_PARAMETER = "base.login_cooldown_after"
DEFAULT_FREE = 5
TRIES = 5


class SajadLoginFailure(models.Model):
    """Wrong passwords, counted for an account and where they came from (row E5).

    A row per account and address, and one of the account from everywhere, which has
    no address. In PostgreSQL: the memory of a worker knows nothing of the others. Where
    the account has signed in from lately, attempts from elsewhere delay nobody.

    One of an address with all accounts, which has no login, slows whoever tries many
    accounts. A whole campus shares an address: those who signed in there neither
    count nor wait.
    """

    _name = "sajad.login.failure"
    _description = "Wrong Passwords of an Account"
    _order = "date_last desc, id desc"
    _rec_name = "login"
    _log_access = False

    login = fields.Char(readonly=True, help="Empty: all accounts of the address.")
    address = fields.Char(readonly=True, help="Empty: from everywhere together.")
    count = fields.Integer(string="Wrong Passwords", readonly=True)
    date_last = fields.Datetime(string="Last One", readonly=True)
    date_success = fields.Datetime(string="Signed In", readonly=True)
    date_free = fields.Datetime(string="Waits until", compute="_compute_date_free")

    _login_uniq = models.UniqueIndex("(COALESCE(login, ''), COALESCE(address, ''))")

    @api.depends("count", "date_last", "address", "login")
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
        logins = [login for login in self.mapped("login") if login]
        (self | self.search([("login", "in", logins)])).unlink()

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
        own, here = Domain("login", "=", login), Domain("address", "=", address)
        domain = own & here
        if not self._is_known(login, address):
            domain |= own & Domain("address", "=", False)
            domain |= Domain("login", "=", False) & here
        rows = self.search(domain)
        return max((row._get_own_wait() for row in rows), default=0)

    @api.model
    def _is_known(self, login, address):
        """Whether the account has signed in from the address lately."""
        known = fields.Datetime.now() - timedelta(days=TRUSTED_DAYS)
        domain = [
            ("login", "=", login),
            ("address", "=", address),
            ("date_success", ">", known),
        ]
        return bool(self.search_count(domain, limit=1))

    @api.model
    def _is_calm(self, login, address):
        """Whether nothing went wrong since the account signed in there today."""
        domain = [
            ("login", "=", login),
            ("address", "=", address),
            ("count", "=", 0),
            ("date_success", ">", fields.Datetime.now() - timedelta(days=1)),
        ]
        return bool(self.search_count(domain, limit=1))

    def _get_own_wait(self):
        self.ensure_one()
        if not self.count or not self.date_last:
            return 0
        passed = int((fields.Datetime.now() - self.date_last).total_seconds())
        if not self.login:
            return get_address_delay(self.count, passed)
        free = self._get_free() if self.address else FREE_ANYWHERE
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
                    "%(place)s, 1, %(now)s) "
                    "ON CONFLICT (COALESCE(login, ''), COALESCE(address, '')) "
                    "DO UPDATE SET date_last = %(now)s, count = 1 + CASE "
                    "WHEN f.date_last > %(old)s THEN f.count ELSE 0 END",
                    login=login,
                    place=place,
                    now=now,
                    old=old,
                )
            )
        if not self._is_known(login, address):
            self._count_failure_of(address, now)

    @api.model
    def _count_failure_of(self, address, now):
        """Count a wrong password of an address, whosoever; old ones are forgotten."""
        self._upsert(
            SQL(
                "INSERT INTO sajad_login_failure AS f (address, count, date_last) "
                "VALUES (%(place)s, 1, %(now)s) "
                "ON CONFLICT (COALESCE(login, ''), COALESCE(address, '')) "
                "DO UPDATE SET date_last = %(now)s, count = 1 + GREATEST(0, f.count - "
                "floor(extract(epoch FROM %(now)s - f.date_last) / %(forget)s)::int)",
                place=address,
                now=now,
                forget=FORGET,
            )
        )

    @api.model
    def _count_success(self, login, address):
        """Remember where the account signed in, and forget what went wrong there."""
        self._upsert(
            SQL(
                "INSERT INTO sajad_login_failure (login, address, count, date_success) "
                "VALUES (%(login)s, %(place)s, 0, %(now)s) "
                "ON CONFLICT (COALESCE(login, ''), COALESCE(address, '')) "
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
