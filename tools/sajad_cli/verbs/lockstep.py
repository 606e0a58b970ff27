"""Two revisions measured in one run: turn by turn, so that a busy minute hits both."""

import contextlib
import importlib.util
import itertools
import json
import os
import subprocess
import sys
from statistics import median

from ..ui import Problem, say


class Worker:
    """A side's process; it works only between `go` and its next line."""

    def __init__(self, settings, side, script, arguments):
        self.side = side
        self.log = settings.logs / f"bench-{side.name}.log"
        go_read, go_write = os.pipe()
        told_read, told_write = os.pipe()
        argv = [side.odoo.venv / "bin/python", script, side.folder]
        argv += [go_read, told_write, *arguments]
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [str(a) for a in argv],
                env=side.odoo.env,
                pass_fds=(go_read, told_write),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd="/",
                **settings.drop,
            )
        os.close(go_read)
        os.close(told_write)
        self.go_pipe = os.fdopen(go_write, "w")
        self.told_pipe = os.fdopen(told_read)
        self.tables = None

    def listen(self):
        """Wait until it awaits a turn, or has ended with its tables."""
        while self.tables is None:
            line = self.told_pipe.readline()
            if not line:
                tail = self.log.read_text(errors="replace").splitlines()[-15:]
                raise Problem(f"measuring {self.side.label} failed", *tail)
            message = json.loads(line)
            if message == "turn":
                return
            kind, value = message
            if kind == "end":
                self.tables = value
            elif self.side.name == "here":
                say(f"  measured: {value}")

    def go(self):
        """Give it a turn and wait until that is over."""
        self.go_pipe.write("\n")
        self.go_pipe.flush()
        self.listen()

    def end(self):
        """Let it end, whatever it is doing."""
        with contextlib.suppress(BrokenPipeError):
            self.go_pipe.close()
        self.told_pipe.close()
        if self.tables is None:
            self.process.terminate()
        self.process.wait()


def compare(settings, sides, arguments):
    """Measure both sides in turn and print every table; `there` counts as 1."""
    script = sides[0].folder / "lockstep.py"
    workers = []
    try:
        for side in sides:
            say(f"preparing {side.label} (database {side.database})")
            workers.append(Worker(settings, side, script, arguments(side)))
            workers[-1].listen()
        say("measuring both, turn by turn")
        take_turns(workers)
    finally:
        for worker in workers:
            worker.end()
    here, there = (worker.tables for worker in workers)
    print(f"\nhere: {sides[0].label}; there: {sides[1].label}")
    for title, cases in here.items():
        print("\n".join(table(title, cases, there.get(title, {}))))
    print(limits(script.parent, here, there))
    return 0


def limits(folder, *sides):
    """The table of the limits, as the benchmark of the working tree has it."""
    spec = importlib.util.spec_from_file_location("bench_table", folder / "table.py")
    bench_table = importlib.util.module_from_spec(spec)
    # a dataclass looks for its own module there
    sys.modules[spec.name] = bench_table
    spec.loader.exec_module(bench_table)
    seconds = [
        {
            title: {name: case[0] for name, case in cases.items()}
            for title, cases in side.items()
        }
        for side in sides
    ]
    return bench_table.get_table(*seconds)


def take_turns(workers):
    """Give turns until all have ended; who begins changes each time."""
    for number in itertools.count():
        waiting = [worker for worker in workers if worker.tables is None]
        if not waiting:
            return
        for worker in waiting if number % 2 else reversed(waiting):
            worker.go()


def table(title, here, there):
    """The lines of a table: medians, the middle of the rounds' ratios, queries."""
    lines = ["", title]
    lines.append(f"{'':44} {'ratio':>6} {'here':>10} {'there':>10}  queries")
    for name, (seconds, queries) in here.items():
        mine = f"{median(seconds) * 1000:7.1f} ms"
        if name not in there:
            lines.append(f"{name:44} {'new':>6} {mine} {'':>10}  {queries}")
            continue
        other, asked = there[name]
        ratio = median(a / b for a, b in zip(seconds, other, strict=True))
        theirs = f"{median(other) * 1000:7.1f} ms"
        lines.append(f"{name:44} {ratio:6.2f} {mine} {theirs}  {queries}, was {asked}")
    gone = [name for name in there if name not in here]
    return lines + [f"{name:44} {'gone':>6}" for name in gone]
