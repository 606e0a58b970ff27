import os
from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..models.store import sajad_dossier_store_check
from .common import PDF, PDF_2, DossierCommon


@tagged("post_install", "-at_install")
class TestStore(DossierCommon):
    """Files that are missing, cut off or altered are found and named (row C2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Check = cls.env["sajad.dossier.store.check"]
        cls.Fault = cls.env["sajad.dossier.store.fault"]
        commit = patch.object(cls.registry["ir.cron"], "_commit_progress")
        cls.commit = cls.enterClassContext(commit)
        cls.commit.return_value = 60
        # in the store: files of their own, which nothing else in the database has
        cls.documents = cls.Document
        for number in range(4):
            content = PDF + b"\n" * (number + 1)
            cls.documents |= cls.add("letter", content, name=str(number))
        cls.versions = cls.documents.version_id.sorted("id")
        # what other data brought is not read here
        cls.first = cls.versions[0].id - 1

    @classmethod
    def get_path(cls, version):
        return cls.env["ir.attachment"]._full_path(version.attachment_id.store_fname)

    @classmethod
    def put_back(cls):
        for number, version in enumerate(cls.versions):
            with open(cls.get_path(version), "wb") as stream:
                stream.write(PDF + b"\n" * (number + 1))

    def spoil(self, number, content):
        """Have other bytes at the place of a file, or None."""
        path = self.get_path(self.versions[number])
        self.addCleanup(self.put_back)
        os.unlink(path)
        if content is not None:
            with open(path, "wb") as stream:
                stream.write(content)

    def check(self):
        self.env.flush_all()
        check = self.Check._begin()
        check.position = self.first
        self.Check._cron_check()
        return check

    def get_kinds(self):
        faults = self.Fault.search([("version_id", "in", self.versions.ids)])
        faults = faults.filtered(lambda fault: fault.state == "open")
        return {fault.version_id: fault.kind for fault in faults}

    def test_sound(self):
        check = self.check()
        self.assertEqual((check.state, check.fault_count), ("done", 0))
        self.assertEqual(check.file_count, 4)
        size = sum(self.versions.mapped("size"))
        self.assertAlmostEqual(check.size, size / 1024**2, places=3)
        self.assertTrue(check.date_end)
        self.assertFalse(self.get_kinds())

    def test_missing_cut_altered(self):
        self.spoil(0, None)
        self.spoil(1, PDF[:100])
        self.spoil(2, PDF_2 + b"\n" * 3)
        self.spoil(3, b"")
        check = self.check()
        one, two, three, four = self.versions
        kinds = {one: "missing", two: "cut", three: "altered", four: "cut"}
        self.assertEqual(self.get_kinds(), kinds)
        self.assertEqual((check.state, check.fault_count), ("done", 4))
        fault = self.Fault.search([("version_id", "=", one.id)])
        self.assertEqual(fault.place, one.attachment_id.store_fname)

    def test_appended(self):
        self.spoil(0, PDF + b"\n" + b"more")
        self.check()
        self.assertEqual(self.get_kinds(), {self.versions[0]: "altered"})

    def test_not_by_size_and_checksum_of_odoo(self):
        """The own SHA-256 decides, whatever the row of the attachment says."""
        version = self.versions[0]
        other = PDF_2 + b"\n"
        self.assertEqual(len(other), version.size)
        self.spoil(0, other)
        checksum = self.env["ir.attachment"]._compute_checksum(other)
        self.env.cr.execute(
            "UPDATE ir_attachment SET checksum = %s WHERE id = %s",
            [checksum, version.attachment_id.id],
        )
        self.check()
        self.assertEqual(self.get_kinds(), {version: "altered"})

    def test_destroyed_is_not_missing(self):
        self.documents[0]._destroy()
        check = self.check()
        self.assertEqual(check.file_count, 3)
        self.assertFalse(self.get_kinds())

    def test_once(self):
        """A fault that is found again is the same one; the file is back by itself."""
        self.spoil(0, None)
        self.check()
        self.check()
        faults = self.Fault.search([("version_id", "=", self.versions[0].id)])
        self.assertEqual(len(faults), 1)
        self.put_back()
        self.check()
        self.assertEqual(faults.state, "solved")
        self.assertTrue(faults.date_solved)

    def test_check_of_one(self):
        self.spoil(0, None)
        self.check()
        fault = self.Fault.search([("version_id", "=", self.versions[0].id)])
        own = fault.with_user(self.user_admin)
        own.action_check()
        self.assertEqual(fault.state, "open")
        own.note = "From the backup of yesterday"
        with self.assertRaises(AccessError):
            own.write({"state": "solved"})
        self.put_back()
        own.action_check()
        self.assertEqual(fault.state, "solved")

    def test_administrators_are_told(self):
        """Once in each check, with the way to the list."""
        self.spoil(0, None)
        self.spoil(1, None)
        with patch.object(sajad_dossier_store_check, "BATCH", 1):
            self.check()
        notices = self.env["sajad.notice"].search([("kind", "=", "store_fault")])
        mine = notices.filtered(lambda n: n.partner_id == self.user_admin.partner_id)
        self.assertEqual(len(mine), 1)
        self.assertEqual(mine.path, "/odoo/sajad-faulty-files")
        self.assertFalse(
            notices.filtered(lambda n: n.partner_id == self.user_officer.partner_id)
        )

    def test_resumes(self):
        """A job whose time is over goes on after the last file that it read."""
        self.spoil(3, None)
        self.commit.return_value = 0
        with patch.object(sajad_dossier_store_check, "BATCH", 2):
            check = self.check()
            self.assertEqual(check.position, self.versions[1].id)
            self.assertEqual(check.state, "running")
            self.commit.return_value = 60
            self.Check._cron_check()
        self.assertEqual((check.state, check.file_count), ("done", 4))
        self.assertEqual(self.get_kinds(), {self.versions[3]: "missing"})

    def test_what_comes_meanwhile(self):
        """A check ends, however many files come."""
        check = self.Check._begin()
        check.position = self.first
        self.add("letter", PDF_2, name="new")
        self.Check._cron_check()
        self.assertEqual((check.state, check.file_count), ("done", 4))

    def test_once_a_week(self):
        self.check()
        count = self.Check.search_count([])
        self.Check._cron_check()
        self.assertEqual(self.Check.search_count([]), count)
        week_ago = fields.Datetime.now() - timedelta(days=8)
        self.Check.search([]).date_start = week_ago
        with patch.object(self.registry[self.Check._name], "_check_next") as read:
            read.side_effect = lambda: self.Check._get_running().write(
                {"state": "done"}
            )
            self.Check._cron_check()
        self.assertEqual(self.Check.search_count([]), count + 1)

    def test_start(self):
        with self.assertRaises(AccessError):
            self.Check.with_user(self.user_officer).action_start()
        # as the web client calls it: with the ids of what is chosen
        call_kw(self.Check.with_user(self.user_admin), "action_start", [[]], {})
        self.assertEqual(self.Check._get_running().position, 0)
        with self.assertRaisesRegex(UserError, "already"):
            self.Check.with_user(self.user_admin).action_start()

    def test_on_a_telephone(self):
        """Names of files and checksums keep their direction, and to the page."""
        for model, names in (
            ("sajad.dossier.store.fault", ("version_id", "place", "sha256")),
            ("sajad.dossier.export", ("seal", "file_sha256", "signature")),
        ):
            form = etree.fromstring(self.env[model].get_view(view_type="form")["arch"])
            for name in names:
                (field,) = form.xpath(f"//field[@name='{name}']")
                with self.subTest(f"{model} {name}"):
                    classes = field.get("class", "").split()
                    self.assertIn("o_force_ltr", classes)
                    self.assertIn("o_sajad_breaks", classes)

    def test_query_count(self):
        """The same statements for many files as for few, but reading their rows."""
        counts = []
        for size in (2, 4):
            check = self.Check._begin()
            check.position = self.first
            self.env.flush_all()
            self.env.invalidate_all()
            with patch.object(sajad_dossier_store_check, "BATCH", size):
                before = self.env.cr.sql_log_count
                check._check_next()
                self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            check.state = "done"
            self.env.flush_all()
        self.assertEqual(counts[0], counts[1])
