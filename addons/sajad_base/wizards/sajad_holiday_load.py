from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.calendars import jalali_year
from ..tools.clock import get_country_today


class SajadHolidayLoad(models.TransientModel):
    _name = "sajad.holiday.load"
    _description = "Load the Holidays of a Year"

    year = fields.Integer(
        string="Jalali Year",
        required=True,
        default=lambda self: self._default_year(),
    )

    @api.model
    def _default_year(self):
        return jalali_year(get_country_today())

    def action_load(self):
        """Load the yearly holidays and show the year.

        Days that were loaded before stay as they are, corrected or not (row D4).

        :raise UserError: when the year is not a Jalali year of our time
        :return: action
        """
        self.ensure_one()
        if not 1390 <= self.year <= 1490:
            raise UserError(self.env._("Enter a Jalali year, such as 1405."))
        self.env["sajad.holiday"]._load_year(self.year)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_holiday_action"
        )
