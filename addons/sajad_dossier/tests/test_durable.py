import os
import time
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tools.body_limit import MAX_FORM

from ..models.store.ir_attachment import DAY, UNFINISHED
from ..tools import durable_file
from .common_import import ImportCommon, make_pdf


@tagged("post_install", "-at_install")
class TestDurable(ImportCommon):
    """A power cut leaves no row without its file, nor half of one (row C2)."""

    def setUp(self):
        super().setUp()
        self.happened = []
        self.sync, self.rename = os.fsync, os.replace
        self.startPatcher(patch.object(durable_file.os, "fsync", self.note_sync))
        self.startPatcher(patch.object(durable_file.os, "replace", self.note_rename))

    def note_sync(self, handle):
        self.happened.append(("sync", os.readlink(f"/proc/self/fd/{handle}")))
        self.sync(handle)

    def note_rename(self, old, new):
        self.happened.append(("rename", old, new))
        self.rename(old, new)

    def get_path(self, version):
        Attachment = self.env["ir.attachment"]
        return Attachment._full_path(version._get_attachment().store_fname)

    def assertDurable(self, version):
        """The file, then its name, then the folder with the name: before the commit."""
        path = self.get_path(version)
        place = self.happened.index(next(e for e in self.happened if e[-1] == path))
        (_, written), (_, old, _), (_, folder) = self.happened[place - 1 : place + 2]
        self.assertEqual(written, old)
        self.assertIn(UNFINISHED, old)
        self.assertEqual(folder, os.path.dirname(path))
        self.assertFalse(os.path.exists(old))

    def test_one_file(self):
        version = self.add("birth", make_pdf("durable one")).version_id
        self.assertDurable(version)

    def test_file_that_is_there(self):
        """Whoever wrote it may have left it to the system."""
        content = make_pdf("durable twice")
        self.env["ir.attachment"].create({"name": "x", "raw": content})
        self.assertFalse(self.happened)
        version = self.add("birth", content).version_id
        self.assertEqual(self.happened, [("sync", self.get_path(version))])

    def test_bulk_upload(self):
        self.upload({"1001_birth.pdf": make_pdf("durable bulk")}).action_import()
        self.run_jobs()
        self.assertDurable(self.find().version_id)

    def test_files_of_a_part_together(self):
        """All are on the disk before the first has its name, and names come last."""
        files = {"1001_birth.pdf": "durable 1", "0102_birth.pdf": "durable 2"}
        self.keep({name: make_pdf(text) for name, text in files.items()})
        kinds = [event[0] for event in self.happened]
        self.assertRegex(" ".join(kinds), "^(sync )+(rename )+sync( sync)*$")
        renamed = [event for event in self.happened if event[0] == "rename"]
        synced = [event[1] for event in self.happened if event[0] == "sync"]
        self.assertEqual(len(renamed), 2)
        for version in (self.find() | self.find(self.second)).version_id:
            path = self.get_path(version)
            (old,) = (old for _, old, new in renamed if new == path)
            self.assertIn(old, synced)
            self.assertIn(os.path.dirname(path), synced)
            self.assertFalse(os.path.exists(old))

    def test_one_file_of_a_part_is_not_written(self):
        """None of the part gets its name then: the part is repeated as a whole."""
        files = self.env["ir.attachment"]._open_durable_files()
        place = os.path.join(files.folder, "place")
        with self.assertRaises(ZeroDivisionError), files:
            files.add(place, b"whole", lambda: None)
            raise ZeroDivisionError
        self.assertFalse(os.path.exists(place))
        self.assertFalse(os.path.exists(files.written[place]))

    def test_disk_is_full(self):
        """Nothing is kept, and nothing stands at the place of the file."""
        with (
            patch.object(durable_file.os, "replace", side_effect=OSError),
            self.assertRaises(OSError),
        ):
            self.add("birth", make_pdf("durable full"))
        self.assertFalse(self.find())
        (_, unfinished) = self.happened[0]
        self.assertIn(UNFINISHED, unfinished)
        self.assertFalse(os.path.exists(unfinished))

    def test_what_was_not_finished(self):
        Attachment = self.env["ir.attachment"]
        self.add("birth", make_pdf("durable folder"))
        folder = Attachment._full_path(UNFINISHED)
        old, new = (os.path.join(folder, name) for name in ("old", "new"))
        for path, age in ((old, 2 * DAY), (new, 0)):
            with open(path, "wb") as file:
                file.write(b"half")
            os.utime(path, (time.time() - age,) * 2)
        self.addCleanup(os.unlink, new)
        Attachment._gc_unfinished_files()
        self.assertIn("new", os.listdir(folder))
        self.assertNotIn("old", os.listdir(folder))


@tagged("post_install", "-at_install")
class TestDossierBodies(ImportCommon, HttpCase):
    """Each address reads what it takes, and no more (row C4)."""

    def send(self, path, size):
        self.authenticate("t_student", "t_student")
        data = {"csrf_token": http.Request.csrf_token(self)}
        files = {"files": ("large.pdf", b"x" * size, "application/pdf")}
        path = f"/my/dossiers/{self.dossier.id}{path}"
        return self.url_open(path, data=data, files=files).status_code

    def test_bodies(self):
        item = f"/items/{self.item('birth').id}"
        for path in ("/submit", f"{item}/submit", f"{item}/discard"):
            with self.subTest(path):
                self.assertEqual(self.send(path, MAX_FORM + 1), 413)
        # it is too large for a birth certificate, and the page says so
        self.assertEqual(self.send(f"{item}/pages", MAX_FORM + 1), 200)
        self.env["sajad.document.type"].search([]).write({"max_kb": 1, "max_files": 1})
        self.assertEqual(self.send(f"{item}/pages", MAX_FORM + 4096), 413)

    def test_largest(self):
        kinds = self.env["sajad.document.type"].search([])
        kinds.write({"max_kb": 10, "max_files": 1})
        kinds[0].write({"max_kb": 300, "max_files": 3})
        self.assertEqual(kinds._get_largest_size(), 300 * 1024 * 4)
