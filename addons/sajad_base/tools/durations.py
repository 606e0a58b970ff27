"""How long something takes, as people say it."""

from odoo.tools.misc import get_lang


def format_hours(env, hours):
    """Return a time in words: minutes, hours, and days from two days on."""
    if hours >= 48:
        days = f"{hours / 24:.1f}".rstrip("0").rstrip(".")
        days = days.replace(".", get_lang(env).decimal_point)
        return env._("%(days)s days", days=days)
    if hours >= 1:
        return env._("%(hours)s hours", hours=round(hours))
    return env._("%(minutes)s minutes", minutes=round(hours * 60))
