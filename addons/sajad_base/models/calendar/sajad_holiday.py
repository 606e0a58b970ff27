from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.tools import SQL


class SajadHoliday(models.Model):
    """A public holiday; due dates pass over it in the calendars of all universities."""

    _name = "sajad.holiday"
    _description = "Public Holiday"
    _order = "date, id"

    name = fields.Char(required=True, translate=True)
    date = fields.Date(required=True, index=True)
    kind = fields.Selection(
        [("solar", "Solar"), ("lunar", "Lunar"), ("other", "Announced")],
        required=True,
        default="other",
    )
    is_official = fields.Boolean(
        string="Offices Are Closed",
        default=True,
        help="Off: the day is listed, and work goes on.",
    )
    is_estimated = fields.Boolean(
        string="Estimated",
        help="The day depends on the sight of the moon: correct it once it is "
        "announced, and clear this mark.",
    )
    origin = fields.Char(
        readonly=True,
        copy=False,
        help="The occasion and its year. Loading a year again leaves days alone that "
        "were loaded before, corrected or not.",
    )
    leave_ids = fields.One2many(
        "resource.calendar.leaves", "sajad_holiday_id", string="Closing Days"
    )

    _origin_uniq = models.UniqueIndex(
        "(origin) WHERE origin IS NOT NULL", "This holiday was loaded already."
    )

    @api.depends("name", "is_estimated")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for holiday in self.filtered("is_estimated"):
            holiday.display_name = self.env._("%(name)s (estimated)", name=holiday.name)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        holidays = super().create(vals_list)
        holidays._close(self._get_calendars())
        return holidays

    def write(self, vals):
        result = super().write(vals)
        if "is_official" in vals:
            self.filtered(lambda h: not h.is_official)._get_leaves().unlink()
            self._close(self._get_calendars())
        if "date" in vals:
            for leave in self._get_leaves():
                leave.write(leave.sajad_holiday_id._get_leave_hours(leave.calendar_id))
        return result

    def unlink(self):
        # by hand: the database would not tell the cache of working hours
        self._get_leaves().unlink()
        return super().unlink()

    @api.model
    def _get_calendars(self):
        """Return the working calendars of all universities, archived ones too."""
        # whoever keeps the holidays keeps them for every university
        universities = self.env["sajad.university"].sudo()
        universities = universities.with_context(active_test=False)
        return universities.search([("calendar_id", "!=", False)]).calendar_id

    def _get_leaves(self):
        # calendars belong to settings, which editors of holidays need not open
        return self.sudo().leave_ids

    def _close(self, calendars):
        """Make closing days of these holidays in calendars that have none yet."""
        done = {(x.sajad_holiday_id, x.calendar_id) for x in self._get_leaves()}
        # calendars belong to settings, which editors of holidays need not open
        self.env["resource.calendar.leaves"].sudo().create(
            [
                {
                    "name": holiday.name,
                    "calendar_id": calendar.id,
                    "sajad_holiday_id": holiday.id,
                    **holiday._get_leave_hours(calendar),
                }
                # holidays are our administrator's
                for holiday in self.sudo().filtered("is_official")
                # calendars are Odoo's
                for calendar in calendars.sudo()
                if (holiday, calendar) not in done
            ]
        )

    def _get_leave_hours(self, calendar):
        """Return the whole day in the time zone of a calendar, as naive UTC."""
        zone = calendar._sajad_get_zone()
        begin, end = (
            datetime.combine(self.date, hour, zone).astimezone(UTC).replace(tzinfo=None)
            for hour in (time.min, time.max.replace(microsecond=0))
        )
        return {"date_from": begin, "date_to": end}

    @api.model
    def _load_year(self, year):
        """Create the holidays of a Jalali year that were not loaded yet."""
        occasions = self.env["sajad.occasion"].search([("active", "=", True)])
        days = {
            f"{occasion.code}/{number}": (occasion, day, certain)
            for occasion in occasions
            for number, day, certain in occasion._get_dates(year)
        }
        loaded = set(self.search([("origin", "in", list(days))]).mapped("origin"))
        holidays = self.create(
            [
                {
                    "name": occasion.name,
                    "date": day,
                    "kind": occasion.kind,
                    "is_estimated": not certain,
                    "origin": origin,
                }
                for origin, (occasion, day, certain) in days.items()
                if origin not in loaded
            ]
        )
        self._translate_names()
        return holidays

    @api.model
    def _translate_names(self):
        """Take names over from the occasions, in languages that a holiday lacks.

        Data is loaded before its translations, and languages may come later.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE sajad_holiday holiday
                      SET name = occasion.name || holiday.name
                     FROM sajad_occasion occasion
                    WHERE occasion.code = split_part(holiday.origin, '/', 1)"""
            )
        )
        # names of closing days have no translation: that of the company is taken
        lang = self.env.company.sudo().partner_id.lang or "en_US"
        self.env.cr.execute(
            SQL(
                """UPDATE resource_calendar_leaves leave
                      SET name = COALESCE(holiday.name->>%s, holiday.name->>'en_US')
                     FROM sajad_holiday holiday
                    WHERE holiday.id = leave.sajad_holiday_id""",
                lang,
            )
        )
        self.env.invalidate_all(flush=False)
