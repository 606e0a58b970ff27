from ..models.portal.sajad_throttle import LIMIT_PARAMETER


def set_call_limit(env, calls):
    """Let each caller of a public page through so many times; None: as delivered."""
    value = False if calls is None else str(calls)
    env["ir.config_parameter"].set_param(LIMIT_PARAMETER, value)
