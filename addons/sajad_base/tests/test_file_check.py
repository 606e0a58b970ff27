import os
import random
import shutil
import tempfile
from io import BytesIO
from unittest.mock import patch

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from odoo.tests import tagged

from ..tools import file_parse, file_reader
from ..tools.file_check import PAPERS
from .common import SajadCommon
from .test_portal import PDF, PNG


def make_picture(kind):
    """Return a picture of noise, which no coder makes small."""
    noise = random.Random(1).randbytes(200 * 200 * 3)
    stream = BytesIO()
    Image.frombytes("RGB", (200, 200), noise).save(stream, kind)
    return stream.getvalue()


def make_scan(mode="RGB", size=(620, 877), background="white"):
    """Return a page with lines of text, as a scanner gives it at 75 dpi."""
    page = Image.new("RGB", size, background)
    draw = ImageDraw.Draw(page)
    for line in range(50, size[1] - 50, 40):
        for x in range(50, size[0] - 50, 9):
            draw.rectangle((x, line, x + 2, line + 12), fill="black")
    return page.convert(mode)


def save(picture, kind="JPEG"):
    stream = BytesIO()
    picture.save(stream, kind)
    return stream.getvalue()


def make_pdf(password=None, pages=1, script=None, owner=None, algorithm="RC4-128"):
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(100, 100)
    if script:
        # as every version of the library can write it
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): script}
        )
        writer.root_object[NameObject("/OpenAction")] = action
    if password or owner:
        writer.encrypt(password or "", owner, algorithm=algorithm)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def make_jbig2(size):
    """Return a PDF with one page of a scanner, of so many bytes."""
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 30>>stream\n595 0 0 842 0 0 cm /I Do      \nendstream\n"
        b"endobj\n"
        b"5 0 obj<</Type/XObject/Subtype/Image/Width 2480/Height 3508/ColorSpace"
        b"/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode/Length %d>>stream\n%s\n"
        b"endstream endobj\ntrailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%%%EOF\n"
    ) % (size, b"\1" * size)


@tagged("post_install", "-at_install")
class TestFileCheck(SajadCommon):
    """Each file is read to its end, and the sentence says what is wrong (row B9)."""

    def check(self, name, content, accepted=PAPERS):
        """Return what is said of a file; what is taken is taken as it was sent."""
        Upload = self.env["sajad.upload"]
        taken, problems = Upload._check([(name, content)], accepted)
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
        for content in (
            b"%PDF-1.4\n" + b"x" * 5000 + b"%%EOF",
            # a lenient reader finds some of its pages
            make_pdf(pages=20)[:1500] + b"\n%%EOF",
        ):
            self.assertIn("damaged", self.check("a.pdf", content), content[-60:])

    def test_password(self):
        text = self.check("a.pdf", make_pdf(password="secret"))
        self.assertIn("a.pdf is protected with a password", text)

    def test_encrypted_and_open(self):
        """One that opens without a password, and may not be printed or changed."""
        for algorithm in ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"):
            with self.subTest(algorithm):
                content = make_pdf(owner="secret", algorithm=algorithm)
                text = self.check("a.pdf", content)
                self.assertIn("a.pdf is protected against printing or changes", text)
                self.assertIn("print it to a new PDF", text)
                closed = make_pdf(password="secret", algorithm=algorithm)
                self.assertIn("password", self.check("a.pdf", closed))

    def test_limits(self):
        self.assertIn("500 pages", self.check("a.pdf", make_pdf(pages=501)))
        stream = BytesIO()
        Image.new("1", (9000, 9000)).save(stream, "PNG")
        self.assertIn("50 million", self.check("a.png", stream.getvalue()))

    def test_active(self):
        """A PDF that runs something, or has files in it, is no paper."""
        self.assertIn(
            "does something",
            self.check("a.pdf", make_pdf(script=TextStringObject("x = 1;"))),
        )
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        writer.add_attachment("form.exe", b"MZ")
        stream = BytesIO()
        writer.write(stream)
        self.assertIn("does something", self.check("a.pdf", stream.getvalue()))

    def test_what_somebody_can_read(self):
        """Scans and photographs that are read, in every depth of colour."""
        accepted = PAPERS._replace(is_paper=True)
        scan = make_scan()
        deep = make_scan("I").point(lambda level: level * 257).convert("I;16")
        signature = Image.new("RGB", (620, 877), "white")
        ImageDraw.Draw(signature).rectangle((300, 750, 380, 770), fill="black")
        for name, content in (
            ("colour.jpg", save(scan)),
            ("cmyk.jpg", save(scan.convert("CMYK"))),
            ("fax.png", save(make_scan("1"), "PNG")),
            ("grey.png", save(make_scan("L"), "PNG")),
            ("grey16.png", save(deep, "PNG")),
            ("palette.png", save(make_scan("P"), "PNG")),
            ("alpha.png", save(make_scan("RGBA"), "PNG")),
            ("night.jpg", save(ImageEnhance.Brightness(scan).enhance(0.4))),
            ("soft.jpg", save(scan.filter(ImageFilter.GaussianBlur(1)))),
            ("portrait.jpg", save(make_scan(size=(300, 400)))),
            ("signature.jpg", save(signature)),
        ):
            self.assertEqual(self.check(name, content, accepted), "", name)

    def test_what_nobody_can_read(self):
        """Told at once, where a person has to read the paper, and only there."""
        accepted = PAPERS._replace(is_paper=True)
        scan = make_scan()
        grain = Image.effect_noise((620, 877), 12).convert("RGB")
        empty = Image.blend(Image.new("RGB", grain.size, "white"), grain, 0.1)
        for name, content, words in (
            ("white.jpg", save(Image.new("RGB", (620, 877), "white")), "is blank"),
            ("back.jpg", save(empty), "is blank"),
            ("empty.pdf", make_pdf(pages=2), "is blank"),
            ("thumb.jpg", save(scan.resize((160, 220))), "too small"),
            ("strip.jpg", save(scan.resize((100, 900))), "too small"),
            ("lens.jpg", save(Image.new("RGB", (900, 900), "black")), "too dark"),
            ("dark.jpg", save(ImageEnhance.Brightness(scan).enhance(0.2)), "too dark"),
            ("moved.jpg", save(scan.filter(ImageFilter.GaussianBlur(18))), "is bl"),
        ):
            self.assertIn(words, self.check(name, content, accepted), name)
            self.assertEqual(self.check(name, content), "", name)

    def test_white_scan_in_a_pdf(self):
        """A page that lay the wrong way round is told from one with a signature."""
        accepted = PAPERS._replace(is_paper=True)
        size = (1240, 1754)
        white = Image.new("L", size, "white")
        signed = white.copy()
        ImageDraw.Draw(signed).rectangle((600, 1500, 760, 1540), fill="black")
        scan = make_scan("L", size)
        for mode in ("L", "RGB"):
            for name, page, expected in (
                ("white.pdf", white, "white.pdf is blank"),
                ("signed.pdf", signed, ""),
                ("scan.pdf", scan, ""),
            ):
                with self.subTest(f"{mode} {name}"):
                    content = save(page.convert(mode), "PDF")
                    said = self.check(name, content, accepted)
                    self.assertEqual(said[: len("white.pdf is blank")], expected)
                    # where nobody has to read it, it is taken
                    self.assertEqual(self.check(name, content), "")
        for size, expected in ((100, "is blank"), (5000, "")):
            said = self.check("fax.pdf", make_jbig2(size), accepted)
            self.assertEqual(said[8:16], expected)
        stream = BytesIO()
        pages = [white.convert("RGB"), scan.convert("RGB")]
        pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:])
        self.assertEqual(self.check("two.pdf", stream.getvalue(), accepted), "")

    def test_pages_of_a_place(self):
        accepted = PAPERS._replace(max_pages=3)
        self.assertEqual(self.check("a.pdf", make_pdf(pages=3), accepted), "")
        text = self.check("a.pdf", make_pdf(pages=4), accepted)
        self.assertEqual(text, "a.pdf has more than 3 pages.")

    def test_what_to_do_instead(self):
        """What is not kept gets a sentence that says how to send it."""
        heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
        tiff = b"II*\0" + b"\0" * 200
        for name, content, words in (
            ("IMG_1.HEIC", heic, "Most Compatible"),
            ("IMG_1.jpg", heic, "Most Compatible"),
            ("scan.tif", tiff, "as a PDF, all pages"),
            ("papers.zip", b"PK\x03\x04" + b"\0" * 100, "Unpack"),
        ):
            self.assertIn(words, self.check(name, content), name)

    def test_limit_in_words(self):
        small = PAPERS._replace(max_size=250 * 1024, max_count=1)
        text = self.check("a.pdf", PDF + b" " * 300 * 1024, small)
        self.assertEqual(text, "a.pdf is larger than 250 KB.")
        self.assertIn("250 KB", self.env["sajad.upload"]._get_help_text(small))

    def test_process_that_dies_or_hangs(self):
        with patch.object(file_parse, "PATIENCE", 0.01):
            self.assertIn("too long", self.check("a.pdf", PDF))

    def test_a_library_is_missing(self):
        """That is a matter of the server, and no file is called damaged for it."""
        folder, probes = self.make_folder(), []
        for library in ("pypdf", "pikepdf"):
            probes.append(os.path.join(folder, f"{library}.py"))
            with open(probes[-1], "w", encoding="utf-8") as file:
                file.write(
                    f"import runpy, sys\nsys.modules[{library!r}] = None\n"
                    f"runpy.run_path({file_parse.PROBE!r}, run_name='__main__')\n"
                )
        for broken in (*probes, "/nowhere.py"):
            with self.subTest(broken):
                self.assertUnread(broken)

    def make_folder(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        return folder

    def assertUnread(self, probe):
        """Who sends a file is told that it is not to blame, and the log says why."""
        Upload, files = self.env["sajad.upload"], [("a.pdf", make_pdf(), PAPERS)]
        file_reader.close_idle()
        self.addCleanup(file_reader.close_idle)
        with (
            patch.object(file_parse, "PROBE", probe),
            patch.object(file_reader, "PROBE", probe),
            self.assertLogs(file_parse.__name__, "ERROR") as log,
        ):
            alone = self.check("a.pdf", make_pdf())
            (together,) = Upload._examine(files)
        self.assertIn("a.pdf could not be examined now", alone)
        self.assertEqual(together[0], alone)
        self.assertEqual(len(log.output), 2)

    def test_many_by_a_few_processes(self):
        """What is said of many files is what is said of each, bad ones between them."""
        files = [
            ("a.pdf", make_pdf()),
            ("b.jpg", save(make_scan())),
            ("c.pdf", make_pdf(password="x")),
            ("d.pdf", make_pdf()[:-200]),
            ("e.exe", b"MZ"),
            ("f.png", b""),
            ("g.jpg", save(make_scan())[:-3000]),
        ] * 3
        Upload = self.env["sajad.upload"]
        alone = [Upload._get_problem(*file) for file in files]
        asked = 0

        def ask():
            nonlocal asked
            for file in files:
                asked += 1
                yield *file, PAPERS

        together = []
        for problem, mimetype, size in Upload._examine(ask(), take=len):
            together.append(problem)
            # not all of them are in memory at once
            least = file_parse.MAX_SET * (file_parse.AHEAD + 2)
            self.assertLessEqual(asked, len(together) + least)
            sound = files[len(together) - 1][1] if not problem else None
            self.assertEqual(size, sound and len(sound))
            self.assertTrue(problem or mimetype)
        self.assertEqual(together, alone)
        self.assertEqual(len([said for said in alone if not said]), 6)

    def make_question(self):
        return file_parse.Question(make_pdf(), "application/pdf", lambda found: found)

    def test_a_process_that_leaves_reads_nothing(self):
        """It ended by itself, for want of files, while one was handed to it."""
        good = self.make_question()
        list(file_parse.read_many([good]))
        file_reader.close_idle()
        leaving = file_reader._Reader()
        leaving.process.stdin.close()
        leaving.process.stdin = open(os.devnull, "wb")  # noqa: SIM115
        file_reader._idle.put(leaving)
        with patch.object(file_reader._Reader, "is_usable", return_value=True):
            (reading,) = file_parse.read_many([good])
        self.assertEqual(reading.fault, "")

    def test_a_process_that_dies_is_replaced(self):
        good = self.make_question()
        with patch.object(file_reader, "PATIENCE", 0):
            readings = list(file_parse.read_many([good]))
        self.assertEqual(readings[0].fault, "heavy")
        self.assertEqual(list(file_parse.read_many([good, good]))[1].fault, "")
        while not file_reader._idle.empty():
            reader = file_reader._idle.get()
            reader.process.kill()
            reader.process.wait()
            file_reader._idle.put(reader)
            break
        self.assertEqual(list(file_parse.read_many([good, good]))[0].fault, "")
