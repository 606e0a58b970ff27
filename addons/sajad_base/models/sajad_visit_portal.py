from odoo import fields, models
from odoo.exceptions import UserError


class SajadVisit(models.Model):
    """A student chooses a time in the portal (row B2).

    The controllers have checked whose request it is.
    """

    _inherit = "sajad.visit"

    def _book(self, slot):
        """Give the student this time instead of the one chosen before.

        :param slot: record, or none to give the time back
        :raise UserError: with a sentence for the student
        """
        self.ensure_one()
        self._check_can_choose()
        if not slot:
            raise UserError(self.env._("Choose one of the times."))
        # booking and the places of an office are the engine's
        visit_sudo, slot_sudo = self.sudo(), slot.sudo()
        if slot_sudo.cartable_id != visit_sudo.cartable_id or not slot_sudo.active:
            raise UserError(self.env._("This time is not offered; choose another."))
        if slot_sudo == visit_sudo.slot_id:
            return
        slot_sudo._lock_places()
        if slot_sudo.start <= fields.Datetime.now():
            raise UserError(self.env._("This time is over; choose another."))
        if not slot_sudo.free_count:
            raise UserError(
                self.env._("This time was just taken; choose another of the list.")
            )
        visit_sudo._check_no_overlap(slot_sudo)
        visit_sudo.write({"slot_id": slot_sudo.id, "is_reminded": False})
        self.env["sajad.engine"]._record("booked", visit_sudo.task_id)

    def _check_can_choose(self):
        # the student may not read work; the visit is the own one
        task = self.sudo().task_id
        waits = task.state == "student" and task.student_wait == "visit"
        if self.state != "planned" or not waits:
            raise UserError(self.env._("You are not expected here any more."))
        if self._is_too_late():
            raise UserError(
                self.env._(
                    "Your appointment is today: it can be changed until the day before."
                )
            )

    def _is_too_late(self):
        """Whether the day of the appointment has come."""
        # the student may not read slots; the visit is the own one
        slot_sudo = self.sudo().slot_id
        today = slot_sudo and slot_sudo._to_local_day(fields.Datetime.now())
        return bool(slot_sudo) and slot_sudo._get_local().date() == today

    def _check_no_overlap(self, slot):
        other = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("id", "!=", self.id),
                ("state", "=", "planned"),
                ("slot_id.start", "<", slot.end),
                ("slot_id.end", ">", slot.start),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "You are expected at %(office)s at that time.",
                    office=other.stage_id.name,
                )
            )


class SajadRequest(models.Model):
    _inherit = "sajad.request"

    def _get_portal_visits(self):
        """Return the visits that students of these requests have before them."""
        visits = (
            self.env["sajad.visit"]
            # access to the requests was checked
            .sudo()
            .search([("request_id", "in", self.ids), ("state", "=", "planned")])
        )
        return visits.filtered(lambda visit: visit.task_id.student_wait == "visit")
