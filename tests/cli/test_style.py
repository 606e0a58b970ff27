"""Which JavaScript is read, and by which rules."""

import json
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from sajad_cli import settings
from sajad_cli.checks import style


class TestJavaScript(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, *names):
        for name in names:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).touch()

    def test_ours_and_not_that_of_others(self):
        ours = ("addons/a/static/src/x.js", "addons/a/static/src/lib/patch.js")
        self.write(*ours, "addons/a/static/lib/other/y.js", "addons/a/x.py", "z.js")
        self.assertEqual(style.javascript(self.folder), sorted(ours))

    def test_rules_of_a_package_and_of_a_checkout(self):
        names = ("web/tooling/_eslintrc.json", "test_lint/tests/eslintrc")
        self.write(f"one/{names[1]}", f"two/{names[0]}")
        tree = SimpleNamespace(addons=(self.folder / "one", self.folder / "two"))
        found = [self.folder / "two" / names[0], self.folder / "one" / names[1]]
        self.assertEqual(style.rule_files(tree), found)

    def test_calls(self):
        self.write("addons/a/static/src/x.js", *style._RULES)
        tree = SimpleNamespace(addons=(self.folder,))
        config = settings.from_environment({}, self.folder, uid=1)
        path = [self.folder / "node_modules/.bin", Path("/node")]
        with mock.patch.object(style.node, "ensure_eslint", return_value=path):
            calls = style.eslint(config, tree, "--fix")
        self.assertEqual(len(calls), 2)
        for argv, env in calls:
            self.assertIn("--fix", argv)
            self.assertEqual(argv[-1], "addons/a/static/src/x.js")
            self.assertTrue(env["PATH"].startswith(f"{path[0]}:/node:"))


class TestPins(unittest.TestCase):
    def test_versions_are_exact_and_name_no_registry(self):
        for folder in ("", "tools/eslint"):
            wanted = json.loads(
                (settings.PROJECT / folder / "package.json").read_text()
            )
            lock = (settings.PROJECT / folder / "package-lock.json").read_text()
            packages = json.loads(lock)["packages"]
            for name, version in wanted["devDependencies"].items():
                self.assertEqual(packages[f"node_modules/{name}"]["version"], version)
            self.assertNotIn('"resolved"', lock)


if __name__ == "__main__":
    unittest.main()
