"""The audit: what it prints, what it compares with, and its exit code."""

import contextlib
import io
import json
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from sajad_cli.ui import Problem
from sajad_cli.verbs import audit

WHOLE = {"table": "sajad_event", "rows": 2, "last_id": 7, "hash": "ab", "fault": None}
EMPTY = {"table": "sajad_seal", "rows": 0, "last_id": 0, "hash": "", "fault": None}


class TestAudit(unittest.TestCase):
    def setUp(self):
        self.project = mock.Mock()
        self.project.name = "sajad"
        self.project.settings.drop = {}
        self.project.databases.installed_modules.return_value = {"sajad_base"}

    def audit(self, lines, *arguments):
        """Return (exit code, what is printed, the script that Odoo was given)."""
        text = "".join(f"AUDIT {json.dumps(line)}\n" for line in lines)
        done = subprocess.CompletedProcess([], 0, text, "no such database")
        out = io.StringIO()
        with (
            mock.patch.object(subprocess, "run", return_value=done) as run,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            code = audit.audit(self.project, ["--check", *arguments])
        return code, out.getvalue(), run.call_args.kwargs["input"]

    def test_whole(self):
        code, out, _script = self.audit([WHOLE, EMPTY])
        self.assertEqual(code, 0)
        self.assertEqual(out, "sajad_event 2 7 ab\nsajad_seal 0 0 -\n")

    def test_fault(self):
        code, out, _script = self.audit([WHOLE | {"fault": "row 3 is missing"}], "db")
        self.assertEqual(code, 1)
        self.assertIn("sajad_event: row 3 is missing\n", out)
        self.project.databases.installed_modules.assert_called_with("db")

    def test_what_was_printed_is_what_is_compared(self):
        _code, out, _script = self.audit([WHOLE, EMPTY])
        with tempfile.TemporaryDirectory() as folder:
            known = Path(folder) / "known"
            known.write_text(out)
            _code, _out, script = self.audit([WHOLE], "--known", str(known))
            self.assertIn('{"sajad_event": [7, "ab"]}', script)
            known.write_text("something else\n")
            with self.assertRaises(Problem):
                self.audit([WHOLE], "--known", str(known))

    def test_nothing_to_audit(self):
        with self.assertRaises(Problem):
            self.audit([])
        self.project.databases.installed_modules.return_value = set()
        with self.assertRaises(Problem):
            self.audit([WHOLE])
