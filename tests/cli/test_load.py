"""The table of the load."""

import ast
import unittest
from pathlib import Path

from sajad_cli.verbs import load

PEOPLE = Path(__file__).parents[2] / "tests/load/people.py"


class TestLoad(unittest.TestCase):
    def test_table(self):
        step = {"count": 9, "errors": 1, "points": [12.4, 80, 300]}
        lines = load.table({"student: sign in": step})
        self.assertEqual(lines[1].split()[-5:], ["9", "1", "12", "80", "300"])
        self.assertEqual(len(lines[0]), len(lines[1]) + len("  ms"))

    def test_long_names_keep_the_columns(self):
        """The longest step is told apart by what runs beside it."""
        step = {"count": 15, "errors": 0, "points": [390, 940, 940]}
        names = "expert: inbox", "expert: approve one, with imports and reports"
        head, *lines = load.table(dict.fromkeys(names, step))
        ends = {len(line) for line in (head.removesuffix("  ms"), *lines)}
        self.assertEqual(len(ends), 1)

    def test_options(self):
        options = load.parse(["--arrivals", "0.5", "--seconds", "60"])
        self.assertEqual((options.arrivals, options.seconds), (0.5, 60))

    def test_people_can_be_read(self):
        """Locust is not installed here; its file must be Python all the same."""
        ast.parse(PEOPLE.read_text(encoding="utf-8"))
