from odoo import fields, models

from ..tools import jalali


class IrFieldsConverter(models.AbstractModel):
    """Jalali texts in imported files, for users who see Jalali dates."""

    _inherit = "ir.fields.converter"

    def _str_to_date(self, model, field, value, savepoint):
        value = self._jalali_to_iso(value, fields.Date.to_string, field)
        return super()._str_to_date(model, field, value, savepoint)

    def _str_to_datetime(self, model, field, value, savepoint):
        value = self._jalali_to_iso(value, fields.Datetime.to_string, field)
        return super()._str_to_datetime(model, field, value, savepoint)

    def _jalali_to_iso(self, value, to_string, field):
        if not isinstance(value, str) or not self.env.user._is_jalali():
            return value
        try:
            parsed = jalali.parse_jalali(value)
        except ValueError:
            raise self._format_import_error(
                ValueError,
                self.env._(
                    "'%s' is not a day of the Jalali calendar (field '%%(field)s')"
                ),
                value,
                {"moreinfo": self.env._("Use the format '%s'", "1405/09/01")},
            ) from None
        return to_string(parsed) if parsed else value

    def _register_hook(self):
        """base_import reads dates by strptime before they come here, where 1405/02/31
        is no day: give it those texts already read. The addon depends on web only."""
        res = super()._register_hook()
        Import = self.env.registry.get("base_import.import")
        if Import is not None and "_parse_date_from_data" not in Import.__dict__:
            Import._parse_date_from_data = _read_jalali_first(
                Import._parse_date_from_data
            )
        return res


def _read_jalali_first(original):
    """Return `_parse_date_from_data` of base_import after Jalali texts were read."""

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if self.env.user._is_jalali():
            for line in data:
                line[index] = _read_jalali(line[index], field_type)
        return original(self, data, index, name, field_type, options)

    return _parse_date_from_data


def _read_jalali(value, field_type):
    """A Jalali text as a date; what is no such text, or no such day, as it was."""
    try:
        parsed = jalali.parse_jalali(value) if isinstance(value, str) else None
    except ValueError:
        # Gregorian years of that age are refused by the message of the converter
        return value
    if not parsed:
        return value
    return parsed.date() if field_type == "date" else parsed
