"""Properties as fields of a plain HTML form: to draw, and to read what was typed."""

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sajad_persian.tools.normalize import normalize_digits

from .conditions import parse_condition

DRAWN_TYPES = (
    "char",
    "text",
    "integer",
    "float",
    "boolean",
    "date",
    "selection",
    "tags",
    "many2one",
    "separator",
)
# what a form may offer to choose from: places and studies, never persons
OFFERED_MODELS = (
    "sajad.university",
    "sajad.faculty",
    "sajad.study.field",
    "sajad.degree.level",
    "res.country",
    "res.country.state",
)
MAX_OPTIONS = 500
PREFIX = "property_"
MAX_LENGTH = {"char": 500, "text": 10000}


def is_drawn(definition):
    """Whether the form asks for the property."""
    if definition["type"] == "many2one":
        return definition.get("comodel") in OFFERED_MODELS
    return definition["type"] in DRAWN_TYPES


def get_inputs(definitions):
    """Return the names of all inputs of the form."""
    names = set()
    for definition in filter(is_drawn, definitions or []):
        name = PREFIX + definition["name"]
        if definition["type"] == "tags":
            names.update(_get_tag_inputs(definition))
        elif definition["type"] != "separator":
            names.add(name)
    return names


def prepare_fields(env, definitions, post, required=()):
    """Return what a template draws: the definitions with their inputs and values.

    :param definitions: of a `PropertiesDefinition`
    :param post: what was typed, empty the first time
    :param required: names of the properties that have to be filled in
    """
    return [
        {
            **definition,
            "input": PREFIX + definition["name"],
            "typed": _get_typed(definition, post),
            "required": definition["name"] in (required or ()),
            "options": _get_options(env, definition, post),
        }
        for definition in definitions or []
        if is_drawn(definition)
    ]


def _get_typed(definition, post):
    name = PREFIX + definition["name"]
    # an unticked box sends nothing, so a sent form is told by its token
    if name in post or "submit_token" in post:
        return post.get(name, "")
    value = definition.get("default")
    if value in (None, False) or definition["type"] in ("tags", "many2one"):
        return ""
    return value


def _get_tag_inputs(definition):
    name = PREFIX + definition["name"]
    return {f"{name}__{tag[0]}": tag[0] for tag in definition.get("tags") or []}


def _get_options(env, definition, post):
    """Return the choices: [(value, label)], or [(input, label, ticked)] of tags."""
    if definition["type"] == "selection":
        return [tuple(option[:2]) for option in definition.get("selection") or []]
    if definition["type"] == "many2one":
        return [
            (str(record.id), record.display_name) for record in _offer(env, definition)
        ]
    if definition["type"] != "tags":
        return []
    labels = {tag[0]: tag[1] for tag in definition.get("tags") or []}
    is_sent = "submit_token" in post
    default = definition.get("default") or ()
    return [
        (name, labels[key], bool(post.get(name)) if is_sent else key in default)
        for name, key in _get_tag_inputs(definition).items()
    ]


def _offer(env, definition):
    """Return the records that a many2one of the form offers."""
    # names of places and studies are no secret, yet portal users may not read them
    Model_sudo = env[definition["comodel"]].sudo()
    condition = str(definition.get("domain") or "")
    try:
        domain = parse_condition(Model_sudo.env, condition, Model_sudo._name)
    except ValidationError:
        # a condition that is none says nothing to an applicant
        domain = Domain.TRUE
    return Model_sudo.search(domain, limit=MAX_OPTIONS)


def parse_fields(env, definitions, post, required=()):
    """Return ({property: value}, {input: sentence}) of a form that was sent."""
    values, errors = {}, {}
    for definition in filter(is_drawn, definitions or []):
        if definition["type"] == "separator":
            continue
        name = PREFIX + definition["name"]
        try:
            value = _parse_definition(env, definition, post)
        except ValueError as error:
            errors[name] = str(error)
            continue
        values[definition["name"]] = value
        # zero is an answer, although Python takes it for False
        is_empty = value is False or value == []
        if definition["name"] in (required or ()) and is_empty:
            errors[name] = _get_required_text(env, definition)
    return values, errors


def _get_required_text(env, definition):
    if definition["type"] == "boolean":
        return env._("Tick this box to go on.")
    if definition["type"] in ("selection", "tags", "many2one"):
        return env._("Choose one of the list.")
    return env._("Fill in this field.")


def _parse_definition(env, definition, post):
    if definition["type"] == "tags":
        inputs = _get_tag_inputs(definition)
        return [key for name, key in inputs.items() if post.get(name)]
    text = post.get(PREFIX + definition["name"]) or ""
    return _parse(env, definition, text.strip())


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
    if kind == "many2one":
        offered = {str(record.id): record.id for record in _offer(env, definition)}
        if text not in offered:
            raise ValueError(env._("Choose one of the list."))
        return offered[text]
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
