"""Names and days of a certificate, in the language of an environment."""

from zoneinfo import ZoneInfo

import babel.dates

from odoo.addons.sajad_base.tools.clock import COUNTRY_ZONE
from odoo.addons.sajad_jalali.tools import jalali

UTC = ZoneInfo("UTC")


def pick(env, names):
    """Return the name in the language of the environment, or in another one.

    :param dict names: {language: name}, as a snapshot keeps them
    """
    return names.get(env.lang) or names.get("en_US") or ""


def to_local(moment):
    """Return a moment on the clock of the country, whoever reads it where."""
    return moment.replace(tzinfo=UTC).astimezone(COUNTRY_ZONE)


def format_moment(env, moment, short=False):
    """Return the day of a moment, or an empty text; see `format_day`."""
    return format_day(env, to_local(moment).date(), short) if moment else ""


def format_day(env, day, short=False):
    """Return a day: Jalali in Persian, both calendars in other languages.

    :param bool short: in other languages the Gregorian day alone
    """
    solar = jalali.format_jalali(day)
    if (env.lang or "").startswith("fa"):
        return solar
    # English is read where it is no language of users, so by babel itself
    if short:
        return babel.dates.format_date(day, "d MMM y", locale="en_US")
    return f"{babel.dates.format_date(day, 'd MMMM y', locale='en_US')} ({solar})"
