"""The clock of the country, where neither a person nor a calendar has another."""

from datetime import UTC
from zoneinfo import ZoneInfo

COUNTRY_TZ = "Asia/Tehran"
COUNTRY_ZONE = ZoneInfo(COUNTRY_TZ)


def get_country_day(moment):
    """The day of a moment (UTC, naive) in the country, wherever a person's clock is."""
    return moment.replace(tzinfo=UTC).astimezone(COUNTRY_ZONE).date()
