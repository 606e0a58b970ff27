from odoo import models
from odoo.exceptions import UserError


class SajadRequest(models.Model):
    """A card of the desk is dropped in another column (row D2)."""

    _inherit = "sajad.request"

    def action_support_drop(self, state):
        """Return the action that brings a request into another column, or nothing.

        :param str state: of the column
        :raise UserError: nothing brings it there
        """
        self.ensure_one()
        self.check_access("read")
        before = self.support_state
        if state in ("waiting", "solved") and before in ("new", "progress", "waiting"):
            outcome = "wait" if state == "waiting" else "solve"
            return self.env["sajad.support.answer"]._open(self, outcome)
        if (before, state) == ("new", "progress"):
            return self.action_support_take()
        if (before, state) == ("waiting", "progress"):
            return self.action_support_take_back()
        if (before, state) == ("solved", "progress"):
            return self.action_support_undo()
        if (before, state) == ("solved", "closed"):
            self._check_support_charge()
            return self._support_close()
        labels = dict(self._fields["support_state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "A request that is “%(before)s” cannot be moved to “%(after)s”.",
                before=labels.get(before, before),
                after=labels.get(state, state),
            )
        )
