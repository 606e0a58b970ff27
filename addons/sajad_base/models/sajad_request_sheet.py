from odoo import models


class SajadRequest(models.Model):
    """The printed sheet of a request: who, why, every office and its decision."""

    _inherit = "sajad.request"

    def _get_sheet_tasks(self):
        """Return {request: its current steps, in order} of several requests at once."""
        self.check_access("read")
        # The history, which shows the same, is read by whoever reads the request.
        tasks = self.sudo().current_task_ids
        grouped = tasks.grouped("request_id")
        found = {}
        for request in self:
            levels = request.sudo()._get_step_levels()
            found[request] = grouped.get(request.sudo(), tasks.browse()).sorted(
                lambda task, levels=levels: (
                    levels.get(task.step_id.id, 0),
                    task.step_id.sequence,
                    task.id,
                )
            )
        return found

    def _get_sheet_events(self):
        """Return {request: its history} of several requests at once."""
        # found with the user's own rights: a sheet is for staff
        events = self.env["sajad.event"].search(
            [("request_id", "in", self.ids)], order="id"
        )
        # officers may not read the accounts of other offices, only their names here
        grouped = events.sudo().grouped("request_id")
        return {request: grouped.get(request, events.browse()) for request in self}

    def _get_sheet_values(self):
        """Return {request id: the fields of its form} of several requests at once."""
        return {row["id"]: row["properties"] or [] for row in self.read(["properties"])}

    def _get_sheet_student(self):
        """Return the student, for a sheet of a request that the user may read."""
        self.ensure_one()
        self.check_access("read")
        # offices of the Organization decide on students of every university
        return self.student_id.sudo()

    def _get_sheet_person(self):
        """Return who sent it, for a sheet of a request that the user may read."""
        self.ensure_one()
        self.check_access("read")
        # offices decide on requests of people of whom they read nothing else
        return self.partner_id.sudo()
