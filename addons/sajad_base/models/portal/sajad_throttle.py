from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, hmac

from ...tools.network import truncate_address

WINDOW = 600  # seconds
LIMIT_PARAMETER = "sajad_base.verify_limit"
DEFAULT_LIMIT = 60


class SajadThrottle(models.Model):
    """Counts the calls of public pages by address, for all workers (row B8).

    A row per address and ten minutes, in PostgreSQL: memory belongs to one worker and
    a restart would forget. The address is kept as a keyed hash only, and for a day.
    """

    _name = "sajad.throttle"
    _description = "Calls of Public Pages"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    slot = fields.Integer(required=True, readonly=True)
    count = fields.Integer(required=True, readonly=True)

    _key_uniq = models.Constraint(
        "unique(key, slot)", "The address is counted already."
    )

    @api.model
    def _take(self, page, address, times=1):
        """Count a call; return in how many seconds to try again, 0 for now.

        Called with elevated rights.

        :param str page: calls of each are counted for themselves
        :param int times: how many times the usual number are let through
        """
        # a whole network of IPv6 is one customer's
        network = truncate_address(address, (32, 64))
        key = hmac(self.env, f"sajad_throttle_{page}", network or "")
        now = int(fields.Datetime.now().timestamp())
        count = self.env.execute_query(
            SQL(
                """
                INSERT INTO sajad_throttle (key, slot, count)
                     VALUES (%(key)s, %(slot)s, 1)
                ON CONFLICT (key, slot) DO UPDATE
                        SET count = sajad_throttle.count + 1
                  RETURNING count
                """,
                key=key,
                slot=now // WINDOW,
            )
        )[0][0]
        return WINDOW - now % WINDOW if count > self._get_limit() * times else 0

    @api.model
    def _get_limit(self):
        value = self.env["ir.config_parameter"].get_param(LIMIT_PARAMETER)
        return int(value) if (value or "").isdecimal() else DEFAULT_LIMIT

    @api.autovacuum
    def _gc_windows(self):
        yesterday = fields.Datetime.now() - timedelta(days=1)
        slot = int(yesterday.timestamp()) // WINDOW
        self.env.execute_query(
            SQL(
                "DELETE FROM sajad_throttle WHERE slot < %s RETURNING id",
                slot,
            )
        )
