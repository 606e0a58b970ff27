"""The clocks of sajad_sla against an oracle that walks minute by minute.

The oracle shares nothing with the engine but the words of events: it asks of every
minute whether somebody works in it and which clocks run, and counts.
"""

import functools
import sys
import unittest
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "addons/sajad_sla"))

from engine import clocks, spans  # noqa: E402
from engine.hours import Hours  # noqa: E402

TEHRAN = ZoneInfo("Asia/Tehran")
MINUTE = 60
# before and after the end of summer time of 2022, and a Persian new year
BEGINS = (datetime(2022, 9, 19), datetime(2022, 3, 17), datetime(2026, 11, 24))
DAYS = 5
# how far the oracle looks for a deadline
AHEAD = 4 * 86400
EPOCH = date(1970, 1, 1).toordinal()

# the same answer on every machine and in every run
settings.register_profile(
    "sajad",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("sajad")


def seconds(moment):
    return int(moment.replace(tzinfo=UTC).timestamp())


# ------------------------------------------------------------
# THE ORACLE
# ------------------------------------------------------------


@functools.cache
def get_offset(half_hour):
    """Seconds that Tehran is before UTC."""
    moment = datetime.fromtimestamp(half_hour * 1800, TEHRAN)
    return int(moment.utcoffset().total_seconds())


class Office:
    """Shifts of each weekday in minutes of the day, and days on which it is closed."""

    def __init__(self, shifts, closed):
        self.shifts = shifts
        self.closed = closed

    def is_open(self, second):
        """Whether somebody works in the minute that begins."""
        day, rest = divmod(second + get_offset(second // 1800), 86400)
        minute = rest // 60
        if date.fromordinal(EPOCH + day) in self.closed:
            return False
        # the first of January 1970 was a Thursday
        shifts = self.shifts[(day + 3) % 7]
        return any(begin <= minute < end for begin, end in shifts)

    def hours(self):
        return Hours(self.read)

    def read(self, begin, end):
        """The intervals that the engine is given, made day by day."""
        day = datetime.fromtimestamp(begin, TEHRAN).date() - timedelta(days=1)
        found = []
        while seconds(datetime.combine(day, time())) < end + 86400:
            if day not in self.closed:
                found += [self._shift(day, *s) for s in self.shifts[day.weekday()]]
            day += timedelta(days=1)
        cut = [(max(a, begin), min(b, end)) for a, b in found]
        return [(a, b) for a, b in cut if a < b]

    def _shift(self, day, begin, end):
        def moment(minutes):
            days, minutes = divmod(minutes, 1440)
            local = datetime.combine(
                day + timedelta(days=days), time(minutes // 60, minutes % 60), TEHRAN
            )
            return int(local.timestamp())

        return moment(begin), moment(end)


class Row:
    """What the oracle knows of one clock."""

    def __init__(self):
        self.used = self.ahead = 0
        self.deadline, self.late, self.end = None, False, ""


class Walker:
    """Walks through a history minute by minute, and on until deadlines are found."""

    def __init__(self, events, office, targets, now):
        self.office, self.targets, self.now = office, targets, now
        self.found, self.running = {}, set()
        self.counts = dict.fromkeys(targets, 0)
        self.closed, self.waiting, self.answered = True, set(), False
        undone = find_undone(events)
        left = [e for number, e in enumerate(events) if number not in undone]
        second = events[0].at
        while second < now or (self.running and second <= now + AHEAD) or left:
            while left and left[0].at <= second:
                self.hear(left.pop(0))
            for key in self.running:
                self.tick(second, self.found[key], key[0])
            second += MINUTE

    def start(self, metric):
        self.counts[metric] += 1
        key = (metric, self.counts[metric])
        self.running.add(key)
        self.found[key] = Row()

    def end(self, keys, how):
        for key in keys:
            self.found[key].end = how
            self.running.discard(key)

    def hear(self, event):
        kind = event.kind
        if kind in ("submitted", "reopened"):
            self.end(list(self.running), "dropped")
            self.closed, self.waiting, self.answered = False, set(), False
            self.start("first_answer")
            self.start("solution")
        elif not self.closed:
            self.talk(kind)
            if kind in ("returned", "visit"):
                self.waiting.add(event.task)
            elif kind not in ("replied", "wrote", "claimed", "done"):
                self.waiting.discard(event.task)
            if kind in ("done", "refused", "cancelled"):
                self.closed = True
                how = "dropped" if kind == "cancelled" else "answered"
                self.end(list(self.running), how)

    def talk(self, kind):
        if kind in ("replied", "approved", "refused", "returned", "visit"):
            self.answered = True
            self.end([k for k in self.running if k[0] != "solution"], "answered")
        asked = any(key[0] == "next_answer" for key in self.running)
        if kind in ("wrote", "answered") and self.answered and not asked:
            self.start("next_answer")

    def tick(self, second, row, metric):
        target = self.targets[metric]
        if metric == "solution" and self.waiting:
            if row.used <= target:
                row.deadline = None
            return
        if row.used == target and row.deadline is None:
            row.deadline = second
        if not self.office.is_open(second):
            return
        if second < self.now:
            row.used += MINUTE
            row.late = row.used > target
        else:
            row.ahead += MINUTE
        if row.used + row.ahead == target and row.deadline is None:
            row.deadline = second + MINUTE


def find_undone(events):
    """Positions of the events that do not stand."""
    gone = set()
    for position, event in enumerate(events):
        if event.kind != "undone":
            continue
        for earlier in range(position - 1, -1, -1):
            other = events[earlier]
            if other.kind in ("submitted", "reopened"):
                break
            if (
                earlier not in gone
                and other.task == event.task
                and other.kind in ("approved", "refused", "seen", "assigned")
            ):
                gone.add(earlier)
                gone |= {
                    p for p in range(earlier, position) if events[p].kind == "done"
                }
                break
    return gone


# ------------------------------------------------------------
# RANDOM OFFICES AND HISTORIES
# ------------------------------------------------------------

KINDS = (
    *("replied", "wrote", "approved", "refused", "returned", "answered", "visit"),
    *("came", "released", "undone", "done", "cancelled", "reopened", "claimed"),
    *("ready", "suspended"),
)


@st.composite
def offices(draw, begin):
    shifts = {}
    for weekday in range(7):
        cuts = draw(st.lists(st.integers(0, 96), min_size=2, max_size=4, unique=True))
        cuts = sorted(15 * cut for cut in cuts)
        shifts[weekday] = list(zip(cuts[::2], cuts[1::2], strict=False))
    # Thursday half a day and Friday off, as offices in Iran
    if draw(st.booleans()):
        shifts = {n: [(450, 960)] for n in range(7)} | {3: [(450, 750)], 4: []}
    closed = draw(st.sets(st.integers(0, DAYS + 20), max_size=4))
    return Office(shifts, {begin.date() + timedelta(days=n) for n in closed})


@st.composite
def histories(draw, begin):
    minutes = draw(
        st.lists(st.integers(0, DAYS * 1440), min_size=1, max_size=12).map(sorted)
    )
    events = [spans.Event("submitted", seconds(begin) + minutes[0] * MINUTE)]
    for minute in minutes[1:]:
        kind = draw(st.sampled_from(KINDS))
        task = None if kind in ("done", "reopened") else draw(st.integers(1, 3))
        events.append(spans.Event(kind, seconds(begin) + minute * MINUTE, task))
    return events


@st.composite
def cases(draw):
    begin = draw(st.sampled_from(BEGINS))
    office, events = draw(offices(begin)), draw(histories(begin))
    targets = {m: draw(st.integers(1, 1200)) * MINUTE for m in spans.METRICS}
    now = events[-1].at + draw(st.integers(0, 2880)) * MINUTE
    return office, events, targets, now


def run(events, office, targets, now):
    hours = office.hours()
    goals = {m: clocks.Goal(t, hours) for m, t in targets.items()}
    return clocks.get_clocks(events, lambda metric, *_rest: goals[metric], now)


class TestOracle(unittest.TestCase):
    @given(cases())
    def test_engine_is_the_oracle(self, case):
        office, events, targets, now = case
        expected = Walker(events, office, targets, now).found
        found = run(events, office, targets, now)
        self.assertEqual({c[:2] for c in found}, set(expected))
        for clock in found:
            row = expected[clock.metric, clock.cycle]
            if clock.state == clocks.UNMEASURED:
                self.assertEqual(row.used, 0)
                continue
            self.assertEqual((clock.used, clock.late), (row.used, row.late), clock)
            if clock.state in clocks.OPEN and row.deadline:
                self.assertEqual(clock.deadline, row.deadline, clock)
            if clock.state == clocks.PAUSED and not row.late:
                self.assertIsNone(clock.deadline, clock)
            if row.end == "answered":
                self.assertEqual(clock.met, row.used <= targets[clock.metric], clock)

    @given(cases(), st.integers(0, 5000))
    def test_used_never_falls(self, case, minutes):
        office, events, targets, now = case
        before = {c[:2]: c for c in run(events, office, targets, now)}
        for clock in run(events, office, targets, now + minutes * MINUTE):
            self.assertGreaterEqual(clock.used, before[clock[:2]].used)
            self.assertGreaterEqual(clock.late, before[clock[:2]].late)

    @given(cases(), st.integers(0, 1440), st.integers(0, 3000))
    def test_a_pause_leaves_the_rest(self, case, wait, pause):
        """Paused for any span, in one piece or two, as much is left as before."""
        office, events, targets, _now = case
        begin = events[0]
        at = begin.at + wait * MINUTE
        until = at + pause * MINUTE
        once = [begin, begin._replace(kind="visit", at=at, task=1)]
        middle = at + pause // 2 * MINUTE
        twice = [
            *once,
            begin._replace(kind="came", at=middle, task=1),
            begin._replace(kind="visit", at=middle, task=1),
        ]
        before = get_solution(run(once, office, targets, at))
        for history in (once, twice):
            clock = get_solution(run(history, office, targets, until))
            self.assertEqual(clock.used, before.used)
            resumed = [*history, begin._replace(kind="came", at=until, task=1)]
            clock = get_solution(run(resumed, office, targets, until))
            left = targets["solution"] - before.used
            if clock.state == clocks.RUNNING and left >= 0:
                self.assertEqual(clock.deadline, office.hours().after(until, left))

    @given(cases())
    def test_solved_in_time_is_met(self, case):
        """Whatever came before, even straight from a pause after the old deadline."""
        office, events, targets, now = case
        solved = [*events, spans.Event("done", now)]
        for clock in run(solved, office, targets, now):
            if clock.state in (clocks.MET, clocks.MISSED):
                in_time = clock.used <= targets[clock.metric]
                self.assertEqual(clock.met, in_time)

    @given(cases(), st.integers(0, 3000))
    def test_a_new_cycle_leaves_old_verdicts(self, case, minutes):
        office, events, targets, now = case
        ended = [*events, spans.Event("done", now)]
        later = now + minutes * MINUTE
        before = run(ended, office, targets, now)
        again = [*ended, spans.Event("reopened", later)]
        after = run(again, office, targets, later + 86400)
        self.assertEqual(after[: len(before)], before)
        self.assertEqual(
            [c.metric for c in after[len(before) :]], ["first_answer", "solution"]
        )


def get_solution(found):
    return next(c for c in found if c.metric == "solution")


# ------------------------------------------------------------
# EXAMPLES
# ------------------------------------------------------------

WEEK = Office({n: [(480, 960)] for n in range(7)} | {3: [(480, 720)], 4: []}, set())


def local(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=TEHRAN).timestamp())


class TestExamples(unittest.TestCase):
    def measure(self, history, target, now, office=WEEK, metric="solution"):
        events = [spans.Event(kind, local(at), task) for kind, at, task in history]
        targets = dict.fromkeys(spans.METRICS, target * 3600)
        found = run(events, office, targets, local(now))
        return [clock for clock in found if clock.metric == metric]

    def test_a_target_that_ends_at_closing_time_ends_then(self):
        # Saturday to 16:00
        history = [("submitted", "2026-11-28 14:00", None)]
        (clock,) = self.measure(history, 2, "2026-11-28 17:00")
        self.assertEqual(clock.deadline, local("2026-11-28 16:00"))
        self.assertFalse(clock.late)
        history.append(("done", "2026-11-29 08:00", None))
        self.assertTrue(self.measure(history, 2, "2026-11-29 08:00")[0].met)

    def test_one_second_more_is_late(self):
        history = [("submitted", "2026-11-28 14:00", None)]
        self.assertTrue(self.measure(history, 2, "2026-11-29 08:00:01")[0].late)

    def test_thursday_and_friday(self):
        # Wednesday 15:00: one hour, Thursday four, Friday none, Saturday three
        history = [("submitted", "2026-11-25 15:00", None)]
        (clock,) = self.measure(history, 8, "2026-11-25 15:00")
        self.assertEqual(clock.deadline, local("2026-11-28 11:00"))

    def test_holiday(self):
        office = Office(WEEK.shifts, {date(2026, 11, 28)})
        history = [("submitted", "2026-11-25 15:00", None)]
        (clock,) = self.measure(history, 8, "2026-11-25 15:00", office)
        self.assertEqual(clock.deadline, local("2026-11-29 11:00"))

    def test_solved_out_of_a_pause_after_the_old_deadline(self):
        history = [
            ("submitted", "2026-11-28 08:00", None),
            ("returned", "2026-11-28 09:00", 1),
            ("done", "2026-12-05 09:00", None),
        ]
        (clock,) = self.measure(history, 8, "2026-12-09 09:00")
        self.assertEqual((clock.state, clock.used), ("met", 3600))

    def test_next_answer_runs_while_the_requester_spoke_last(self):
        history = [
            ("submitted", "2026-11-28 08:00", None),
            ("wrote", "2026-11-28 09:00", None),
            ("replied", "2026-11-28 10:00", None),
            ("wrote", "2026-11-28 11:00", None),
            ("wrote", "2026-11-28 12:00", None),
            ("replied", "2026-11-28 13:00", None),
            ("wrote", "2026-11-28 14:00", None),
        ]
        found = self.measure(history, 4, "2026-11-28 15:00", metric="next_answer")
        states = [(c.cycle, c.state, c.used) for c in found]
        self.assertEqual(states, [(1, "met", 7200), (2, "running", 3600)])

    def test_a_thank_you_after_the_end_starts_nothing(self):
        history = [
            ("submitted", "2026-11-28 08:00", None),
            ("approved", "2026-11-28 09:00", 1),
            ("done", "2026-11-28 09:00", None),
            ("wrote", "2026-11-28 10:00", None),
        ]
        self.assertFalse(
            self.measure(history, 4, "2026-11-29 10:00", metric="next_answer")
        )

    def test_a_decision_that_is_undone_was_none(self):
        history = [
            ("submitted", "2026-11-28 08:00", None),
            ("approved", "2026-11-28 09:00", 1),
            ("done", "2026-11-28 09:00", None),
            ("undone", "2026-11-28 10:00", 1),
        ]
        for metric in ("first_answer", "solution"):
            (clock,) = self.measure(history, 8, "2026-11-28 11:00", metric=metric)
            self.assertEqual((clock.state, clock.used), ("running", 3 * 3600))

    def test_who_gives_up_is_not_counted_unless_it_was_late(self):
        history = [("submitted", "2026-11-28 08:00", None)]
        early = [*history, ("cancelled", "2026-11-28 09:00", None)]
        late = [*history, ("cancelled", "2026-11-28 15:00", None)]
        self.assertEqual(self.measure(early, 2, "2026-11-30 09:00")[0].state, "dropped")
        self.assertEqual(self.measure(late, 2, "2026-11-30 09:00")[0].state, "missed")

    def test_a_calendar_without_hours_is_said(self):
        office = Office({n: [] for n in range(7)}, set())
        history = [("submitted", "2026-11-28 08:00", None)]
        (clock,) = self.measure(history, 2, "2026-11-30 08:00", office)
        self.assertEqual((clock.state, clock.deadline), ("unmeasured", None))
        goal = clocks.Goal(3600, None)
        events = [spans.Event("submitted", local("2026-11-28 08:00"))]
        found = clocks.get_clocks(events, lambda *_any: goal, local("2026-11-29 08:00"))
        self.assertEqual({c.state for c in found}, {"unmeasured"})


if __name__ == "__main__":
    unittest.main()
