"""When which clock of a request ran, out of its history alone.

A request goes through cycles: it is submitted, and opened again after its end. A cycle
has one clock for the first answer and one for the solution, and a clock for each
further answer that the requester waits for. What was decided in an earlier cycle is
never touched by a later one.
"""

from typing import NamedTuple

FIRST, NEXT, SOLUTION = "first_answer", "next_answer", "solution"
METRICS = (FIRST, NEXT, SOLUTION)

# the requester begins a cycle
BEGINS = {"submitted", "reopened"}
# an office speaks to the requester, or decides
ANSWERS = {"replied", "approved", "refused", "returned", "visit"}
# the requester speaks, and waits for an answer
ASKS = {"wrote", "answered"}
# the requester has to act before this work goes on
WAITS = {"returned", "visit"}
# this work waits for the requester no more
GOES_ON = {
    *("answered", "came", "released", "approved", "refused", "seen", "assigned"),
    *("ready", "resumed", "suspended", "skipped", "passed", "sent_back", "referred"),
    "undone",
}
# an office had the last word
ENDS = {"done", "refused"}
# the requester gives up
DROPS = {"cancelled"}
# what can be undone
DECISIONS = {"approved", "refused", "seen", "assigned"}
# all that a clock hears of
HEARD = BEGINS | ANSWERS | ASKS | GOES_ON | ENDS | DROPS


class Event(NamedTuple):
    """Something that happened to a request; `at` in seconds."""

    kind: str
    at: int
    task: int | None = None


class Span:
    """The time of one clock: when it ran, in pieces, and how it ended."""

    __slots__ = ("cycle", "end", "metric", "pieces", "start", "stop")

    def __init__(self, metric, cycle, start):
        self.metric = metric
        self.cycle = cycle
        self.start = start
        # [(begin, end)], the last end is None while the clock runs
        self.pieces = [(start, None)]
        # when it ended, and whether by an answer ("answered") or not ("dropped")
        self.stop = None
        self.end = ""

    @property
    def key(self):
        """What tells the clocks of a request apart."""
        return self.metric, self.cycle

    @property
    def is_running(self):
        return self.pieces[-1][1] is None

    def pause(self, at):
        if self.is_running:
            self.pieces[-1] = (self.pieces[-1][0], at)

    def resume(self, at):
        if not self.is_running:
            self.pieces.append((at, None))

    def finish(self, at, end):
        self.pause(at)
        self.stop, self.end = at, end


class _Fold:
    """The history of a request, folded event by event."""

    def __init__(self):
        self.spans = []
        self.open = {}
        # {metric: how many clocks there were}
        self.counts = dict.fromkeys(METRICS, 0)
        # work that waits for the requester
        self.waiting = set()

    def start(self, metric, at):
        self.counts[metric] += 1
        span = Span(metric, self.counts[metric], at)
        self.open[metric] = span
        self.spans.append(span)

    def finish(self, metrics, at, end):
        for metric in metrics:
            if span := self.open.pop(metric, None):
                span.finish(at, end)

    def happen(self, event):
        kind, at = event.kind, event.at
        if kind in BEGINS:
            self.finish(METRICS, at, "dropped")
            self.waiting.clear()
            self.start(FIRST, at)
            self.start(SOLUTION, at)
        if SOLUTION not in self.open:
            # nothing that is said after the end starts a clock
            return
        if kind in ANSWERS:
            self.finish((FIRST, NEXT), at, "answered")
        elif kind in ASKS and FIRST not in self.open and NEXT not in self.open:
            self.start(NEXT, at)
        self.wait(event)
        if kind in ENDS:
            self.finish(METRICS, at, "answered")
        elif kind in DROPS:
            self.finish(METRICS, at, "dropped")

    def wait(self, event):
        """Let the solution stand while any work waits for the requester."""
        if event.kind in WAITS:
            self.waiting.add(event.task)
            self.open[SOLUTION].pause(event.at)
        elif self.waiting and event.kind in GOES_ON:
            self.waiting.discard(event.task)
            if not self.waiting:
                self.open[SOLUTION].resume(event.at)


def get_spans(events):
    """Return the spans of a history, oldest first.

    :param events: of one request, in their order
    """
    fold = _Fold()
    for event in _get_standing(events):
        fold.happen(event)
    return fold.spans


def _get_standing(events):
    """Return the events without decisions that were undone, and what they ended.

    A decision that is taken back was none: the clock that it stopped has run on.
    """
    standing = []
    for event in events:
        if event.kind == "undone":
            _take_back(standing, event.task)
        standing.append(event)
    return standing


def _take_back(standing, task):
    for index in range(len(standing) - 1, -1, -1):
        event = standing[index]
        if event.kind in BEGINS:
            return
        if event.task == task and event.kind in DECISIONS:
            standing[index:] = [e for e in standing[index + 1 :] if e.kind != "done"]
            return
