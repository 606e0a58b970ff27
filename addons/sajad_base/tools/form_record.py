"""Fields of a record, as inputs of a form."""

from odoo import fields

from odoo.addons.sajad_persian.tools.validators import format_phone

from .form import FormInput

MAX_CHOICES = 2000


def make_record_inputs(record, names, kinds=None, required=(), max_length=None):
    """Return the inputs of some fields, with what the record knows.

    :param kinds: {field: kind of form_reader.KINDS} where the type says too little
    :param required: fields that have to be filled in
    :param max_length: {field: characters}, else 100
    """
    kinds, max_length = kinds or {}, max_length or {}
    return [
        FormInput(
            name=name,
            key=name,
            label=record._fields[name]._description_string(record.env),
            kind=kinds.get(name, record._fields[name].type),
            options=get_options(record, name),
            required=name in required,
            max_length=max_length.get(name, 100),
            value=get_text(record, name, kinds.get(name)),
        )
        for name in names
    ]


def get_options(record, name):
    """Return [(value, label)] to choose from for a field."""
    field = record._fields[name]
    if field.type == "selection":
        return field._description_selection(record.env)
    if field.type == "many2one":
        return get_choices(record.env, field.comodel_name)
    return []


def get_choices(env, model, domain=()):
    """Return [(value, label)] of the records that a form offers.

    The caller has chosen a model whose names are no secret.
    """
    # places and studies, which portal users may not read
    records_sudo = env[model].sudo().search(domain, limit=MAX_CHOICES)
    return [(str(record.id), record.display_name) for record in records_sudo]


def get_text(record, name, kind=None):
    """Return what the record knows, as an input shows it."""
    value = record[name]
    if not value:
        return ""
    if record._fields[name].type == "many2one":
        return str(value.id)
    if record._fields[name].type == "date":
        return fields.Date.to_string(value)
    return format_phone(value) if kind in ("mobile", "phone") else value
