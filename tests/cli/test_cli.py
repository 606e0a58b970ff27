"""The command line."""

import contextlib
import io
import unittest
from unittest import mock

from sajad_cli import cli, odoo, project
from sajad_cli.testrun import testing
from sajad_cli.ui import Problem


class TestCommandLine(unittest.TestCase):
    def call(self, *argv):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(list(argv))
        return code, out.getvalue() + err.getvalue()

    def test_help_names_every_verb(self):
        code, text = self.call("help")
        self.assertEqual(code, 0)
        verbs = [n.removeprefix("verb_") for n in dir(cli) if n.startswith("verb_")]
        for verb in verbs:
            self.assertRegex(text, rf"(?m)^  {verb}\b")

    def test_unknown_verb(self):
        code, text = self.call("dance")
        self.assertEqual(code, 2)
        self.assertIn("usage:", text)


class TestOdoo(unittest.TestCase):
    def words(self, *rest):
        with (
            mock.patch.object(cli, "prepare"),
            mock.patch.object(cli, "Project") as project,
            mock.patch.object(cli.serve, "become"),
        ):
            cli.verb_odoo(None, list(rest))
        return project.return_value.odoo.argv.call_args.args

    def test_command_and_database(self):
        self.assertEqual(self.words("shell", "-d", "x"), ("shell", "-d", "x"))
        self.assertEqual(self.words("-d", "x", "-u", "a")[:3], ("server", "-d", "x"))

    def test_which_database(self):
        self.assertIsNone(cli.named_database(["shell"]))
        self.assertEqual(cli.named_database(["shell", "-d", "x"]), "x")
        self.assertEqual(cli.named_database(["-d", "x", "--database=y"]), "y")

    def test_no_command(self):
        with self.assertRaisesRegex(Problem, "which command of Odoo"):
            self.words()


class TestLanguages(unittest.TestCase):
    def test_persian_is_the_default_and_english_is_there(self):
        odoo, stack = mock.Mock(), mock.MagicMock()
        stack.odoo.return_value = odoo
        with (
            mock.patch.object(project.logcheck, "read"),
            mock.patch.object(project.logcheck, "load_allowed"),
        ):
            project.Project(stack)._load("create", ["sajad_base"], [])
        words = odoo.check_run.call_args.args
        languages = words[words.index("--load-language") + 1]
        self.assertEqual(languages, "fa_IR,en_US")


class TestTestOptions(unittest.TestCase):
    def test_all_parts_in_their_order(self):
        self.assertEqual(testing.parse([])[1], list(testing.PARTS))
        self.assertEqual(testing.parse(["--only", "unit,lint"])[1], ["lint", "unit"])

    def test_tags_mean_one_quick_run(self):
        options, names = testing.parse(["--tags", "/sajad_base:TestX"])
        self.assertEqual((options.tags, names), ("/sajad_base:TestX", ["unit"]))

    def test_unknown_part(self):
        with self.assertRaisesRegex(Problem, "no such part: nonsense"):
            testing.parse(["--only", "nonsense"])


class TestProgress(unittest.TestCase):
    def test_heartbeat(self):
        line = "… INFO db odoo.modules.loading: Loading module web (3/9) "
        self.assertEqual(odoo.heartbeat(line), "module 3 of 9 (web)")
        self.assertIsNone(odoo.heartbeat("anything else"))


if __name__ == "__main__":
    unittest.main()
