"""The clock of demo stories: what happened weeks ago is recorded with its own date."""

from contextlib import contextmanager
from datetime import datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from odoo import fields

from ..tools.clock import COUNTRY_ZONE

WEEKEND = (3, 4)  # Thursday and Friday


@contextmanager
def at(moment):
    """Let it be `moment` (UTC, naive) for the engine."""
    with patch.object(fields.Datetime, "now", staticmethod(lambda *_args: moment)):
        yield


def working_days_ago(days, hour=9, minute=0):
    """Return a moment in office hours, so many working days ago."""
    day = datetime.now(COUNTRY_ZONE).date()
    while days:
        day -= timedelta(days=1)
        days -= day.weekday() not in WEEKEND
    moment = datetime.combine(day, time(hour, minute), COUNTRY_ZONE)
    return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
