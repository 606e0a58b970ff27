"""The closing lines count everything, and nothing passes by accident."""

import contextlib
import io
import unittest

from sajad_cli.logcheck import Report
from sajad_cli.testrun.results import Part, table, timed
from sajad_cli.ui import Problem


def report(failed=0, tests=0):
    return Report([], {}, [], (failed, 0, tests))


class TestPart(unittest.TestCase):
    def setUp(self):
        quiet = contextlib.redirect_stderr(io.StringIO())
        quiet.__enter__()
        self.addCleanup(quiet.__exit__, None, None, None)
        self.part = Part("unit")

    def counts(self):
        return self.part.passed, self.part.failed

    def test_checks(self):
        self.part.check("one", [])
        self.part.check("two", ["line"])
        self.assertEqual(self.counts(), (1, 1))
        self.assertEqual(self.part.output, ["FAILED unit: two", "    line"])

    def test_tests_that_pass(self):
        self.part.test_run("tests", report(tests=5), [])
        self.assertEqual(self.counts(), (5, 0))

    def test_tests_that_fail(self):
        self.part.test_run("tests", report(2, 5), ["2 of 5 tests failed"])
        self.assertEqual(self.counts(), (3, 2))

    def test_dirty_log_is_one_failure(self):
        self.part.test_run("tests", report(tests=5), ["WARNING x"])
        self.assertEqual(self.counts(), (5, 1))

    def test_unittest_output(self):
        self.part.unittest("own", 0, "Ran 7 tests in 0.1s\n\nOK\n")
        self.assertEqual(self.counts(), (7, 0))

    def test_unittest_failures(self):
        text = "Ran 7 tests in 0.1s\n\nFAILED (failures=1, errors=2)\n"
        self.part.unittest("own", 1, text)
        self.assertEqual(self.counts(), (4, 3))

    def test_unittest_that_ran_nothing(self):
        self.part.unittest("own", 0, "Ran 0 tests in 0.0s\n\nOK\n")
        self.assertEqual(self.counts(), (0, 1))

    def test_a_problem_fails_the_part(self):
        with timed(self.part):
            raise Problem("no server", "start it")
        self.assertEqual(self.counts(), (0, 1))

    def test_long_output_is_cut(self):
        self.part.check("long", [f"line {n}" for n in range(500)])
        self.assertLess(len(self.part.output), 70)


class TestTable(unittest.TestCase):
    def test_closing_line(self):
        parts = [Part("a", passed=2, tests=1), Part("b", passed=1, failed=1)]
        self.assertEqual(table(parts).splitlines()[-1], "3 passed, 1 failed")


if __name__ == "__main__":
    unittest.main()
