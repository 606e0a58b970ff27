from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, hmac

WINDOW = 600  # seconds
LIMIT_PARAMETER = "sajad_clearance.verify_limit"
DEFAULT_LIMIT = 60


class SajadClearanceThrottle(models.Model):
    """Counts the calls of the public page by address, for all workers (row B8).

    A row per address and ten minutes, in PostgreSQL: memory belongs to one worker and
    a restart would forget. The address is kept as a keyed hash only, and for a day.
    """

    _name = "sajad.clearance.throttle"
    _description = "Calls of the Verification Page"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    slot = fields.Integer(required=True, readonly=True)
    count = fields.Integer(required=True, readonly=True)

    _key_uniq = models.Constraint(
        "unique(key, slot)", "The address is counted already."
    )

    @api.model
    def _take(self, address):
        """Count a call; return in how many seconds to try again, 0 for now.

        Called with elevated rights.
        """
        # a whole network of IPv6 is one customer's
        network = self.env["sajad.clearance.verification"]._truncate(address, (32, 64))
        key = hmac(self.env, "sajad_clearance_throttle", network or "")
        now = int(fields.Datetime.now().timestamp())
        count = self.env.execute_query(
            SQL(
                """
                INSERT INTO sajad_clearance_throttle (key, slot, count)
                     VALUES (%(key)s, %(slot)s, 1)
                ON CONFLICT (key, slot) DO UPDATE
                        SET count = sajad_clearance_throttle.count + 1
                  RETURNING count
                """,
                key=key,
                slot=now // WINDOW,
            )
        )[0][0]
        return WINDOW - now % WINDOW if count > self._get_limit() else 0

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
                "DELETE FROM sajad_clearance_throttle WHERE slot < %s RETURNING id",
                slot,
            )
        )
