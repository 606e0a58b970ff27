from datetime import datetime

from odoo import fields, models


class Base_ImportImport(models.TransientModel):
    """Odoo's import of our models: dates and amounts are read by our own readers.

    Odoo guesses the order of day and month and the sign of decimals from the column
    (82/11/25 is 1982 and 250.000 is 250). Here the texts stay as they are, and
    `ir.fields.converter` reads each, with an answer for each row.
    """

    _inherit = "base_import.import"

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if not self.res_model.startswith("sajad."):
            return super()._parse_date_from_data(data, index, name, field_type, options)
        for line in data:
            # cells that spreadsheets know as dates
            line[index] = _to_text(line[index])
        return None

    def _parse_float_from_data(self, data, index, name, options):
        if self.res_model.startswith("sajad."):
            return None
        return super()._parse_float_from_data(data, index, name, options)


def _to_text(value):
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    return str(value) if value else ""
