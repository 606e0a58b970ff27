from odoo import models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.engine.states import OPEN_REQUESTS


class SajadCohort(models.Model):
    """The buttons of a class that was started (row B11)."""

    _inherit = "sajad.cohort"

    def action_open_requests(self):
        """Open the requests of the class."""
        action = self._get_action("sajad_clearance.sajad_request_action_clearance")
        action["domain"] = [("cohort_id", "in", self.ids)]
        action["context"] = {}
        return action

    def action_open_remaining(self):
        """Open the requests of the class that are not finished."""
        action = self._get_action("sajad_clearance.sajad_request_action_clearance")
        action["domain"] = [
            ("cohort_id", "in", self.ids),
            ("state", "in", OPEN_REQUESTS),
        ]
        action["context"] = {}
        return action

    def action_open_my_tasks(self):
        """Open the work on the class that lies in the cartables of the user."""
        self.ensure_one()
        action = self._get_action("sajad_base.sajad_task_action")
        action["domain"] = self._get_my_task_domain()
        action["context"] = {"search_default_group_stage": 1}
        action["views"] = [(False, "list"), (False, "kanban"), (False, "form")]
        return action

    def action_approve_all(self):
        """Approve all work of the class in the user's cartables at once. Row B11

        Whoever has a hold, or whose work is with the student, stays; the result says
        why, a sentence each.

        :raise UserError: nothing of it lies in the user's cartables
        """
        self.ensure_one()
        self.check_access("read")
        tasks = self.env["sajad.task"].search(
            [("request_id.cohort_id", "=", self.id), ("state", "=", "ready")]
        )
        if not tasks:
            raise UserError(
                self.env._("Nothing of this class waits in your cartables.")
            )
        return tasks.action_approve()

    def action_print_certificates(self):
        """Print the certificates of the class. Row B8"""
        self.ensure_one()
        certificates = self._get_certificates()
        if not certificates:
            raise UserError(self.env._("Nobody of this class is cleared yet."))
        return certificates.action_print()

    def _get_certificates(self):
        return self.env["sajad.clearance.certificate"].search(
            [("request_id.cohort_id", "in", self.ids), ("state", "=", "valid")],
            order="year, sequence",
        )

    def action_print_minutes(self):
        """Open the minutes of the class. Row B8"""
        self.ensure_one()
        action = self._get_action("sajad_clearance.sajad_clearance_minutes_action")
        action["context"] = {
            "default_cohort_id": self.id,
            "default_university_id": self.university_id.id,
        }
        return action

    def _get_action(self, xmlid):
        return self.env["ir.actions.act_window"]._for_xml_id(xmlid)
