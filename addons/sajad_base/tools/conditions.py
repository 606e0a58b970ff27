"""The one reader of conditions that people, files and the web client write."""

import logging
from ast import literal_eval

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .condition_values import read_values

_logger = logging.getLogger(__name__)

# what a broken or hostile text makes Python and Odoo raise
ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    KeyError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    UserError,
    ValueError,
)
SHOWN = 200


def read_condition(env, condition):
    """Return the domain that a text stands for, without looking at its fields.

    Plain values only: nothing in the text is ever evaluated.

    :raise ValidationError: the text is no domain
    """
    text = (condition or "").strip()
    if text in ("", "[]", "False"):
        return Domain.TRUE
    try:
        return Domain(literal_eval(text))
    except ERRORS as error:
        raise _get_problem(env, text, error) from error


def parse_condition(env, condition, model, definitions=None):
    """Return the domain on `model` that a text stands for.

    Values are read in the type of their field, in every script of digits.

    :param definitions: of the properties of `model`, where they are known
    :raise ValidationError: the text is no domain, asks for fields that are not there,
        or compares a field with what it cannot be
    """
    domain = read_condition(env, condition)
    try:
        domain = read_values(domain, env[model], definitions)
        domain.validate(env[model])
    except ERRORS as error:
        raise _get_problem(env, condition, error) from error
    return domain


def spell_condition(env, condition, model, definitions=None):
    """Return the text of a condition as it is kept: its values in their types.

    :raise ValidationError: as of `parse_condition`
    """
    domain = parse_condition(env, condition, model, definitions)
    if domain.is_true() or domain == read_condition(env, condition):
        return condition
    return str(list(domain))


def filter_condition(records, condition, definitions=None):
    """Return the records that meet a condition; None when it cannot be evaluated.

    What was kept in former times must never make a page fail.
    """
    try:
        domain = parse_condition(records.env, condition, records._name, definitions)
        return records.filtered_domain(domain)
    except ERRORS as error:
        _logger.info("Condition %.200s cannot be evaluated: %s", condition, error)
        return None


def _get_problem(env, text, error):
    return ValidationError(
        env._(
            "The condition %(condition)s is invalid: %(error)s",
            condition=text[:SHOWN],
            error=str(error)[:SHOWN],
        )
    )
