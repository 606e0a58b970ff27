"""Read a log of Odoo and judge it: which tests ran, what should not be there.

Odoo exits with 0 when no test matched, when tests were skipped and when a check only
logs. So the log decides.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

_RECORD = re.compile(
    r"^(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?P<pid>\d+) "
    r"(?P<level>[A-Z]+) (?P<db>\S+) (?P<logger>[^:\s]+): (?P<text>.*)$"
)
_STARTING = re.compile(r"^Starting (\S+) \.\.\.")
_SKIPPED = re.compile(r"^skipped (\S+) ")
_SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
_MODULE = re.compile(r"^odoo\.addons\.(\w+)\.tests\b")
BAD_LEVELS = ("WARNING", "ERROR", "CRITICAL")


@dataclass
class Record:
    """One log record with the lines that belong to it."""

    level: str
    logger: str
    text: str
    more: list = field(default_factory=list)

    @property
    def head(self):
        """The first line as a person reads it."""
        return f"{self.level} {self.logger}: {self.text}"

    @property
    def whole(self):
        """The record with all its lines."""
        return "\n".join([self.head, *self.more])


@dataclass
class Report:
    """What a log says."""

    records: list
    started: Counter
    skipped: list
    summary: tuple | None  # failed, errors, tests

    @property
    def tests(self):
        """Number of tests that ran."""
        return self.summary[2] if self.summary else 0

    @property
    def failed(self):
        """Number of tests that failed or broke."""
        return self.summary[0] + self.summary[1] if self.summary else 0

    def unexpected(self, allowed):
        """Warnings and errors that no entry of the allow list explains."""
        bad = [r for r in self.records if r.level in BAD_LEVELS]
        return [r for r in bad if not any(a.matches(r) for a in allowed)]


@dataclass(frozen=True)
class Allowed:
    """An entry of the allow list."""

    logger: str
    pattern: str
    reason: str

    def matches(self, record):
        """Whether this entry explains a record."""
        same = not self.logger or record.logger == self.logger
        return same and bool(re.search(self.pattern, record.whole))


def parse(lines):
    """Read log lines into a Report."""
    records, started, skipped, summary = [], Counter(), [], None
    for line in lines:
        line = line.rstrip("\n")
        match = _RECORD.match(line)
        if not match:
            if records:
                records[-1].more.append(line)
            elif line.startswith("Traceback "):
                records.append(Record("ERROR", "stderr", line))
            continue
        record = Record(match["level"], match["logger"], match["text"])
        records.append(record)
        if found := _STARTING.match(record.text):
            started[module_of(record.logger)] += 1
        elif _SKIPPED.match(record.text):
            skipped.append(record.text)
        elif found := _SUMMARY.search(record.text):
            summary = tuple(map(int, found.groups()))
    return Report(records, started, skipped, summary)


def module_of(logger):
    """The addon a test logger belongs to."""
    found = _MODULE.match(logger)
    return found[1] if found else logger


def read(path):
    """Parse a log file."""
    with Path(path).open(encoding="utf-8", errors="replace") as handle:
        return parse(handle)


def load_allowed(project):
    """The allow list of the project; every entry must give its reason."""
    path = Path(project) / "tools/allowed-log-lines.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("allow", [])
    allowed = []
    for entry in entries:
        if not entry.get("reason") or not entry.get("pattern"):
            raise ValueError(f"{path}: an entry without pattern or reason: {entry}")
        re.compile(entry["pattern"])
        allowed.append(
            Allowed(entry.get("logger", ""), entry["pattern"], entry["reason"])
        )
    return allowed


def judge(report, code, allowed, modules=None):
    """Everything that is wrong with a run, as a list of texts (empty: all is well).

    ``modules``: addons of which at least one test must have run; None when the run was
    not there to test.
    """
    wrong = [f"exit code {code}"] if code else []
    if modules is not None:
        wrong += _judge_tests(report, modules)
    wrong += [record.whole for record in report.unexpected(allowed)]
    return wrong


def _judge_tests(report, modules):
    if not report.summary or not report.tests:
        return ["no test ran"]
    wrong = [f"no test of {m} ran" for m in modules if not report.started[m]]
    if report.failed:
        wrong.append(f"{report.failed} of {report.tests} tests failed")
    return wrong + report.skipped
