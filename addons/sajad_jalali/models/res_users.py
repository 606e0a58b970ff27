from odoo import fields, models
from odoo.tools.misc import get_lang


class ResUsers(models.Model):
    _inherit = "res.users"

    sajad_calendar = fields.Selection(
        selection=[
            ("language", "By language"),
            ("jalali", "Jalali"),
            ("gregorian", "Gregorian"),
        ],
        string="Dates in",
        default="language",
        required=True,
        help="The calendar of the web client. By language: Jalali in Persian, else "
        "Gregorian. What is printed or mailed follows the language of the reader.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["sajad_calendar"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["sajad_calendar"]

    def _is_jalali(self):
        """Whether the web client of the user shows Jalali dates."""
        self.ensure_one()
        if self.sajad_calendar != "language":
            return self.sajad_calendar == "jalali"
        return (get_lang(self.env).code or "").startswith("fa")
