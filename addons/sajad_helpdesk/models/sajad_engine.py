from collections import defaultdict
from datetime import datetime

from odoo import models

from odoo.addons.sajad_base.engine import states

from .sajad_request import LINES


def _get_end(node):
    """When work was decided."""
    return node.values.get("date_done") or datetime.min


class SajadEngine(models.AbstractModel):
    """Support requests in the flow: the board follows the work (row D2)."""

    _inherit = "sajad.engine"

    def _apply_moved(self, journeys):
        """Write on support requests where they stand, set by set."""
        result = super()._apply_moved(journeys)
        moved = defaultdict(list)
        supports = [j for j in journeys if j.request.support_state]
        scopes = self._get_support_scopes(supports)
        for journey in supports:
            changes = self._get_support_changes(journey)
            if scope := scopes.get(journey.request):
                changes["scope_id"] = scope.id
            moved[tuple(sorted(changes.items()))].append(journey.request)
        for changes, requests in moved.items():
            if changes:
                self.env["sajad.request"].union(*requests).write(dict(changes))
        return result

    def _get_support_scopes(self, journeys):
        """Return {request: scope} where another office reads a request from now on.

        What somebody wrote to one desk is not read by the others (row E5): only by
        those that have the request, or had it.
        """
        return self.env["sajad.scope"]._get_narrowed(
            {
                journey.request: [
                    node.values["cartable_id"]
                    for node in journey.nodes.values()
                    if node.values.get("cartable_id")
                ]
                for journey in journeys
            }
        )

    def _get_support_changes(self, journey):
        """Return {field: value} of what the board does not show yet."""
        request = journey.request
        there = {
            "support_state": request.support_state,
            "support_line": request.support_line,
            "support_cartable_id": request.support_cartable_id.id,
            "support_user_id": request.support_user_id.id,
            "support_close_date": request.support_close_date,
        }
        values = self._get_support_values(journey)
        return {name: value for name, value in values.items() if value != there[name]}

    def _get_support_values(self, journey):
        """Return {field: value} of the board for a journey, ids for records."""
        nodes = [n for n in journey.nodes.values() if not n.step.information]
        for node in nodes:
            if node.state in states.OPEN_WORK:
                return self._get_support_open_values(node)
        decided = [n for n in nodes if n.values.get("done_by_id")]
        last = max(decided, key=_get_end, default=None)
        # who solved it stays its expert, also who never claimed it
        values = {"support_user_id": last.values["done_by_id"]} if last else {}
        if journey.request_state() != "done":
            return {**values, "support_state": "closed", "support_close_date": False}
        request = journey.request
        date = request.university_id.calendar_id._sajad_plan_days(
            request.university_id.calendar_id.id,
            request.process_id.support_window,
            request.date_done,
        )
        return {**values, "support_state": "solved", "support_close_date": date}

    def _get_support_open_values(self, node):
        request = node.request
        user_id = node.values.get("user_id") or False
        stage = self.env["sajad.stage"].browse(node.step.stage_id)
        state = "progress" if user_id or request.support_state != "new" else "new"
        if node.values.get("student_wait") == "answer":
            state = "waiting"
        return {
            "support_state": state,
            "support_close_date": False,
            "support_cartable_id": node.values.get("cartable_id") or False,
            "support_user_id": user_id,
            # an office that a university added of its own is no line
            "support_line": stage.code
            if stage.code in dict(LINES)
            else request.support_line,
        }

    def _note_support(self, kind, reasons):
        """Append to the history what the desk did. The caller has checked.

        :param dict reasons: {request: text}
        """
        transition = self._new_transition(self.env["sajad.request"].union(*reasons))
        for request, reason in reasons.items():
            request_sudo = request.with_env(transition.requests.env)
            transition.log.add(kind, request_sudo, reason=reason)
        transition.engine._write_log(transition.log)
