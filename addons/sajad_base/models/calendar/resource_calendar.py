from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, models, tools

from ...tools.clock import COUNTRY_TZ

HORIZON = timedelta(days=60)


class ResourceCalendar(models.Model):
    """Due dates without queries: working hours are read once a day and kept."""

    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        self._sajad_follow()
        return result

    @api.model
    def _sajad_follow(self):
        """Let the due dates of open work follow a changed calendar, in the background.

        Called whatever changes: hours, closing days, time zone, whose calendar it is.
        """
        self.env.registry.clear_cache()
        self.env["sajad.job.place"]._begin_anew("sajad_base.ir_cron_due")

    def _sajad_get_zone(self):
        """Return the zone in which the hours of the calendar are meant.

        :rtype: ZoneInfo
        """
        return ZoneInfo(self.tz or COUNTRY_TZ)

    @api.model
    def _sajad_plan_hours(self, calendar_id, hours, start):
        """Return when `hours` of work have passed since `start`, both naive UTC.

        :return: datetime, or False when the calendar has no such working hours
        """
        left = timedelta(hours=hours)
        day = start.date()
        for _attempt in range(6):
            for begin, end in self._sajad_get_intervals(calendar_id, day):
                begin = max(begin, start)
                if begin + left <= end:
                    return begin + left
                left -= max(end - begin, timedelta())
            day += HORIZON
        return False

    @api.model
    def _sajad_plan_days(self, calendar_id, days, start):
        """Return the last of some working days that follow the day of a moment.

        :param datetime start: naive UTC
        :return: date; without a calendar every day counts
        """
        # working hours of an office are no secret of one user
        zone = ZoneInfo(self.sudo().browse(calendar_id).tz or "Asia/Tehran")
        today = start.replace(tzinfo=UTC).astimezone(zone).date()
        found, day = {}, start.date()
        for _attempt in range(6 if calendar_id else 0):
            for begin, _end in self._sajad_get_intervals(calendar_id, day):
                local = begin.replace(tzinfo=UTC).astimezone(zone).date()
                if local > today:
                    found.setdefault(local)
            if len(found) >= days:
                return list(found)[days - 1] if days else today
            day += HORIZON
        return today + timedelta(days=days)

    @api.model
    @tools.ormcache("calendar_id", "day")
    def _sajad_get_intervals(self, calendar_id, day):
        """Return the working intervals of two months, naive UTC, holidays left out."""
        # working hours of an office are no secret of one user
        calendar = self.sudo().browse(calendar_id)
        start = datetime.combine(day, time.min, tzinfo=UTC)
        # hours are counted in the zone of the start where a calendar has none
        start = start.astimezone(calendar._sajad_get_zone())
        intervals = calendar._work_intervals_batch(start, start + HORIZON)[False]
        return tuple(
            (
                begin.astimezone(UTC).replace(tzinfo=None),
                end.astimezone(UTC).replace(tzinfo=None),
            )
            for begin, end, _records in intervals
        )
