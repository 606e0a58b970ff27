"""The properties that a process defines, as inputs of its form."""

from datetime import date

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.i18n import format_list

from .conditions import parse_condition
from .form import FormInput
from .form_record import get_choices
from .show_if import find_unasked

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
PREFIX = "property_"
# {kind of form_reader, or an amount: the type that Odoo keeps it in}
WRITTEN_AS = {
    "mobile": "char",
    "phone": "char",
    "national_id": "char",
    "amount": "integer",
    # the answer is the name of the file; the file itself belongs to the request
    "file": "char",
}
MAX_LENGTH = {"char": 500, "text": 10000}


def make_property_inputs(env, definitions, required=()):
    """Return the inputs of properties.

    :param definitions: of a `PropertiesDefinition`
    :param required: names of the properties that have to be filled in
    """
    return [
        FormInput(
            name=PREFIX + definition["name"],
            key=definition["name"],
            label=_get_label(definition),
            kind=get_kind(definition),
            help=definition.get("help") or "",
            options=_get_options(env, definition),
            required=definition["name"] in (required or ()),
            max_length=MAX_LENGTH.get(definition["type"], 0),
            value=_get_default(definition),
            show_if=definition.get("show_if"),
        )
        for definition in definitions or []
        if _is_drawn(definition)
    ]


def show_answers(inputs, answered):
    """Show in the inputs of a form what was answered in it.

    :param answered: definitions with their values, as a `Properties` field reads them
    """
    values = {line["name"]: line.get("value") for line in answered}
    for item in inputs:
        value = values.get(item.key)
        if item.kind == "tags":
            item.value = list(value or ())
        elif value is None or value is False:
            item.value = ""
        else:
            item.value = str(value[0] if item.kind == "many2one" else value)


def get_kind(definition):
    """Return the kind of a question: its type, or what its text stands for."""
    written_as = definition.get("written_as")
    return (
        written_as
        if WRITTEN_AS.get(written_as) == definition["type"]
        else definition["type"]
    )


def _get_label(definition):
    suffix = definition.get("suffix")
    return f"{definition['string']} ({suffix})" if suffix else definition["string"]


def get_property_values(values):
    """Return values of such inputs as a `Properties` field takes them."""
    return {
        name: fields.Date.to_string(value) if isinstance(value, date) else value
        for name, value in values.items()
    }


def get_answer_text(env, definition, answer):
    """Return an answer as people read it, an empty text for none."""
    kind = definition["type"]
    if kind == "boolean":
        return env._("Yes") if answer else env._("No")
    if answer is None or answer is False or answer == []:
        return ""
    if kind == "selection":
        return dict(definition.get("selection") or []).get(answer, answer)
    if kind == "tags":
        labels = {tag[0]: tag[1] for tag in definition.get("tags") or []}
        return format_list(env, [labels.get(tag, tag) for tag in answer])
    if kind == "date":
        return format_date(env, answer)
    if kind in ("many2one", "many2many"):
        if kind == "many2one":
            answer = [answer]
        # read with their names, or not
        ids = [one[0] if isinstance(one, (list, tuple)) else one for one in answer]
        # what was chosen in a form is shown to whoever sees the form
        records_sudo = env[definition["comodel"]].sudo().browse(ids).exists()
        return format_list(env, records_sudo.mapped("display_name"))
    return f"{answer:,}" if kind in ("integer", "float", "monetary") else str(answer)


def get_told(env, form):
    """Return what was asked and answered in a form, as people read it.

    :param form: definitions with values, as `Properties` are read
    :return: [{"label", "kind", "text"}]
    """
    answers = {question["name"]: question.get("value") for question in form or []}
    unasked = find_unasked(form, answers)
    told = []
    for question in form or []:
        if question["type"] == "separator" or question["name"] in unasked:
            continue
        text = get_answer_text(env, question, answers[question["name"]])
        if text:
            kind = get_kind(question)
            told.append({"label": question["string"], "kind": kind, "text": text})
    return told


def _is_drawn(definition):
    if definition["type"] == "many2one":
        return definition.get("comodel") in OFFERED_MODELS
    return definition["type"] in DRAWN_TYPES


def _get_default(definition):
    value = definition.get("default")
    if definition["type"] == "tags":
        return list(value or ())
    if value is None or value is False or definition["type"] == "many2one":
        return ""
    return str(value)


def _get_options(env, definition):
    if definition["type"] == "selection":
        return [tuple(option[:2]) for option in definition.get("selection") or []]
    if definition["type"] == "tags":
        return [tuple(tag[:2]) for tag in definition.get("tags") or []]
    if definition["type"] == "many2one":
        return get_choices(env, definition["comodel"], _get_domain(env, definition))
    return []


def _get_domain(env, definition):
    """Return the condition on what a many2one offers."""
    # names of places and studies are no secret, yet portal users may not read them
    env_sudo = env[definition["comodel"]].sudo().env
    try:
        return parse_condition(
            env_sudo, str(definition.get("domain") or ""), definition["comodel"]
        )
    except ValidationError:
        # a condition that is none says nothing to an applicant
        return Domain.TRUE
