"""What the recheck compares of a clock: what stays the same until something happens."""

from .moments import to_moment

MOMENTS = ("date_start", "date_stop", "date_paused", "date_deadline")


def get_kept(row):
    """Return what is compared of a row, whose moments are seconds."""
    stop = row["date_stop"]
    return (
        row["target"] or None,
        row["date_start"],
        stop,
        row["date_paused"],
        row["date_deadline"],
        row["state"],
        None if stop is None else row["used"],
    )


def get_counted(clock, target):
    """Return what is compared of a `Clock` that was counted anew."""
    stop = clock.stop
    return (
        target or None,
        clock.start,
        stop,
        clock.paused,
        clock.deadline,
        clock.state,
        None if stop is None else clock.used,
    )


def tell(kept, counted):
    """Return {key: (text, text)} of the clocks of a request that differ."""
    return {
        key: (_describe(kept.get(key)), _describe(counted.get(key)))
        for key in kept.keys() | counted.keys()
        if kept.get(key) != counted.get(key)
    }


def _describe(compared):
    """Return what is compared as a text; nothing of no clock."""
    if not compared:
        return ""
    target, *moments, state, used = compared
    told = [target, *map(to_moment, moments), state]
    texts = [str(value or "-") for value in told]
    return ", ".join(texts if used is None else [*texts, str(used)])
