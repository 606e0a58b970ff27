"""Backups: what goes in, what is refused, and that files are compared."""

import contextlib
import hashlib
import io
import json
import tarfile
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from sajad_cli import settings as settings_module
from sajad_cli.ui import Problem
from sajad_cli.verbs import backup

CONTENT = b"a paper"
NAME = hashlib.sha1(CONTENT).hexdigest()
FNAME = f"{NAME[:2]}/{NAME}"


class TestBackup(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        quiet = contextlib.redirect_stderr(io.StringIO())
        quiet.__enter__()
        self.addCleanup(quiet.__exit__, None, None, None)
        self.project = mock.Mock()
        self.project.name = "sajad"
        self.project.settings = settings_module.from_environment(
            {"STATE": str(self.folder)}, uid=1000
        )
        self.project.odoo.data = self.folder / "data"
        self.project.databases.exists.return_value = True
        self.project.databases.store = lambda name: self.folder / "store" / name
        self.project.stack.tree.version = "19.0"
        self.project.stack.postgres.query.return_value = "12|1|2026-05-23 05:30:00"
        self.project.stack.postgres.lines.return_value = [f"{FNAME}|{NAME}|7"]
        self.put(self.project.databases.store("sajad"))
        self.target = self.folder / "x.tar"

    def put(self, store, content=CONTENT):
        path = store / FNAME
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        (store / "checklist").mkdir(exist_ok=True)
        (store / "checklist" / NAME).touch()

    def save(self):
        def dump(_project, path):
            path.write_bytes(b"dump")

        with mock.patch.object(backup, "_dump", dump):
            backup.backup(self.project, [str(self.target)])

    def restore(self, *options):
        def load(*_arguments):
            self.loaded = True

        self.loaded = False
        with (
            mock.patch.object(backup, "_load", load),
            mock.patch.object(backup.serve, "stop_server"),
        ):
            backup.restore(self.project, [str(self.target), *options])

    def rewrite(self, change):
        """Write the archive anew, each member through `change(name, content)`."""
        with tarfile.open(self.target) as archive:
            members = {m.name: archive.extractfile(m).read() for m in archive}
        members = change(members)
        with tarfile.open(self.target, "w") as archive:
            for name, content in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))

    def test_check_leaves_nothing(self):
        self.save()
        self.restore("--check")
        self.assertTrue(self.loaded)
        dropped = self.project.databases.drop.call_args_list
        self.assertEqual(dropped[-1], mock.call("sajad_checking"))
        self.project.databases.rename.assert_not_called()

    def test_check_of_a_wrong_archive(self):
        self.save()
        self.project.stack.postgres.lines.return_value = [f"{FNAME}|{NAME}|8"]
        with self.assertRaises(Problem):
            self.restore("--check")
        self.project.databases.drop.assert_called_with("sajad_checking")
        self.project.databases.rename.assert_not_called()

    def test_there_and_back(self):
        self.save()
        self.assertEqual(self.target.stat().st_mode & 0o077, 0)
        with tarfile.open(self.target) as archive:
            names = archive.getnames()
        # the database first, the files second
        self.assertEqual(names, ["database.dump", f"filestore/{FNAME}", "backup.json"])
        self.restore("--replace")
        self.assertTrue(self.loaded)
        self.project.databases.rename.assert_called_with("sajad_restoring", "sajad")

    def test_nothing_is_lost_by_mistake(self):
        self.save()
        with self.assertRaisesRegex(Problem, "database sajad exists"):
            self.restore()
        with self.assertRaisesRegex(Problem, r"x\.tar exists"):
            self.save()
        self.project.databases.rename.assert_not_called()

    def refuse(self, pattern):
        with self.assertRaisesRegex(Problem, pattern):
            self.restore("--replace")
        self.project.databases.rename.assert_not_called()

    def test_cut_off(self):
        self.save()
        self.target.write_bytes(self.target.read_bytes()[:700])
        self.refuse("no whole backup")

    def test_changed(self):
        self.save()
        self.rewrite(lambda m: {**m, "database.dump": b"Dump"})
        self.refuse("is damaged")

    def test_lacking_file(self):
        self.save()
        self.rewrite(lambda m: {k: v for k, v in m.items() if "store" not in k})
        self.refuse("0 of 1 files")

    def test_changed_file(self):
        self.save()
        self.rewrite(lambda m: {**m, f"filestore/{FNAME}": b"A paper"})
        self.refuse("1 files are not as they were")
        self.project.databases.drop.assert_called_with("sajad_restoring")

    def test_path_that_leads_elsewhere(self):
        self.save()
        for name in ("../evil", "filestore/../../evil", "/evil"):
            self.rewrite(lambda m, name=name: {**m, name: b"x"})
            self.refuse("no whole backup")
            self.rewrite(lambda m, name=name: {k: v for k, v in m.items() if k != name})

    def test_files_are_not_remembered(self):
        """However many there are, the archive keeps nothing of them in memory."""
        store = self.project.databases.store("many")
        for number in range(50):
            name = hashlib.sha1(b"%d" % number).hexdigest()
            path = store / name[:2] / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
        with tarfile.open(self.target, "w") as archive:
            self.assertEqual(backup._add_files(archive, store), 50)
            self.assertFalse([*archive.members, *archive.inodes])
        (self.folder / "out").mkdir()
        with tarfile.open(self.target) as archive:
            backup._extract(archive, self.folder / "out")
            self.assertLessEqual(len(archive.members), 1)
        found = [p for p in (self.folder / "out").rglob("*") if p.is_file()]
        self.assertEqual(len(found), 50)

    def test_memo(self):
        self.save()
        with tarfile.open(self.target) as archive:
            memo = json.load(archive.extractfile("backup.json"))
        self.assertEqual((memo["database"], memo["files"]), ("sajad", 1))


if __name__ == "__main__":
    unittest.main()
