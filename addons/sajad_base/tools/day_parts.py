"""Days of history, in parts that one statement counts within its time."""

from datetime import timedelta

DAY = timedelta(days=1)
# What one statement of a night job reads. At 150 seconds, the limit of a served
# database, some ten times as much is counted.
ROWS = 2_000_000


def split_days(first, last, rows, limit=None):
    """Yield (first, last) of parts that follow each other, a day at the least.

    :param dict rows: {day: how much is to be read for it}
    :param int limit: rows of a part, `ROWS` by default
    """
    limit = ROWS if limit is None else limit
    start, taken = first, 0
    for number in range((last - first).days + 1):
        day = first + number * DAY
        if day > start and taken + rows.get(day, 0) > limit:
            yield start, day - DAY
            start, taken = day, 0
        taken += rows.get(day, 0)
    if start <= last:
        yield start, last
