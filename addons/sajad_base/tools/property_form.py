"""Properties as fields of a plain HTML form: to draw, and to read what was typed."""

from odoo import fields

from .normalize import normalize_digits

DRAWN_TYPES = (
    "char",
    "text",
    "integer",
    "float",
    "boolean",
    "date",
    "selection",
    "separator",
)
PREFIX = "property_"
MAX_LENGTH = {"char": 500, "text": 10000}


def prepare_fields(definitions, post):
    """Return what a template draws: the definitions with their inputs and values.

    :param definitions: of a `PropertiesDefinition`
    :param post: what was typed, empty the first time
    """
    return [
        {
            **definition,
            "input": PREFIX + definition["name"],
            "typed": _get_typed(definition, post),
        }
        for definition in definitions or []
        if definition["type"] in DRAWN_TYPES
    ]


def _get_typed(definition, post):
    name = PREFIX + definition["name"]
    # an unticked box sends nothing, so a sent form is told by its token
    if name in post or "submit_token" in post:
        return post.get(name, "")
    value = definition.get("default")
    return "" if value in (None, False) else value


def parse_fields(env, definitions, post):
    """Return ({property: value}, {input: sentence}) of a form that was sent."""
    values, errors = {}, {}
    for definition in definitions or []:
        if definition["type"] not in DRAWN_TYPES or definition["type"] == "separator":
            continue
        name = PREFIX + definition["name"]
        text = (post.get(name) or "").strip()
        try:
            values[definition["name"]] = _parse(env, definition, text)
        except ValueError as error:
            errors[name] = str(error)
    return values, errors


def _parse(env, definition, text):
    kind = definition["type"]
    if kind == "boolean":
        return bool(text)
    if not text:
        return False
    if kind in MAX_LENGTH:
        if len(text) > MAX_LENGTH[kind]:
            raise ValueError(
                env._("At most %(count)s characters.", count=MAX_LENGTH[kind])
            )
        return text
    if kind == "selection":
        if text not in {key for key, _label in definition.get("selection") or []}:
            raise ValueError(env._("Choose one of the list."))
        return text
    return _parse_number_or_date(env, kind, normalize_digits(text))


def _parse_number_or_date(env, kind, text):
    try:
        if kind == "date":
            return fields.Date.to_string(fields.Date.to_date(text))
        number = text.replace("٬", "").replace(",", "").replace("٫", ".")
        value = int(number) if kind == "integer" else float(number)
    except ValueError:
        messages = {
            "date": env._("This is not a date."),
            "integer": env._("This is not a whole number."),
            "float": env._("This is not a number."),
        }
        raise ValueError(messages[kind]) from None
    # the database has no place for infinity, nor for larger whole numbers
    if not abs(value) < 2**53:
        raise ValueError(env._("This number is too large."))
    return value
