"""Which build of Odoo is taken, and which is refused."""

import hashlib
import tempfile
import unittest
from pathlib import Path

from sajad_cli.machine.odoo_deb import choose, read_lock, verify
from sajad_cli.machine.odoo_tree import from_home
from sajad_cli.settings import PROJECT
from sajad_cli.ui import Problem


class TestChoose(unittest.TestCase):
    def choose(self, versions, lock=()):
        return choose(versions, dict.fromkeys(lock, ""), newer=lambda a, b: a > b)

    def test_newest_of_the_series(self):
        versions = ["19.0.0+dfsg-1", "19.0.1+dfsg-1", "20.0.0-1", "18.0.0-1"]
        self.assertEqual(self.choose(versions), "19.0.1+dfsg-1")

    def test_a_tested_build_wins_over_a_newer_one(self):
        versions = ["19.0.1+dfsg-1", "19.0.0+dfsg-1"]
        self.assertEqual(self.choose(versions, ["19.0.0+dfsg-1"]), "19.0.0+dfsg-1")

    def test_series_is_gone(self):
        self.assertIsNone(self.choose(["20.0.0-1"]))


class TestVerify(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.deb = Path(folder.name) / "x.deb"
        self.deb.write_bytes(b"content")
        self.digest = hashlib.sha256(b"content").hexdigest()

    def test_tested_build_passes(self):
        verify(self.deb, "1", {"1": self.digest}, strict=True)

    def test_changed_build_is_refused(self):
        with self.assertRaisesRegex(Problem, "refused"):
            verify(self.deb, "1", {"1": "0" * 64}, strict=False)

    def test_unknown_build_only_passes_when_not_strict(self):
        verify(self.deb, "2", {"1": self.digest}, strict=False)
        with self.assertRaisesRegex(Problem, "not in tools/odoo.lock"):
            verify(self.deb, "2", {"1": self.digest}, strict=True)

    def test_lock_of_the_project(self):
        lock = read_lock(PROJECT / "tools/odoo.lock")
        self.assertTrue(lock)
        for digest in lock.values():
            self.assertRegex(digest, r"^[0-9a-f]{64}$")


class TestHome(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)

    def checkout(self, info):
        (self.home / "odoo/addons").mkdir(parents=True)
        text = f"FINAL = 'final'\nversion_info = {info}\n"
        (self.home / "odoo/release.py").write_text(text)
        (self.home / "addons/web").mkdir(parents=True)
        (self.home / "addons/web/__manifest__.py").touch()

    def test_checkout_of_the_series(self):
        self.checkout("(19, 0, 0, FINAL, 0, '')")
        tree = from_home(self.home)
        self.assertEqual(tree.addons, (self.home / "odoo/addons", self.home / "addons"))

    def test_other_series_is_refused(self):
        self.checkout("(18, 0, 0, FINAL, 0, '')")
        with self.assertRaisesRegex(Problem, "needs 19.0"):
            from_home(self.home)

    def test_no_odoo_at_all(self):
        with self.assertRaisesRegex(Problem, "holds no odoo/release.py"):
            from_home(self.home)


if __name__ == "__main__":
    unittest.main()
