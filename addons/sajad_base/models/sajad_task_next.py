from odoo import models
from odoo.fields import Domain


class SajadTask(models.Model):
    """Work through the inbox without going back to the list (row A10)."""

    _inherit = "sajad.task"

    def action_approve_next(self):
        """Approve, or mark as seen, and open the next work, late first (row A10).

        :raise UserError: with the reason, when it was not decided
        """
        self.ensure_one()
        self.action_approve()
        return self._open_next()

    def _open_next(self):
        """Return the action of the web client that opens the next work."""
        following = self._get_next_work()
        return {
            "type": "ir.actions.client",
            "tag": "sajad_base.next_work",
            "params": {"resId": following.id, "name": following.student_name or ""},
        }

    def _get_next_work(self):
        """Return the next work that the user can decide on, in the inbox's order."""
        return self.search(
            Domain("cartable_id.is_mine", "=", True)
            & Domain("state", "=", "ready")
            & Domain("user_id", "in", (False, self.env.uid))
            & Domain("id", "not in", self.ids),
            order="date_due, date_ready, id",
            limit=1,
        )
