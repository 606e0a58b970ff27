"""Interleaved timing: every round runs every case, so that a busy minute hits all."""

from statistics import median
from time import perf_counter

# {title: {case: seconds}} of all tables, for the one at the end
MEASURED = {}


class Case:
    """Something to time. `prepare` is not timed, `run` gets what it returns."""

    def __init__(self, name, env, run, prepare=None, rows=None):
        self.name = name
        self.env = env
        self.run = run
        self.prepare = prepare or (lambda: None)
        self.rows = rows
        self.seconds = []
        self.queries = 0

    def once(self, keep=True):
        """Measure once, and keep it unless it only warms up."""
        seconds, queries = self.measure()
        if keep:
            self.seconds.append(seconds)
            self.queries = queries

    def measure(self):
        """Run in a transaction of its own, with a cold record cache; take it back.

        :return: (seconds, queries)
        """
        env = self.env
        prepared = self.prepare()
        env.flush_all()
        env.cr.precommit.run()
        env.invalidate_all()
        before, start = env.cr.sql_log_count, perf_counter()
        if prepared is None:
            self.run()
        else:
            self.run(prepared)
        env.flush_all()
        # tracking is written when the transaction ends
        env.cr.precommit.run()
        seconds = perf_counter() - start
        queries = env.cr.sql_log_count - before
        env.cr.rollback()
        return seconds, queries

    @property
    def median(self):
        return median(self.seconds)

    @property
    def spread(self):
        """The middle half of the times, as a part of the median."""
        times = sorted(self.seconds)
        quarter = len(times) // 4
        return (times[-1 - quarter] - times[quarter]) / self.median


def interleave(cases, rounds):
    """Run all cases `rounds` times in turn, after one round to warm up."""
    for case in cases:
        case.once(keep=False)
    for _round in range(rounds):
        for case in cases:
            case.once()


def report(title, cases, base):
    """Return lines: each case against `base`, the one that counts as 1."""
    MEASURED[title] = {case.name: case.seconds for case in cases}
    lines = [
        "",
        title,
        f"{'':44} {'ratio':>8} {'median':>10} {'spread':>7} {'queries':>8}  rows/s",
    ]
    for case in cases:
        rate = f"{case.rows / case.median:8.0f}" if case.rows else ""
        lines.append(
            f"{case.name:44} {case.median / base.median:8.2f} "
            f"{case.median * 1000:7.1f} ms {case.spread:7.0%} {case.queries:8} {rate}"
        )
    return lines
