"""Clocks: the spans of a request measured against what was promised."""

from typing import NamedTuple

from .spans import get_spans

RUNNING, PAUSED = "running", "paused"
MET, MISSED = "met", "missed"
DROPPED, UNMEASURED = "dropped", "unmeasured"
OPEN = (RUNNING, PAUSED)


class Goal(NamedTuple):
    """What was promised: seconds of working time, in whose hours."""

    seconds: int
    # None where no calendar can measure it
    hours: object


class Clock(NamedTuple):
    """How one clock stands."""

    metric: str
    cycle: int
    start: int
    stop: int | None
    # since when it stands, while it does
    paused: int | None
    used: int
    # None while it stands, and where nothing can be measured
    deadline: int | None
    state: str
    # more was used than promised: whatever comes, it is not met any more
    late: bool

    @property
    def met(self):
        """Whether the promise was kept; None while nobody knows."""
        if self.late:
            return False
        return True if self.state == MET else None


def get_clocks(events, goals, now):
    """Return the clocks of a request as they stand at a moment.

    A pure function of history, promises and time: kept rows are only its copy.

    :param events: the `Event`s of one request, in their order
    :param goals: function (metric, cycle, start) -> `Goal`, or None where nothing was
        promised
    :param int now: not before the last event
    """
    clocks = []
    for span in get_spans(events):
        goal = goals(span.metric, span.cycle, span.start)
        if goal:
            clocks.append(measure(span, goal, now))
    return clocks


def measure(span, goal, now):
    """Return the clock of a span."""
    paused = None if span.is_running or span.stop is not None else span.pieces[-1][1]
    fixed = (span.metric, span.cycle, span.start, span.stop, paused)
    used, deadline = _walk(span, goal, now) if goal.hours else (0, None)
    if deadline is None:
        # no calendar, or one without hours
        return Clock(*fixed, 0, None, UNMEASURED, False)
    late = used > goal.seconds
    if paused is not None and not late:
        deadline = None
    return Clock(*fixed, used, deadline, _get_state(span, late), late)


def _get_state(span, late):
    if span.stop is None:
        return RUNNING if span.is_running else PAUSED
    if span.end == "dropped":
        # who gives up does not excuse what was late already
        return MISSED if late else DROPPED
    return MISSED if late else MET


def _walk(span, goal, now):
    """Return the seconds used, and when the promise ends or has ended."""
    used, deadline = 0, None
    for begin, end in span.pieces:
        worked = goal.hours.between(begin, now if end is None else end)
        left = goal.seconds - used
        if left >= 0:
            deadline = goal.hours.after(begin, left)
        used += worked
    return used, deadline
