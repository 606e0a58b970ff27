from odoo import tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain


def parse_condition(env, condition, model):
    """Return the domain on `model` that a condition of the web client stands for.

    :raise ValidationError: the condition is no valid domain
    """
    if not condition or condition.strip() in ("[]", "False"):
        return Domain.TRUE
    try:
        domain = Domain(tools.safe_eval.safe_eval(condition, {}))
        domain.validate(env[model])
    except (ValueError, TypeError, SyntaxError, KeyError) as error:
        raise ValidationError(
            env._(
                "The condition %(condition)s is invalid: %(error)s",
                condition=condition,
                error=error,
            )
        ) from error
    return domain
