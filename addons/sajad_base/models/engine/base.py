from odoo import api, models
from odoo.exceptions import LockError

from ...tools.sentences import tell_in_use


class Base(models.AbstractModel):
    """Who comes second to a row reads in plain words that somebody is at it."""

    _inherit = "base"

    @api.private
    def lock_for_update(self, *, allow_referencing=False):
        """Lock rows until the end of the transaction.

        :raise LockError: another transaction has one of them, or has removed it
        """
        try:
            return super().lock_for_update(allow_referencing=allow_referencing)
        except LockError as error:
            raise LockError(tell_in_use(self.env)) from error
