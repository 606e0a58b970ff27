"""Values of conditions, read in the type of the field that they are compared with."""

import re

from odoo.fields import Domain
from odoo.tools import date_utils

from odoo.addons.sajad_persian.tools.normalize import normalize_text

from .typed import LARGEST, parse_amount, parse_date, parse_number, parse_whole

NUMBERS = {
    "integer": parse_whole,
    "float": parse_number,
    "monetary": parse_amount,
    "amount": parse_amount,
}
DATES = ("date", "datetime")
TEXTS = ("char", "text", "html")
RELATIONAL = ("many2one", "many2many", "one2many")
# Odoo's own way to write a day
ISO = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?")
# years before are Jalali, whatever stands between the numbers
FIRST_GREGORIAN = "1700"


def read_values(domain, model, definitions=None):
    """Return a domain whose values have the types of their fields.

    :param definitions: of the properties of the model, where they are known
    :raise ValueError: a value cannot be read so
    """
    words = {d["name"]: d for d in definitions or []}
    return domain.map_conditions(lambda leaf: _read_leaf(leaf, model, words))


def _read_leaf(leaf, model, words):
    path, operator, value = leaf.field_expr, leaf.operator, leaf.value
    if operator in ("any", "not any"):
        comodel = _find_comodel(model, path)
        if comodel is None or not isinstance(value, (Domain, list, tuple)):
            return leaf
        return Domain(path, operator, read_values(Domain(value), comodel))
    kind, options = _find_kind(model, path, words)
    if kind is None:
        return leaf
    if "like" in operator:
        # a pattern is a text, whatever the field
        pattern = normalize_text(value) if isinstance(value, str) else value
        return Domain(path, operator, pattern)
    if isinstance(value, (list, tuple, set)):
        read = [_read_value(item, kind, options, model.env) for item in value]
        return Domain(path, operator, type(value)(read))
    return Domain(path, operator, _read_value(value, kind, options, model.env))


def _find_comodel(model, path):
    for name in path.split("."):
        field = model._fields.get(name)
        if field is None or not field.comodel_name:
            return None
        model = model.env[field.comodel_name]
    return model


def _find_kind(model, path, words):
    """Return (type, options of a selection) of what a path leads to; None: unknown."""
    names = path.split(".")
    for index, name in enumerate(names):
        field = model._fields.get(name)
        if field is None:
            return None, None
        rest = names[index + 1 :]
        if field.type == "properties":
            # the form of another record is not known here
            return _find_property(words, rest) if index == 0 else (None, None)
        if not rest:
            options = field.get_values(model.env) if field.type == "selection" else None
            return field.type, options
        if not field.comodel_name:
            # a part of a date, like its year
            return ("integer", None) if field.type in DATES else (None, None)
        model = model.env[field.comodel_name]
    return None, None


def _find_property(words, names):
    definition = words.get(names[0]) if len(names) == 1 else None
    if not definition:
        return None, None
    options = None
    if definition["type"] == "selection":
        options = [option[0] for option in definition.get("selection") or []]
    is_amount = definition.get("written_as") == "amount"
    return "amount" if is_amount else definition["type"], options


def _read_value(value, kind, options, env):
    # nothing, which every field may be
    if value is None or value is False:
        return False
    if kind in NUMBERS:
        return _read_number(value, NUMBERS[kind])
    if kind == "boolean":
        return _read_boolean(value)
    if kind in DATES:
        return _read_day(value, env)
    if kind == "selection" and value not in options:
        raise ValueError(f"{value} is no choice")
    if kind in TEXTS:
        return normalize_text(str(value))
    if kind in RELATIONAL and isinstance(value, str) and value:
        return normalize_text(value)
    return value


def _read_number(value, parse):
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(f"{value} is no number")
    number = parse(value) if isinstance(value, str) else value
    if abs(number) > LARGEST:
        raise ValueError(f"{value} is too large")
    return number


def _read_boolean(value):
    if value in (0, 1):
        return bool(value)
    raise ValueError(f"{value} is neither yes nor no")


def _read_day(value, env):
    if not isinstance(value, str):
        raise ValueError(f"{value} is no date")
    text = normalize_text(value)
    if ISO.fullmatch(text) and text >= FIRST_GREGORIAN:
        date_utils.parse_iso_date(text)
        return text
    if text[:1].isdigit():
        return parse_date(text).isoformat()
    # counted from today
    date_utils.parse_date(text, env)
    return text
