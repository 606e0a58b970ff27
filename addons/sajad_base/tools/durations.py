"""How long something takes, as people say it."""


def format_hours(env, hours):
    """Return a time in words: minutes, hours, and days from two days on."""
    if hours >= 48:
        return env._("%(days)s days", days=f"{hours / 24:.1f}".rstrip("0").rstrip("."))
    if hours >= 1:
        return env._("%(hours)s hours", hours=round(hours))
    return env._("%(minutes)s minutes", minutes=round(hours * 60))
