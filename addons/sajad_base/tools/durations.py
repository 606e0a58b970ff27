"""How long something takes, as people say it."""

from odoo.tools.misc import get_lang


def format_hours(env, hours):
    """Return a time in words: minutes, hours, and days from two days on."""
    return get_hours_writer(env)(hours)


def get_hours_writer(env):
    """Return what puts hours into words: the sentences are looked up once."""
    point = get_lang(env).decimal_point
    in_days = env._("%(days)s days")
    in_hours = env._("%(hours)s hours")
    in_minutes = env._("%(minutes)s minutes")

    def write(hours):
        if hours >= 48:
            days = f"{hours / 24:.1f}".rstrip("0").rstrip(".")
            return in_days % {"days": days.replace(".", point)}
        if hours >= 1:
            return in_hours % {"hours": round(hours)}
        return in_minutes % {"minutes": round(hours * 60)}

    return write
