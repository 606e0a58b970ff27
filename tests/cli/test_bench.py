"""Measuring two revisions turn by turn."""

import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from types import SimpleNamespace

from sajad_cli import settings
from sajad_cli.ui import Problem
from sajad_cli.verbs import bench, lockstep

SCRIPT = settings.PROJECT / "tests/bench/lockstep.py"
# a benchmark of two rounds, which notes in a file when it runs
RUN = """
    import sys
    from pathlib import Path
    import timing

    def main():
        note = Path(sys.argv[1])

        def run():
            with note.open("a") as out:
                out.write(sys.argv[2])

        cases = [timing.Case(name, Env(), run) for name in ("one", sys.argv[2])]
        timing.interleave(cases, 2)
        timing.report("Title", cases, cases[0])

    class Env:
        cr = property(lambda self: self)
        precommit = cr
        sql_log_count = 0
        run = flush_all = invalidate_all = rollback = lambda self: None
    """


class TestLockstep(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        timing = SCRIPT.with_name("timing.py").read_text()
        (self.folder / "timing.py").write_text(timing)
        python = self.folder / "venv/bin/python"
        python.parent.mkdir(parents=True)
        python.symlink_to(sys.executable)
        odoo = SimpleNamespace(venv=self.folder / "venv", env={})
        self.settings = SimpleNamespace(logs=self.folder, drop={})
        self.sides = [
            bench.Side(name, name, self.folder, odoo, "db", "")
            for name in ("here", "there")
        ]

    def start(self, run):
        (self.folder / "run.py").write_text(textwrap.dedent(run))
        note = self.folder / "note"
        workers = []
        for side in self.sides:
            argv = (self.settings, side, SCRIPT, [note, side.name[0]])
            workers.append(lockstep.Worker(*argv))
            self.addCleanup(workers[-1].end)
        return workers, note

    def test_turns_alternate_and_all_is_reported(self):
        workers, note = self.start(RUN)
        for worker in workers:
            worker.listen()
        lockstep.take_turns(workers)
        # two cases, one round to warm up and two that count
        self.assertEqual(note.read_text(), "thht" * 3)
        here, there = (worker.tables["Title"] for worker in workers)
        self.assertEqual((list(here), list(there)), (["one", "h"], ["one", "t"]))
        self.assertEqual(len(here["one"][0]), 2)

    def test_a_side_that_fails(self):
        workers, _note = self.start("raise SystemExit('no such model')")
        with self.assertRaisesRegex(Problem, "measuring here failed\n.*no such model"):
            workers[0].listen()


class TestTable(unittest.TestCase):
    def test_ratio_is_the_middle_of_the_rounds(self):
        here = {"case": [[0.2, 0.9, 0.2], 5], "fresh": [[1.0], 1]}
        there = {"case": [[0.1, 0.9, 0.2], 7], "old": [[1.0], 1]}
        lines = lockstep.table("Title", here, there)
        self.assertEqual(lines[1], "Title")
        case, fresh, old = (line.split() for line in lines[3:])
        self.assertEqual(
            case, ["case", "1.00", "200.0", "ms", "200.0", "ms", "5,", "was", "7"]
        )
        self.assertEqual(fresh[:2], ["fresh", "new"])
        self.assertEqual(old, ["old", "gone"])


class TestLimits(unittest.TestCase):
    def test_table_says_what_is_met(self):
        title, other = "Inbox of the day: web_read_group", "Inbox as a list of 80"
        here = {
            title: {"small": [[1, 2, 3], 1], "clerk": [[2, 8, 6], 1]},
            other: {"small": [[1], 1], "many": [[3], 1]},
        }
        there = {title: {"small": [[1], 1], "clerk": [[9], 1]}}
        text = lockstep.limits(SCRIPT.parent, here, there)
        found = {line[:52].strip(): line[52:].split() for line in text.splitlines()}
        # the middle of two, four and two
        self.assertEqual(found["inbox, board: clerk"], ["3", "-", "2", "9", "met"])
        missed = ["2", "-", "3", "-", "MISSED"]
        self.assertEqual(found["inbox, list: supervisor of 2,000"], missed)
        self.assertEqual(
            found["inbox, list: clerk"], ["2", "-", "-", "-", "not", "measured"]
        )

    def test_limit_below_its_floor(self):
        title = "Pages, a few own rows"
        here = {
            title: {
                "bare: signed in, no counter": [[1, 1, 1], 1],
                "an empty page": [[3, 2.9, 3.1], 1],
                "an empty page with 20 lines": [[4, 4, 4], 1],
                "my requests": [[6, 6, 6], 1],
                "one request": [[6, 6, 6], 1],
                "catalogue": [[2, 2, 2], 1],
            }
        }
        text = lockstep.limits(SCRIPT.parent, here)
        found = {line[:52].strip(): line[52:].split() for line in text.splitlines()}
        verdict = ["MISSED:", "the", "floor", "is", "above", "the", "limit"]
        floor = ["2.5", "4", "6", *verdict]
        self.assertEqual(found["my requests, few rows"], floor)
        self.assertEqual(found["one request, few rows"], ["4", "3", "6", "MISSED"])
        self.assertEqual(found["catalogue, few rows"], ["2.5", "4", "2", "met"])
        self.assertIn("  my requests, few rows: an empty page with 20 lines\n", text)

    def test_two_moments_are_told_in_a_unit(self):
        """A page that took as long on a machine twice as slow is twice as fast."""
        mine, bare = "portal, my requests", "bare route, signed in"
        tables = {
            "Desk, pages, 1,000,000": {mine: [4, 4, 4], bare: [2, 2, 2]},
            "Desk, pages, 10,000": {mine: [4, 4, 4], bare: [1, 1, 1]},
        }
        lockstep.limits(SCRIPT.parent, {})
        table = sys.modules["bench_table"]
        [line] = [line for line in table.DESK if line.unit]
        self.assertEqual(table.get_ratio(tables, line.case, line.base, line.unit), 0.5)
        self.assertEqual(table.get_ratio(tables, line.case, line.base), 1)
        del tables["Desk, pages, 10,000"][bare]
        self.assertIsNone(table.get_ratio(tables, line.case, line.base, line.unit))


class TestOptions(unittest.TestCase):
    def test_arguments(self):
        odoo = SimpleNamespace(conf=Path("/c"))
        side = bench.Side("here", "", Path("/b"), odoo, "bench_here_1", "")
        options = bench.parse(["--tasks", "20000", "--only", "reads"])
        text = " ".join(map(str, bench._arguments(side, options)))
        wanted = "-c /c -d bench_here_1 --tasks 20000 --rounds 7 --only reads"
        self.assertEqual(text, wanted)
        options = bench.parse(["--documents", "5"])
        self.assertIn("--documents", bench._arguments(side, options))

    def test_unknown_revision(self):
        config = settings.from_environment({}, uid=1)
        with self.assertRaisesRegex(Problem, "could not read the revision"):
            bench._git(config, "rev-parse", "--verify", "no-such")


if __name__ == "__main__":
    unittest.main()
