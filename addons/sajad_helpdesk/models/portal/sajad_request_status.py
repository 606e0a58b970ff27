from odoo import api, models
from odoo.tools import format_date

from odoo.addons.sajad_base.engine.states import VOID_WORK

# {state of the board: what the page of the requester calls it}
KINDS = {
    "new": "support_new",
    "progress": "support_progress",
    "solved": "support_solved",
    "closed": "support_closed",
}


class SajadRequest(models.Model):
    """Where a support request stands, in the words of who asked (rows D1, D8)."""

    _inherit = "sajad.request"

    def _get_portal_timeline(self):
        entries = super()._get_portal_timeline()
        if not self.support_state:
            return entries
        # the lines stand side by side; those that never had it say nothing
        entries = [entry for entry in entries if entry["state"] not in VOID_WORK]
        for number, entry in enumerate(entries, 2):
            entry["number"] = number
        return entries

    @api.model
    def _get_portal_list_fields(self):
        return [*super()._get_portal_list_fields(), "support_state", "support_subject"]

    def _get_next_kind(self, works=None):
        kind = super()._get_next_kind(works)
        # what waits for the requester or for an office that nobody is in charge of
        # says more than the board
        if kind in ("office", "done"):
            return KINDS.get(self.support_state, kind)
        return kind

    def _get_next_text_support_new(self):
        return self.env._("We have your request; an expert will answer you here.")

    def _get_next_text_support_progress(self):
        return self.env._("An expert is at work on it and will answer you here.")

    def _get_next_text_support_solved(self):
        if self._get_support_reopen_problem():
            return self.env._("Answered.")
        return self.env._(
            "Answered. If it did not help, open the request again until %(date)s.",
            date=format_date(self.env, self.support_close_date),
        )

    def _get_next_text_support_closed(self):
        return self.env._(
            "Closed. If something is still missing, ask anew; the experts see both."
        )

    def _can_support_reopen(self):
        """Whether the requester may open the request again now."""
        self.ensure_one()
        return bool(self.support_state) and not self._get_support_reopen_problem()

    def _can_support_close(self):
        """Whether the requester may say that the matter is settled."""
        self.ensure_one()
        return self.support_state == "solved"
