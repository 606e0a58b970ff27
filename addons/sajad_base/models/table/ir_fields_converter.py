from odoo import fields, models

from ...tools.typed import parse_amount, parse_date, parse_number, parse_whole


class IrFieldsConverter(models.AbstractModel):
    """Texts in imported files of our models, read as when they are typed (row E3)."""

    _inherit = "ir.fields.converter"

    def _str_to_date(self, model, field, value, savepoint):
        if not model._name.startswith("sajad."):
            return super()._str_to_date(model, field, value, savepoint)
        sentence = self.env._(
            "'%s' is no day that can be read for '%%(field)s'. The year comes first, "
            "with four digits: 1382/11/25."
        )
        day = self._read_typed(parse_date, value, sentence)
        return fields.Date.to_string(day), []

    def _str_to_integer(self, model, field, value, savepoint):
        if not model._name.startswith("sajad."):
            return super()._str_to_integer(model, field, value, savepoint)
        sentence = self.env._("'%s' is not a whole number for '%%(field)s'.")
        return self._read_typed(parse_whole, value, sentence), []

    def _str_to_float(self, model, field, value, savepoint):
        if not model._name.startswith("sajad."):
            return super()._str_to_float(model, field, value, savepoint)
        sentence = self.env._("'%s' is not a number for '%%(field)s'.")
        return float(self._read_typed(parse_number, value, sentence)), []

    def _str_to_monetary(self, model, field, value, savepoint):
        if not model._name.startswith("sajad."):
            return super()._str_to_monetary(model, field, value, savepoint)
        sentence = self.env._(
            "'%s' is not an amount of rials for '%%(field)s'. Write it in digits; "
            "groups of three may stand apart."
        )
        return float(self._read_typed(parse_amount, value, sentence)), []

    def _read_typed(self, parse, value, sentence):
        try:
            return parse(value)
        except ValueError:
            raise self._format_import_error(ValueError, sentence, value) from None
