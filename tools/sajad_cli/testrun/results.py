"""What the parts of the test run found, and the table at the end."""

import contextlib
import re
import time
from dataclasses import dataclass, field

from ..ui import Problem, say

LINES_SHOWN = 60
LINES_AT_ONCE = 8
_POINTERS = re.compile(r"^[\s^~]*$")  # the marks below the lines of a traceback


@dataclass
class Part:
    """One part of the test run: its checks, its tests, its time."""

    name: str
    passed: int = 0
    failed: int = 0
    tests: int = 0
    seconds: float = 0.0
    output: list = field(default_factory=list)

    def tell(self, text):
        """Print a line of this part."""
        say(f"{self.name}: {text}")

    def check(self, name, wrong, note=""):
        """Record one check; ``wrong`` lists what is not right (empty: passed)."""
        if wrong:
            self.failed += 1
            self._show(name, wrong)
        else:
            self.passed += 1
            self.tell(f"ok    {name}{f' ({note})' if note else ''}")
        return not wrong

    def test_run(self, name, report, wrong):
        """Record a run of Odoo's tests; a run without failures may still be wrong."""
        self.tests += report.tests
        failed = min(report.failed, report.tests)
        self.failed += failed or bool(wrong)
        self.passed += report.tests - failed
        if wrong:
            self._show(name, wrong)
        else:
            self.tell(f"ok    {name} ({report.tests} tests)")

    def unittest(self, name, code, output):
        """Record a run of plain unittest from its output."""
        ran = re.search(r"^Ran (\d+) test", output, re.M)
        bad = sum(map(int, re.findall(r"(?:failures|errors|skipped)=(\d+)", output)))
        count = int(ran[1]) if ran else 0
        wrong = bad or code or not count
        self.tests += count
        self.failed += max(bad, 1) if wrong else 0
        self.passed += max(count - bad, 0)
        if wrong:
            self._show(name, [output.strip() or f"exit code {code}"])
        else:
            self.tell(f"ok    {name} ({count} tests)")

    def _show(self, name, wrong):
        lines = [line for text in wrong for line in str(text).splitlines()]
        lines = [line for line in lines if not _POINTERS.match(line)]
        shown = lines[:LINES_SHOWN]
        if len(lines) > len(shown):
            shown.append(f"... and {len(lines) - len(shown)} more lines")
        self.output += [f"FAILED {self.name}: {name}", *(f"    {s}" for s in shown)]
        at_once = [f"    {s}" for s in shown[:LINES_AT_ONCE]]
        say("\n".join([f"{self.name}: FAILED {name}", *at_once]))


@contextlib.contextmanager
def timed(part):
    """Take the time of a part; a Problem inside it is a failure of the part."""
    start = time.monotonic()
    part.tell("start")
    try:
        yield part
    except Problem as problem:
        part.check("could not finish", [str(problem)])
    finally:
        part.seconds += time.monotonic() - start


def table(parts):
    """The closing table, as text; the last line counts everything."""
    rows = [f"{'part':<10} {'seconds':>8} {'tests':>7} {'passed':>7} {'failed':>7}"]
    rows += [
        f"{p.name:<10} {p.seconds:8.0f} {p.tests:7d} {p.passed:7d} {p.failed:7d}"
        for p in parts
    ]
    passed, failed = sum(p.passed for p in parts), sum(p.failed for p in parts)
    return "\n".join([*rows, "", f"{passed} passed, {failed} failed"])
