from odoo import api, models
from odoo.fields import Domain

from .sajad_hold_decision import LIVE_STATES


class SajadAboutPanel(models.AbstractModel):
    """A question about a clearance: what offices hold against the student (row B7)."""

    _inherit = "sajad.about.panel"

    @api.model
    def _get_request_sections(self, request):
        sections = super()._get_request_sections(request)
        if request.process_id.matter != "clearance" or not request.student_id:
            return sections
        holds = self.env["sajad.hold"].search(
            Domain("student_id", "=", request.student_id.id)
            & Domain("state", "in", LIVE_STATES)
        )
        states = dict(holds._fields["state"]._description_selection(self.env))
        lines = [
            {
                "label": hold._get_office_name(),
                "text": self._tell_hold(hold, states[hold.state]),
                "is_open": hold.state == "open",
            }
            for hold in holds
        ]
        nothing = {"label": "", "text": self.env._("No office holds anything.")}
        title = self.env._("Holds of the Student")
        return [*sections, {"title": title, "lines": lines or [nothing]}]

    @api.model
    def _tell_hold(self, hold, state):
        """Return a hold as its student reads it: what, how much, and how it stands."""
        figure = hold.residual and hold._get_figure(hold.residual)
        return " · ".join(filter(None, (hold._get_portal_title(), figure, state)))
