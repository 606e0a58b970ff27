import random
from io import BytesIO
from unittest.mock import patch

from PIL import Image
from pypdf import PdfWriter

from odoo.tests import tagged

from ..tools import file_parse
from .common import SajadCommon
from .test_portal import PDF, PNG


def make_picture(kind):
    """Return a picture of noise, which no coder makes small."""
    noise = random.Random(1).randbytes(200 * 200 * 3)
    stream = BytesIO()
    Image.frombytes("RGB", (200, 200), noise).save(stream, kind)
    return stream.getvalue()


def make_pdf(password=None, pages=1):
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestFileCheck(SajadCommon):
    """Each file is read to its end, and the sentence says what is wrong (row B9)."""

    def check(self, name, content):
        """Return what is said of a file; what is taken is taken as it was sent."""
        taken, problems = self.env["sajad.upload"]._check([(name, content)])
        if not problems:
            self.assertEqual(taken, [(name, content)])
        return "".join(problems)

    def test_sound(self):
        for name, content in (
            ("a.pdf", PDF),
            ("written.pdf", make_pdf()),
            ("a.png", PNG),
            ("a.jpg", make_picture("JPEG")),
            ("noise.png", make_picture("PNG")),
        ):
            self.assertEqual(self.check(name, content), "", name)

    def test_what_scanners_put_around(self):
        """An empty line or a mark before it, padding behind it: viewers open it."""
        for content in (
            b"\r\n" + PDF,
            b"\n\n  " + PDF,
            b"\xef\xbb\xbf" + PDF,
            b"\xef\xbb\xbf\r\n" + PDF,
            PDF + b"\0" * 5000,
            PDF + b"\r\n" * 3000,
            b"\n" + make_pdf() + b"\0" * 4096,
        ):
            self.assertEqual(self.check("a.pdf", content), "", content[:20])
        kept = self.env["sajad.upload"]._keep([("a.pdf", b"\n" + PDF)], "k")
        self.assertEqual(kept.mimetype, "application/pdf")

    def test_cut(self):
        for name, content in (
            ("a.jpg", make_picture("JPEG")),
            ("a.png", make_picture("PNG")),
            ("a.pdf", make_pdf(pages=20)),
        ):
            text = self.check(name, content[: len(content) // 2])
            self.assertIn(f"{name} is damaged or was cut off", text)
        # the end is there, what it speaks of is not
        text = self.check("a.pdf", b"%PDF-1.4\n" + b"x" * 5000 + b"%%EOF")
        self.assertIn("damaged", text)

    def test_password(self):
        text = self.check("a.pdf", make_pdf(password="secret"))
        self.assertIn("a.pdf is protected with a password", text)

    def test_limits(self):
        self.assertIn("500 pages", self.check("a.pdf", make_pdf(pages=501)))
        stream = BytesIO()
        Image.new("1", (9000, 9000)).save(stream, "PNG")
        self.assertIn("50 million", self.check("a.png", stream.getvalue()))

    def test_process_that_dies_or_hangs(self):
        with patch.object(file_parse, "PATIENCE", 0.01):
            self.assertIn("too long", self.check("a.pdf", PDF))
        with patch.object(file_parse, "PROBE", "/nowhere.py"):
            self.assertIn("too long", self.check("a.pdf", PDF))
