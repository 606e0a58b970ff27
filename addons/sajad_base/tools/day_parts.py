"""Days of history, in parts that one statement counts within its time."""

from datetime import timedelta

DAY = timedelta(days=1)
# What one statement of a night job reads: it has to end within its limit of time. Of a
# country that is a week; a month was ended after 150 s beside other work.
ROWS = 400_000


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


def add_lying(moves, lying, first, last):
    """Return {day: what moved on it, and what lay at its end}.

    :param dict moves: {day: (movements, by how much more came in than went)}
    :param int lying: what lies at the end of the last day
    """
    lying -= sum(more for _count, more in moves.values())
    rows = {}
    for number in range((last - first).days + 1):
        day = first + number * DAY
        count, more = moves.get(day, (0, 0))
        lying += more
        rows[day] = count + max(lying, 0)
    return rows
