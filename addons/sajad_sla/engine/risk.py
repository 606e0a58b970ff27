"""Which clock will probably be late, by how long such clocks took before.

A clock that has used so much will probably need as much as half of those needed that
had used as much, and more when more than usual wait in the queue. The same rule is
tried on what is over: how often was it right, and how much of what was late had it
foreseen.
"""

from bisect import bisect_right, insort
from typing import NamedTuple

# fewer clocks say nothing
FEWEST = 5
# the longest queue makes everything so many times slower
SLOWEST = 3.0


class Past(NamedTuple):
    """A clock that is over."""

    start: int
    stop: int
    used: int
    target: int


class Trial(NamedTuple):
    """How good the forecasts were: how many, of them late, warned of, and both."""

    count: int
    late: int
    flagged: int
    hits: int

    @property
    def precision(self):
        """The share of warnings that were right; None of none."""
        return self.hits / self.flagged if self.flagged else None

    @property
    def recall(self):
        """The share of late clocks that were warned of; None of none."""
        return self.hits / self.late if self.late else None


def is_at_risk(past, used, target, load=1.0):
    """Return whether a clock will probably use more than it may.

    :param list past: sorted seconds that such clocks used
    :param float load: how much longer than usual the queue is
    """
    first = bisect_right(past, used)
    longer = len(past) - first
    if longer < FEWEST:
        return False
    expected = past[first + longer // 2]
    return used + (expected - used) * load > target


def get_load(waiting, usual):
    """Return how much longer than usual a queue makes things, at least 1."""
    return min(max(waiting / usual, 1.0), SLOWEST) if usual else 1.0


def get_usual(clocks):
    """Return how many clocks were open on the average."""
    if not clocks:
        return 0
    begin, end = min(c.start for c in clocks), max(c.stop for c in clocks)
    return sum(c.stop - c.start for c in clocks) / max(end - begin, 1)


def try_out(clocks):
    """Forecast what is over, each time with what was known when a clock began.

    Asked when half of the promised time is used: what was over by then was no risk.

    :param clocks: `Past`s of one kind
    :return: a `Trial`
    """
    begun = sorted(clocks)
    stops = sorted(clocks, key=lambda clock: clock.stop)
    known, over, over_time = [], 0, 0
    count = late = flagged = hits = 0
    for number, clock in enumerate(begun):
        while over < len(stops) and stops[over].stop <= clock.start:
            insort(known, stops[over].used)
            over_time += stops[over].stop - stops[over].start
            over += 1
        half = clock.target // 2
        if clock.used <= half or len(known) < FEWEST:
            continue
        usual = over_time / max(clock.start - begun[0].start, 1)
        warned = is_at_risk(known, half, clock.target, get_load(number - over, usual))
        is_late = clock.used > clock.target
        count += 1
        late += is_late
        flagged += warned
        hits += warned and is_late
    return Trial(count, late, flagged, hits)
