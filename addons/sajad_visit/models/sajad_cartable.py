from odoo import fields, models


class SajadCartable(models.Model):
    """When an office receives students (row B2)."""

    _inherit = "sajad.cartable"

    slot_ids = fields.One2many(
        "sajad.visit.slot", "cartable_id", string="Appointment Slots"
    )

    def _get_visit_zone(self):
        """Return the time zone in which the office receives students.

        :rtype: ZoneInfo
        """
        # working hours are no secret of one user
        return self.sudo().university_id.calendar_id._sajad_get_zone()
