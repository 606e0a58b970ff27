from datetime import UTC

from odoo import api, models, tools

from ...engine.hours import Hours
from ...tools.moments import to_moment


class ResourceCalendar(models.Model):
    """Working hours as the clocks of requests read them (row D4)."""

    _inherit = "resource.calendar"

    def _sajad_can_measure(self):
        """Whether clocks can be measured by the calendar.

        A flexible one imagines its hours, and one of two weeks turns on Mondays, in
        the middle of the Iranian week.
        """
        self.ensure_one()
        return not self.flexible_hours and not self.two_weeks_calendar

    @api.model
    def _sajad_follow(self):
        result = super()._sajad_follow()
        self.env["sajad.job.place"]._begin_anew("sajad_sla.ir_cron_sla_plan")
        return result

    @api.model
    def _sajad_get_hours(self, calendar_id):
        """Return the `Hours` of a calendar, None where it cannot measure clocks."""
        if not calendar_id or not self._sajad_get_day(calendar_id):
            return None
        return Hours(
            lambda begin, end: self._sajad_read_seconds(calendar_id, begin, end)
        )

    @api.model
    @tools.ormcache("calendar_id")
    def _sajad_get_day(self, calendar_id):
        """Return the seconds of a working day, 0 where clocks cannot be measured."""
        # working hours of an office are no secret of one user
        calendar = self.sudo().browse(calendar_id).exists()
        if not calendar or not calendar._sajad_can_measure():
            return 0
        return round(calendar.hours_per_day * 3600)

    @api.model
    @tools.ormcache("calendar_id", "begin", "end")
    def _sajad_read_seconds(self, calendar_id, begin, end):
        """Return the working intervals between two moments, in whole seconds.

        A day ends at 23:59:59.999999 for Odoo, and closing days at 23:59:59: what is
        left between the two is no work.
        """
        # working hours of an office are no secret of one user
        calendar = self.sudo().browse(calendar_id)
        first, last = (to_moment(moment).replace(tzinfo=UTC) for moment in (begin, end))
        found = []
        for start, stop, _records in calendar._work_intervals_batch(first, last)[False]:
            start, stop = start.timestamp(), stop.timestamp()
            if stop - start >= 1:
                found.append((round(start), round(stop)))
        return tuple(found)
