import hashlib
import io
import json
import os
import subprocess
import sys
import unicodedata
import warnings
import zipfile
from tempfile import TemporaryDirectory

from odoo.tests import tagged
from odoo.tools import file_path

from .test_export import ExportCommon, make_pdf

VERIFY = file_path("sajad_dossier/static/archive/verify.py")


@tagged("post_install", "-at_install")
class TestArchive(ExportCommon):
    """A dossier as a sealed archive that anybody can check (row C10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = make_pdf("birth")
        cls.newer = make_pdf("newer birth")
        cls.birth = cls.add("birth", cls.first, "b.pdf", name="شناسنامه: همه/صفحه‌ها?")
        cls.birth._add_version("b2.pdf", cls.newer)
        cls.add("letter", None, name="Letter", system="Automation", number="140/22")
        cls.export = cls.mine._export("archive")

    def setUp(self):
        super().setUp()
        self.archive = zipfile.ZipFile(io.BytesIO(self.get_content(self.export)))
        self.facts = json.loads(self.archive.read("manifest.json"))

    def verify(self, *arguments, program=VERIFY, **kwargs):
        """Run the program as people do; return its code and what it says."""
        done = subprocess.run(
            [sys.executable, "-I", program, *arguments],
            capture_output=True,
            check=False,
            env={"PYTHONIOENCODING": "utf-8"},
            **kwargs,
        )
        return done.returncode, done.stdout.decode()

    def save(self, change=None, extra=()):
        """Return the path of the archive, with changed entries and more of them."""
        folder = self.enterContext(TemporaryDirectory())
        path = os.path.join(folder, "a.zip")
        with zipfile.ZipFile(path, "w") as archive:
            for entry in self.archive.infolist():
                content = self.archive.read(entry)
                content = change(entry.filename, content) if change else content
                if content is not None:
                    archive.writestr(entry.filename, content)
            for name, content in extra:
                with warnings.catch_warnings():
                    # a name that is there twice is what is tried
                    warnings.simplefilter("ignore")
                    archive.writestr(name, content)
        return path

    def test_files(self):
        """The bytes are those that came, earlier versions as well."""
        files = {file["version"]: file for file in self.facts["files"]}
        self.assertEqual(self.archive.read(files[1]["path"]), self.first)
        self.assertEqual(self.archive.read(files[2]["path"]), self.newer)
        self.assertEqual(files[2]["sha256"], self.birth.version_id.sha256)
        self.assertIn("Earlier Versions", files[1]["path"])
        self.assertEqual(self.facts["references"][0]["kept_in"], "Automation")
        self.assertEqual(self.facts["dossier"]["student_number"], "1001")
        self.assertEqual(self.facts["exported_by"], "t_officer")
        looks = self.dossier.access_ids.filtered(lambda a: a.kind == "archive")
        self.assertEqual(looks.version_id, self.birth.version_ids)

    def test_names(self):
        """Windows, 7-Zip and macOS unpack them: UTF-8, no sign that one refuses."""
        self.assertEqual(len(self.archive.namelist()), 6)
        for entry in self.archive.infolist():
            name = entry.filename
            self.assertEqual(name, unicodedata.normalize("NFC", name))
            self.assertFalse(set(name) & set('<>:"\\|?*'))
            self.assertLess(len(name), 150)
            if not name.isascii():
                self.assertTrue(entry.flag_bits & 0x800)
            for part in name.split("/"):
                self.assertEqual(part, part.strip(". "))
        self.assertIn("شناسنامه", "".join(self.archive.namelist()))

    def test_names_in_persian(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["ir.module.module"]._load_module_terms(["sajad_dossier"], ["fa_IR"])
        export = self.mine.with_context(lang="fa_IR")._export("archive")
        archive = zipfile.ZipFile(io.BytesIO(self.get_content(export)))
        names = "\n".join(archive.namelist())
        self.assertIn("فهرست.txt", names)
        self.assertIn("پذیرش", names)

    def test_text(self):
        """What a person reads opens in the editor of Windows, too."""
        text = self.archive.read("Contents.txt")
        self.assertTrue(text.startswith(b"\xef\xbb\xbf"))
        self.assertIn("شناسنامه", text.decode("utf-8-sig"))
        self.assertIn(b"/sajad/dossier/verify", text)

    def test_verify(self):
        code, said = self.verify(self.save())
        self.assertEqual(code, 0, said)
        self.assertIn("All documents (2) are as they were sealed", said)
        self.assertIn(self.export.seal, said)
        self.assertIn("only the university can say", said)
        self.assertIn("/sajad/dossier/verify", said)

    def test_verify_unpacked(self):
        """Its own copy of the program, in the folder where it was unpacked."""
        folder = self.enterContext(TemporaryDirectory())
        self.archive.extractall(folder)
        open(os.path.join(folder, ".DS_Store"), "w").close()
        program = os.path.join(folder, "verify.py")
        code, said = self.verify(program=program)
        self.assertEqual(code, 0, said)
        os.remove(os.path.join(folder, self.facts["files"][0]["path"]))
        code, said = self.verify(program=program)
        self.assertEqual(code, 1)
        self.assertIn("MISSING", said)

    def test_verify_altered(self):
        """Every change is found: a bit, the list, the signature, a file more."""
        path = self.facts["files"][0]["path"]

        def flip(name, content):
            return content[:-1] + b"x" if name == path else content

        def forge_list(name, content):
            if name == "manifest.json":
                return content.replace(b"t_officer", b"t_offices")
            return content

        def forge_seal(name, content):
            if name != "seal.json":
                return forge_list(name, content)
            seal = json.loads(content)
            seal["seal"] = self.get_seal(forge_list)
            return json.dumps(seal).encode()

        def drop(name, content):
            return None if name == path else content

        cases = [
            (self.save(flip), "ALTERED  " + path),
            (self.save(forge_list), "it is not what was sealed"),
            (self.save(forge_seal), "signature"),
            (self.save(drop), "MISSING  " + path),
            (self.save(extra=[("more.pdf", b"x")]), "UNKNOWN  more.pdf"),
            (self.save(extra=[(path, b"x")]), "TWICE"),
        ]
        for archive, expected in cases:
            with self.subTest(expected):
                code, said = self.verify(archive)
                self.assertEqual(code, 1)
                self.assertIn(expected, said)
                self.assertIn("NOT as it was sealed", said)

    def get_seal(self, change):
        content = change("manifest.json", self.archive.read("manifest.json"))
        return hashlib.sha256(content).hexdigest()

    def test_verify_nonsense(self):
        folder = self.enterContext(TemporaryDirectory())
        path = os.path.join(folder, "x.zip")
        with open(path, "wb") as file:
            file.write(b"no archive")
        code, said = self.verify(path)
        self.assertEqual(code, 1)
        self.assertIn("cannot be read", said)

    def test_altered_in_the_store(self):
        """What is not what came is not sealed as if it were."""
        self.alter(self.birth)
        export = self.mine._export("archive")
        self.assertEqual((export.file_count, export.left_out_count), (1, 1))
        archive = zipfile.ZipFile(io.BytesIO(self.get_content(export)))
        facts = json.loads(archive.read("manifest.json"))
        self.assertIn("altered", facts["left_out"][0]["why"])

    def test_chain(self):
        """Each seal of a dossier covers the one before."""
        second = self.mine._export("archive")
        self.assertEqual(second.number, self.export.number + 1)
        self.assertEqual(second.previous, self.export.seal)
        archive = zipfile.ZipFile(io.BytesIO(self.get_content(second)))
        facts = json.loads(archive.read("manifest.json"))
        self.assertEqual(facts["previous_seal"], self.export.seal)
        self.assertEqual(second.public_key, self.export.public_key)
