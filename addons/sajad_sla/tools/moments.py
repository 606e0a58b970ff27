"""Moments of the database and whole seconds of the engine."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1)


def to_seconds(moment):
    """Return the whole seconds of a moment, naive UTC."""
    return int(moment.replace(tzinfo=UTC).timestamp())


def to_moment(seconds):
    """Return the moment of some seconds, naive UTC; None of none."""
    return None if seconds is None else EPOCH + timedelta(seconds=seconds)
