"""The clock of the country, where neither a person nor a calendar has another."""

from datetime import UTC
from zoneinfo import ZoneInfo

from odoo.fields import Datetime

COUNTRY_TZ = "Asia/Tehran"
COUNTRY_ZONE = ZoneInfo(COUNTRY_TZ)


def get_country_day(moment):
    """The day of a moment (UTC, naive) in the country, wherever a person's clock is."""
    return moment.replace(tzinfo=UTC).astimezone(COUNTRY_ZONE).date()


def get_country_today():
    """The day of the country at this moment.

    What starts, ends or falls due on a day does so for everybody at once, whatever
    time zone an account has: the one owner of the word "today" in the rules.
    """
    return get_country_day(Datetime.now())
