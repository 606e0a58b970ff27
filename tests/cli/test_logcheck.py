"""A log is only clean when tests ran, none was skipped and nothing complains."""

import tempfile
import unittest
from pathlib import Path

from sajad_cli import logcheck
from sajad_cli.settings import PROJECT

STAMP = "2026-11-22 10:00:00,123 42"


def line(text, level="INFO", logger="odoo.modules.loading", db="test"):
    return f"{STAMP} {level} {db} {logger}: {text}\n"


def start(name, module="sajad_base"):
    logger = f"odoo.addons.{module}.tests.test_x"
    return line(f"Starting {name} ...", logger=logger)


def summary(failed=0, errors=0, tests=1):
    text = f"{failed} failed, {errors} error(s) of {tests} tests when loading"
    return line(f"{text} database 'test'", logger="odoo.tests.result")


GOOD = [line("Modules loaded."), start("TestX.test_a"), summary()]


class TestJudge(unittest.TestCase):
    def judge(self, lines, code=0, modules=("sajad_base",), allowed=()):
        report = logcheck.parse(lines)
        return logcheck.judge(report, code, list(allowed), modules)

    def test_clean_run(self):
        self.assertEqual(self.judge(GOOD), [])

    def test_exit_code(self):
        self.assertEqual(self.judge(GOOD, code=1), ["exit code 1"])

    def test_no_test_matched(self):
        self.assertEqual(self.judge([summary(tests=0)]), ["no test ran"])

    def test_log_without_summary(self):
        self.assertEqual(self.judge(GOOD[:2]), ["no test ran"])
        self.assertEqual(self.judge([]), ["no test ran"])

    def test_one_addon_without_tests(self):
        wrong = self.judge(GOOD, modules=("sajad_base", "sajad_clearance"))
        self.assertEqual(wrong, ["no test of sajad_clearance ran"])

    def test_skipped_test(self):
        skipped = line("skipped TestX.test_b : no browser", logger="odoo.addons.x")
        wrong = self.judge([*GOOD, skipped])
        self.assertEqual(wrong, ["skipped TestX.test_b : no browser"])

    def test_failures_are_counted(self):
        wrong = self.judge([start("TestX.test_a"), summary(1, 2, 9)], code=1)
        self.assertIn("3 of 9 tests failed", wrong)

    def test_warning_with_its_traceback(self):
        bad = [line("boom", "ERROR", "odoo.x"), "Traceback:\n", "  file\n"]
        wrong = self.judge([*bad, *GOOD])
        self.assertEqual(wrong, ["ERROR odoo.x: boom\nTraceback:\n  file"])

    def test_log_of_a_run_without_tests(self):
        self.assertEqual(self.judge([line("done")], modules=None), [])
        bad = [line("hm", "WARNING", "odoo.x")]
        self.assertEqual(self.judge(bad, modules=None), ["WARNING odoo.x: hm"])

    def test_crash_before_the_first_record(self):
        wrong = self.judge(["Traceback (most recent call last):\n"], 1, None)
        self.assertEqual(len(wrong), 2)

    def test_harmless_line_on_stderr(self):
        text = "Running as user 'root' is a security risk.\n"
        self.assertEqual(self.judge([text, *GOOD]), [])

    def test_allow_list(self):
        bad = [line("known trouble 7", "WARNING", "odoo.x")]
        entry = logcheck.Allowed("odoo.x", r"known trouble \d", "why")
        self.assertEqual(self.judge([*bad, *GOOD], allowed=[entry]), [])
        other = logcheck.Allowed("odoo.y", r"known trouble \d", "why")
        self.assertEqual(len(self.judge([*bad, *GOOD], allowed=[other])), 1)


class TestParse(unittest.TestCase):
    def test_tests_are_counted_by_addon(self):
        lines = [start("A.a"), start("A.b"), start("B.a", "sajad_clearance")]
        report = logcheck.parse([*lines, summary(tests=3)])
        self.assertEqual(report.started["sajad_base"], 2)
        self.assertEqual(report.started["sajad_clearance"], 1)
        self.assertEqual(report.tests, 3)

    def test_last_summary_counts(self):
        report = logcheck.parse([summary(tests=1), summary(tests=5)])
        self.assertEqual(report.tests, 5)


class TestAllowList(unittest.TestCase):
    def test_list_of_the_project_is_well_formed(self):
        for entry in logcheck.load_allowed(PROJECT):
            self.assertTrue(entry.reason)

    def test_entry_without_reason_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "tools").mkdir()
            text = '[[allow]]\npattern = "x"\n'
            (Path(folder) / "tools/allowed-log-lines.toml").write_text(text)
            with self.assertRaises(ValueError):
                logcheck.load_allowed(folder)


if __name__ == "__main__":
    unittest.main()
