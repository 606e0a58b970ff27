"""The one reader of conditions that people, files and the web client write."""

from ast import literal_eval

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

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


def parse_condition(env, condition, model):
    """Return the domain on `model` that a text stands for.

    :raise ValidationError: the text is no domain, or asks for fields that are not there
    """
    domain = read_condition(env, condition)
    try:
        domain.validate(env[model])
    except ERRORS as error:
        raise _get_problem(env, condition, error) from error
    return domain


def _get_problem(env, text, error):
    return ValidationError(
        env._(
            "The condition %(condition)s is invalid: %(error)s",
            condition=text[:SHOWN],
            error=str(error)[:SHOWN],
        )
    )
