import io
import re
import zipfile
import zlib
from unittest.mock import patch

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sajad_base.models.request.sajad_upload_scan import SILENCE

from .common import PDF, DossierCommon, make_photo

HTML = b"<!DOCTYPE html><html><form action='//x'>password</form></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
EXE = b"MZ\x90\0" + b"\0" * 500


def make_docx():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return stream.getvalue()


def make_pdf_bomb(size=300 * 1024**2):
    """Return a PDF of a few hundred KB, whose page is hundreds of MB."""
    packer = zlib.compressobj(9)
    zeros = b"0 0 m\n" * 200_000
    parts = [packer.compress(zeros) for _part in range(size // len(zeros))]
    stream = b"".join(parts) + packer.flush()
    head, _mark, rest = PDF.partition(b"4 0 obj")
    tail = rest.partition(b"endstream")[2]
    length = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(stream)
    return head + length + stream + b"\nendstream" + tail


def make_acting(change):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def name_dict(**values):
    return DictionaryObject({NameObject(f"/{k}"): v for k, v in values.items()})


@tagged("post_install", "-at_install")
class TestThreats(DossierCommon):
    """What strangers send that is no paper never gets into a dossier (row C2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.senders = (
            cls.user_student,
            cls.user_officer,
            cls.env.ref("base.user_admin"),
        )

    def refuse(self, name, content, words="", code="birth"):
        """Have a file refused, whoever brings it; nothing of it is kept."""
        Version = self.env["sajad.dossier.version"]
        for user in self.senders:
            with (
                self.subTest(f"{user.login} {name} {content[:12]}"),
                self.assertRaisesRegex(UserError, words),
            ):
                Version.with_user(user)._check_content(
                    self.get_type(code), name, content
                )
        with self.assertRaisesRegex(UserError, words):
            self.add(code, content, name)
        self.assertFalse(self.dossier.document_ids)

    def test_disguised(self):
        """The content says what a file is; neither its name nor who sends it."""
        for name, content in (
            ("x.pdf", HTML),
            ("x.pdf", make_docx()),
            ("x.pdf", make_photo()),
            ("x.jpg", EXE),
            ("x.jpg", HTML),
            ("x.png", SVG),
            ("x.svg", SVG),
            ("x.html", HTML),
            ("x.docx", make_docx()),
            ("x", PDF),
        ):
            self.refuse(name, content, "is not a PDF, JPG, or PNG file")
        self.refuse("v.pdf.exe", PDF, "is not a PDF")
        for ending in ("exe", "html", "svg", "js", "docm"):
            self.refuse(f"v.{ending}.pdf", PDF, "ending of a program")

    def test_two_kinds_at_once(self):
        """What is a paper to one program and something else to another one."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("a.exe", "MZ")
        self.refuse("x.pdf", b"GIF89a" + PDF, "is not a PDF")
        self.refuse("x.pdf", HTML + PDF, "is not a PDF|something besides")
        self.refuse("x.pdf", PDF + archive.getvalue(), "something besides|damaged")
        self.refuse("x.pdf", PDF[:9] + HTML + PDF[9:], "something besides")
        self.refuse("x.pdf", PDF + b"x" * 5000, "damaged")
        self.refuse("x.jpg", make_photo() + HTML, "something besides")
        self.refuse("x.jpg", make_photo() + archive.getvalue(), "something besides")
        # a mark that programs write before it is none of it
        self.add("birth", b"\xef\xbb\xbf" + PDF, "x.pdf")

    def test_cut(self):
        photo = make_photo()
        self.refuse("x.jpg", photo[: len(photo) // 2], "damaged")
        self.refuse("x.pdf", PDF[:-10], "damaged")
        self.refuse("x.pdf", b"", "is empty")
        self.refuse("x.jpg", b"", "is empty")

    def make_protected(self, **passwords):
        def protect(writer):
            writer.encrypt(**passwords, algorithm="RC4-128")

        return make_acting(protect)

    def test_encrypted(self):
        """Closed or only locked: a copy of it would not be what came."""
        closed = self.make_protected(user_password="secret")
        self.refuse("x.pdf", closed, "protected with a password")
        locked = self.make_protected(user_password="", owner_password="secret")
        self.refuse("x.pdf", locked, "protected against printing or changes")

    def test_in_persian(self):
        """Each is refused with a Persian sentence, and names the file."""
        self.env["res.lang"]._activate_lang("fa_IR")
        modules = self.env["ir.module.module"].search([("name", "=", "sajad_base")])
        modules._update_translations(["fa_IR"])
        self.senders[0].lang = "fa_IR"
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("a.exe", "MZ")
        locked = self.make_protected(user_password="", owner_password="secret")
        Version = self.env["sajad.dossier.version"].with_user(self.senders[0])
        Version = Version.with_context(lang="fa_IR")
        for name, content, words in (
            ("x.pdf", self.make_protected(user_password="secret"), "رمز دارد"),
            ("x.pdf", locked, "چاپ یا تغییر"),
            ("x.pdf", make_pdf_bomb(), "x.pdf"),
            ("x.pdf", PDF + archive.getvalue(), "x.pdf"),
            ("x.pdf", PDF[:-10], "x.pdf"),
            ("x.pdf", b"", "خالی"),
            ("v.exe.pdf", PDF, "v.exe.pdf"),
            ("x.pdf", HTML, "نیست"),
        ):
            with (
                self.subTest(words),
                self.assertRaises(UserError) as caught,
            ):
                Version._check_content(self.get_type("birth"), name, content)
            said = str(caught.exception)
            self.assertIn(words, said)
            # beside the name and the kinds of files there is no Latin letter
            left = re.sub(r"x\.pdf|v\.exe\.pdf|PDF|JPG|PNG", "", said)
            self.assertNotRegex(left, r"[A-Za-z]")

    def test_bombs(self):
        """A small file that becomes hundreds of MB is given up, and the server goes
        on."""
        bomb = make_pdf_bomb()
        self.assertLess(len(bomb), 2 * 1024**2)
        with self.assertRaisesRegex(UserError, "takes too long|damaged"):
            self.add("birth", bomb, "x.pdf")
        picture = io.BytesIO()
        Image.new("1", (20_000, 20_000)).save(picture, "PNG")
        with self.assertRaisesRegex(UserError, "50 million"):
            self.add("birth", picture.getvalue(), "x.png")

    def test_acting(self):
        """A PDF that does something is refused, in each way that readers follow."""
        script = name_dict(
            S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)")
        )
        launch = name_dict(S=NameObject("/Launch"), F=TextStringObject("calc.exe"))
        address = name_dict(S=NameObject("/URI"), URI=TextStringObject("http://x"))

        def set_root(name, value):
            def change(writer):
                writer.root_object[NameObject(name)] = value

            return change

        for change in (
            set_root("/OpenAction", script),
            set_root("/OpenAction", launch),
            set_root("/OpenAction", address),
            set_root("/AA", name_dict(WC=script)),
            set_root("/AcroForm", name_dict(XFA=TextStringObject("<xfa/>"))),
            set_root("/Names", name_dict(JavaScript=name_dict(x=script))),
            lambda writer: writer.add_attachment("form.exe", b"MZ"),
        ):
            self.refuse("x.pdf", make_acting(change), "does something")

    def test_nothing_is_indexed(self):
        """Odoo's index of contents, when somebody installs it, reads no paper."""

        def read(_self, *_args, **_kwargs):
            raise AssertionError("a file of a dossier was read for the index")

        Attachment = self.env.registry["ir.attachment"]
        for storage in ("file", "db"):
            with (
                patch.object(Attachment, "_index", read),
                patch.object(Attachment, "_storage", lambda _self, kind=storage: kind),
            ):
                content = PDF + b"\n" * len(storage)
                version = self.add("letter", content, name=storage).version_id
                file = version.attachment_id.sudo()
                with self.subTest(storage):
                    self.assertEqual(file.raw, content)
                    self.assertEqual(file.file_size, len(content))
                    self.assertEqual(bool(file.db_datas), storage == "db")
                    self.assertFalse(file.index_content)

    def test_virus(self):
        """What the scanner finds, or says nothing of, does not come in."""
        Scan = self.env.registry["sajad.upload.scan"]
        for threat, words in (
            ("Eicar-Test", "found “Eicar-Test” in it"),
            (SILENCE, "the scanner does not answer"),
        ):
            with patch.object(Scan, "_make_scan", lambda _self, t=threat: lambda _c: t):
                self.refuse("x.pdf", PDF, words)

    def test_names(self):
        """A name neither leads somewhere nor reads as another one; bytes stay."""
        for number, name in enumerate(
            (
                "../../../etc/evil.pdf",
                "..\\..\\evil.pdf",
                "C:\\evil.pdf",
                "شناسنامه\u202efdp.pdf",
                "a\r\nSet-Cookie: x.pdf",
                "x" * 300 + ".pdf",
            )
        ):
            document = self.add("letter", PDF + b"\n" * (number + 1), name, name="x")
            kept = document.version_id.file_name
            with self.subTest(name):
                self.assertFalse(set(kept) & set("/\\\r\n\u202e"))
                self.assertLessEqual(len(kept), 100)
                self.assertTrue(kept.endswith(".pdf"))
