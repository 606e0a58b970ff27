from odoo import models
from odoo.exceptions import ValidationError

FIRST_YEAR = 1900


class SajadDateGuard(models.AbstractModel):
    """A net against slipped calendars: 1405-09-01 stored as it was typed would be a day
    in the Middle Ages. Models that inherit it refuse every date before 1900, whichever
    way it comes: form, import or RPC."""

    _name = "sajad.date.guard"
    _description = "Refusal of dates before 1900"

    def _validate_fields(self, field_names, excluded_names=()):
        # many records at once name each field many times
        field_names = set(field_names)
        self._check_first_year(field_names)
        return super()._validate_fields(field_names, excluded_names)

    def _check_first_year(self, field_names):
        for name in field_names:
            field = self._fields.get(name)
            if not field or field.type not in ("date", "datetime"):
                continue
            for record in self:
                value = record[name]
                if value and value.year < FIRST_YEAR:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: %(date)s is before %(year)s. "
                            "Is it a Jalali date read as a Gregorian one?",
                            field=field._description_string(self.env),
                            date=value.isoformat()[:10],
                            year=FIRST_YEAR,
                        )
                    )
