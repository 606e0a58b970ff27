from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    """Due dates follow a change of the working hours at once."""

    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["resource.calendar"]._sajad_follow()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env["resource.calendar"]._sajad_follow()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["resource.calendar"]._sajad_follow()
        return result
