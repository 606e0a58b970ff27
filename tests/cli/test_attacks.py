"""The table of what strangers tried."""

import re
import unittest
from pathlib import Path

from sajad_cli.logcheck import Record
from sajad_cli.testrun import part_attacks
from sajad_cli.testrun.testing import parse

ADDONS = Path(__file__).parents[2] / "addons"


class TestAttacks(unittest.TestCase):
    def test_files(self):
        for name in ("test_access.py", "test_stat_access.py", "test_client_guard.py"):
            self.assertTrue(part_attacks.FILES.fullmatch(name), name)
        for name in ("test_engine_assign.py", "test_export_tour.py", "access.py"):
            self.assertFalse(part_attacks.FILES.fullmatch(name), name)

    def test_table(self):
        """What is told twice is counted once, and all of it is added up."""
        told = ["attacks on a: 7 rights", "attacks on a: 7 rights", "another line"]
        # Odoo leaves a space at the end of each line
        told += ["attacks on b: 2 routes ", "attacks on b: 3 rights "]
        # of a suite of routes there is only one, which has several tables
        told += ["attacks on b: 2 routes "]
        _head, *lines = part_attacks.table({"a": 4, "b": 5}, told)
        self.assertEqual(lines[0].split(), ["a", "4", "7", *"00000"])
        self.assertEqual(lines[1].split(), ["b", "5", "3", *"00004"])
        self.assertEqual(lines[2].split(), ["all", "9", "10", *"00004"])

    def test_tables_of_routes_are_told(self):
        """An addon that decides its routes has a number in the table."""
        for table in sorted(ADDONS.glob("*/tests/routes.txt")):
            tests = table.parent.glob("test_*routes.py")
            text = "".join(path.read_text(encoding="utf-8") for path in tests)
            told = "RouteTable" in text or f"attacks on {table.parts[-3]}:" in text
            self.assertTrue(told, table)

    def test_threats(self):
        """A test is counted wherever it belongs; what nobody tries is 0."""
        records = [
            Record("INFO", f"odoo.addons.a.tests.{file}", f"Starting {name} ...")
            for file, name in (
                ("test_routes", "TestRoutes.test_limits_refuse"),
                ("test_client_guard", "TestGuard.test_no_flag_opens"),
            )
        ]
        counts = part_attacks.threats(records)
        found = [what.split()[0] for what, count in counts.items() if count]
        self.assertEqual(found, ["routes", "forged", "passwords,"])

    def test_every_threat_has_its_file(self):
        """Names of tests that are there, of files that the command starts."""
        folders = ADDONS.glob("*/tests/test_*.py")
        names = [
            f"{path.stem}.X.{name}"
            for path in folders
            if part_attacks.FILES.fullmatch(path.name)
            for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
        ]
        for what, pattern in part_attacks.THREATS.items():
            self.assertTrue([n for n in names if re.search(pattern, n)], what)

    def test_only_when_named(self):
        self.assertNotIn("attacks", parse([])[1])
        self.assertEqual(parse(["--attacks"])[1], ["attacks"])
