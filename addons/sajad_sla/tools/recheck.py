"""What the recheck compares of a clock: what stays the same until something happens."""

MOMENTS = ("date_start", "date_stop", "date_paused", "date_deadline")
# in the order of what follows
COMPARED = ("target", *MOMENTS, "state", "used")


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
    """Return {key: (values, values)} of the clocks of a request that differ."""
    return {
        key: (_name(kept.get(key)), _name(counted.get(key)))
        for key in kept.keys() | counted.keys()
        if kept.get(key) != counted.get(key)
    }


def _name(compared):
    """Return what is compared by the names of its fields; None of no clock."""
    return compared and dict(zip(COMPARED, compared, strict=True))
