"""Which parts of a test run go beside each other, and what a dead lane is worth."""

import threading
import unittest
import unittest.mock

from sajad_cli.testrun import lanes, testing
from sajad_cli.testrun.results import Part
from sajad_cli.ui import Problem


class TestLanes(unittest.TestCase):
    def setUp(self):
        self.told = unittest.mock.patch.object(Part, "tell")
        self.told.start()
        self.addCleanup(self.told.stop)

    def _run(self, names, call):
        parts = {name: Part(name) for name in names}
        lanes.run(parts, call)
        return parts

    def test_every_part_runs_once(self):
        done, lock = [], threading.Lock()

        def call(part):
            with lock:
                done.append(part.name)

        names = sorted(lanes.ORDER)
        parts = self._run(names, call)
        self.assertEqual(sorted(done), names)
        self.assertEqual(list(parts), names)

    def test_no_part_is_forgotten(self):
        self.assertEqual({*testing.PARTS, *testing.EXTRA}, {*lanes.ORDER})

    def test_databases_are_begun_first(self):
        begun = []
        with unittest.mock.patch.object(lanes, "LANES", 1):
            self._run(lanes.ORDER, lambda part: begun.append(part.name))
        self.assertEqual(begun, list(lanes.ORDER))
        self.assertEqual(begun[0], "install")

    def test_two_at_a_time(self):
        together = threading.Barrier(lanes.LANES, timeout=20)
        parts = self._run(("tours", "unit"), lambda part: together.wait())
        self.assertFalse([p.output for p in parts.values() if p.failed])

    def test_a_lane_that_dies_fails(self):
        def call(part):
            if part.name == "unit":
                raise OSError("no space left")
            if part.name == "i18n":
                raise Problem("not there")

        parts = self._run(("unit", "i18n", "tours"), call)
        failed = {name: part.failed for name, part in parts.items()}
        self.assertEqual(failed, {"unit": 1, "i18n": 1, "tours": 0})
        self.assertIn("no space left", "\n".join(parts["unit"].output))
