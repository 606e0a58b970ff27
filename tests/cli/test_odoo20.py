"""The gate of names that the next Odoo does not know."""

import tempfile
import unittest
from pathlib import Path

from sajad_cli.checks import odoo20


class TestNames(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.project = Path(folder.name)
        self.write("addons/a/models/a.py", "import pytz\nzone = calendar_id.tz\n")
        self.write("addons/a/views/a.xml", '<i class="fa fa-print" />\n')
        self.write("docs/a.py", "import pytz\n")

    def write(self, name, text):
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def findings(self, *lines):
        self.write(odoo20.LIST, "# a comment\n" + "".join(f"{x}\n" for x in lines))
        return odoo20.findings(self.project)

    def test_counts_of_addons_only(self):
        found = {what: n for what, n in odoo20.counts(self.project).items() if n}
        expected = {"pytz": 1, "zone of a calendar": 1, "icons of Font Awesome": 1}
        self.assertEqual(found, expected)

    def test_same(self):
        lines = ("pytz: 1", "zone of a calendar: 1", "icons of Font Awesome: 1")
        self.assertEqual(self.findings(*lines), [])

    def test_more_and_fewer(self):
        wrong = self.findings("pytz: 2", "icons of Font Awesome: 1", "other: 3")
        self.assertEqual(len(wrong), 3)
        self.assertIn("only 1 are left", wrong[0])
        self.assertIn("not more than 0", wrong[1])
        self.assertIn("other: unknown", wrong[2])
