import base64

from odoo.tests import tagged

from .common_import import ImportCommon, make_pdf, make_zip

GOOD = ("new", "version")


@tagged("post_install", "-at_install")
class TestImportDryRun(ImportCommon):
    """What was said of the files before is what becomes of them (row C8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = make_pdf("there")
        cls.add("letter", cls.there, user=cls.user_officer)
        cls.get_type("birth").max_kb = 20
        cls.files = {
            "1001_birth.pdf": make_pdf("good"),
            "0102_birth.pdf": make_pdf("good for another"),
            "1001_letter.pdf": cls.there,
            "a/1001_national_card.pdf": make_pdf("one"),
            "b/1001_national_card.pdf": make_pdf("one"),
            "c/1001_national_card.pdf": make_pdf("another"),
            "birth of Ali.pdf": make_pdf("no name"),
            "1001_birth_certificate_of_nobody.pdf": make_pdf("no kind"),
            "0102_letter.pdf": make_pdf("cut")[:-40],
            "0102_national_card.exe": b"MZ" * 100,
            "777_birth.pdf": make_pdf("nobody"),
        }

    @classmethod
    def get_large(cls):
        return make_pdf("large") + b"\n" * 30 * 1024

    def get_said(self, record):
        """Return {path: (verdict, sentence)} as the screen shows it."""
        return {
            line.path: (line.result, line.message)
            for line in record.line_ids.sorted("path")
        }

    def get_sums(self):
        """Return {(student, kind, checksum)} of all versions in the dossiers."""
        students = self.student | self.second
        versions = students.dossier_ids.document_ids.version_ids
        return {
            (v.document_id.student_id, v.document_id.type_id, v.sha256)
            for v in versions
        }

    def assertDone(self, record, before):
        """Exactly the good files are kept, and of none is anything else said now."""
        said = self.get_said(record)
        good = record.line_ids.filtered(lambda line: line.result in GOOD)
        self.assertEqual(self.get_sums(), before)
        record.action_import()
        self.run_jobs()
        self.assertEqual(record.state, "done")
        self.assertEqual(self.get_said(record), said)
        self.assertEqual(record.line_ids.filtered("is_kept"), good)
        kept = {(line.student_id, line.type_id, line.sha256) for line in good}
        self.assertEqual(self.get_sums() - before, kept)

    def test_each_verdict(self):
        before = self.get_sums()
        record = self.upload({**self.files, "0102_photo.jpg": self.get_large()})
        results = {
            path: result for path, (result, _why) in self.get_said(record).items()
        }
        expected = dict.fromkeys([*self.files, "0102_photo.jpg"], "refused")
        expected |= dict.fromkeys(("1001_birth.pdf", "0102_birth.pdf"), "new")
        expected |= {"1001_letter.pdf": "same", "a/1001_national_card.pdf": "new"}
        expected |= {"b/1001_national_card.pdf": "same"}
        self.assertEqual(results, expected)
        for path, (result, why) in self.get_said(record).items():
            self.assertTrue(result != "refused" or why, path)
        self.assertDone(record, before)

    def test_too_large(self):
        record = self.upload({"1001_birth.pdf": self.get_large()})
        result, why = self.get_said(record)["1001_birth.pdf"]
        self.assertEqual(result, "refused")
        self.assertIn("is larger than 20 KB", why)

    def test_put_right_later(self):
        """A file that was refused comes again, good: it alone is kept then."""
        record = self.upload(self.files)
        self.assertDone(record, self.get_sums())
        before = self.get_sums()
        right = {**self.files, "0102_letter.pdf": make_pdf("cut")}
        again = self.upload(right)
        said = self.get_said(again)
        self.assertEqual(said["0102_letter.pdf"], ("new", False))
        self.assertEqual(said["1001_birth.pdf"][0], "same")
        self.assertEqual([r for r, _why in said.values()].count("new"), 1)
        self.assertDone(again, before)

    def test_put_right_before_it_is_kept(self):
        """Another zip in the same upload: all is examined anew, nothing is doubled."""
        before = self.get_sums()
        record = self.upload(self.files)
        right = {**self.files, "0102_letter.pdf": make_pdf("cut")}
        record.file = base64.b64encode(make_zip(right))
        self.assertFalse(record.line_ids)
        record.action_check()
        self.run_jobs()
        self.assertEqual(self.get_said(record)["0102_letter.pdf"][0], "new")
        self.assertEqual(len(record.line_ids), len(right))
        self.assertDone(record, before)

    def test_newer_versions(self):
        """Where such a document is there, the two ways of dealing with it."""
        for how, result in (("version", "version"), ("add", "new")):
            with self.subTest(how):
                before = self.get_sums()
                files = {"1001_letter.pdf": make_pdf(how), "0102_birth.pdf": b""}
                record = self.upload(files, on_existing=how)
                said = self.get_said(record)
                self.assertEqual(said["1001_letter.pdf"][0], result)
                self.assertDone(record, before)
