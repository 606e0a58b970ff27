"""The clock of the country, where neither a person nor a calendar has another."""

from zoneinfo import ZoneInfo

COUNTRY_TZ = "Asia/Tehran"
COUNTRY_ZONE = ZoneInfo(COUNTRY_TZ)
