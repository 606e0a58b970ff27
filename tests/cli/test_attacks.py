"""The table of what strangers tried."""

import unittest

from sajad_cli.testrun import part_attacks
from sajad_cli.testrun.testing import parse


class TestAttacks(unittest.TestCase):
    def test_files(self):
        for name in ("test_access.py", "test_stat_access.py", "test_client_guard.py"):
            self.assertTrue(part_attacks.FILES.fullmatch(name), name)
        for name in ("test_engine_assign.py", "test_export_tour.py", "access.py"):
            self.assertFalse(part_attacks.FILES.fullmatch(name), name)

    def test_table(self):
        """What is told twice is counted once, and all of it is added up."""
        told = ["attacks on a: 7 rights", "attacks on a: 7 rights", "another line"]
        told += ["attacks on b: 2 routes", "attacks on b: 3 rights"]
        _head, *lines = part_attacks.table({"a": 4, "b": 5}, told)
        self.assertEqual(lines[0].split(), ["a", "4", "7", *"00000"])
        self.assertEqual(lines[1].split(), ["b", "5", "3", *"00002"])
        self.assertEqual(lines[2].split(), ["all", "9", "10", *"00002"])

    def test_only_when_named(self):
        self.assertNotIn("attacks", parse([])[1])
        self.assertEqual(parse(["--attacks"])[1], ["attacks"])
