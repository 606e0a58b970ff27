"""Which addons there are, in which order, and whether they changed."""

import tempfile
import unittest
from pathlib import Path

from sajad_cli import addons
from sajad_cli.ui import Problem


class TestAddons(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def addon(self, name, **manifest):
        (self.folder / name).mkdir()
        (self.folder / name / "__manifest__.py").write_text(repr(manifest))

    def test_order_and_dependencies(self):
        self.addon("a_last", depends=["b_first", "portal"])
        self.addon("b_first", depends=["mail"])
        self.addon("off", installable=False)
        (self.folder / "no_addon").mkdir()
        found = addons.discover(self.folder)
        self.assertEqual(list(found), ["b_first", "a_last"])
        self.assertEqual(addons.dependencies(found), ["base", "mail", "portal", "web"])

    def test_leaves(self):
        self.addon("house", depends=["ground"])
        self.addon("ground", depends=["mail"])
        self.addon("leaf", depends=["house", "auth_ldap"], auto_install=True)
        self.addon("user", depends=["house"])
        found = addons.discover(self.folder)
        self.assertEqual(addons.leaves(found), ["leaf"])
        self.assertEqual(addons.below_leaves(found), ["house"])

    def test_no_folder(self):
        self.assertEqual(addons.discover(self.folder / "none"), {})

    def test_broken_manifest(self):
        (self.folder / "bad").mkdir()
        (self.folder / "bad/__manifest__.py").write_text("{'name': ")
        with self.assertRaisesRegex(Problem, "fix|manifest"):
            addons.discover(self.folder)

    def test_checksum_sees_content_and_ignores_caches(self):
        self.addon("a")
        first = addons.checksum(self.folder)
        cache = self.folder / "a/__pycache__"
        cache.mkdir()
        (cache / "x.pyc").write_bytes(b"1")
        self.assertEqual(addons.checksum(self.folder), first)
        (self.folder / "a/__manifest__.py").write_text("{'name': 'A'}")
        second = addons.checksum(self.folder)
        self.assertNotEqual(second, first)
        (self.folder / "a/new.py").touch()
        self.assertNotEqual(addons.checksum(self.folder), second)


if __name__ == "__main__":
    unittest.main()
