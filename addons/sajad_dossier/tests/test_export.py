import io
import os
import tempfile
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from unittest.mock import patch

from freezegun import freeze_time
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.ir_attachment import DOOR
from ..models.sajad_dossier_pdf import TEMPORARY
from ..tools.pdf_binder import Binder, BindError
from .common import DossierCommon, make_jpg

ORIENTATION = 0x0112


def make_pdf(*texts):
    """Return a PDF with a page for each text."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for text in texts:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def change_pdf(content, change):
    """Return a PDF after `change` of its writer."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


class ExportCommon(DossierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.dossier.with_user(cls.user_officer)

    def get_content(self, export):
        domain = [("res_model", "=", export._name), ("res_id", "=", export.id)]
        return export._get_files().search(domain).raw

    def read_file(self, export):
        """Return the PDF of an export, and the text of its pages."""
        reader = PdfReader(io.BytesIO(self.get_content(export)))
        return reader, [page.extract_text() for page in reader.pages]

    def alter(self, document):
        """Change the stored bytes of a document past everything."""
        file = document.sudo().version_id.with_context(**{DOOR.key: DOOR})
        path = file.attachment_id._full_path(file.attachment_id.store_fname)
        with open(path, "rb") as stored:
            content = stored.read()
        self.addCleanup(self.restore, path, content)
        with open(path, "ab") as stored:
            stored.write(b"altered")
        file.attachment_id.invalidate_recordset()

    def restore(self, path, content):
        with open(path, "wb") as stored:
            stored.write(content)


@tagged("post_install", "-at_install")
class TestExport(ExportCommon):
    """A dossier as one PDF (row C10)."""

    def test_pages(self):
        """Cover, contents, then every page of every paper, all searchable."""
        self.add("birth", make_pdf("birth one", "birth two"), "b.pdf", name="Birth C")
        self.add("photo", make_jpg(300, 400), "p.jpg", name="Photo P")
        self.add("letter", None, name="Letter L", system="Automation", number="140/22")
        export = self.mine._export("pdf")
        reader, texts = self.read_file(export)
        self.assertEqual(len(texts), 5)
        self.assertEqual((export.file_count, export.page_count), (2, 5))
        for said in ("t_student", "1001", export.code[:10], "t_officer"):
            self.assertIn(said, texts[0])
        for said in ("Birth C", "Photo P", "Letter L", "Automation", "140/22"):
            self.assertIn(said, texts[1])
        papers = "".join(texts[2:])
        self.assertIn("birth one", papers)
        self.assertIn("birth two", papers)
        for number, text in enumerate(texts, 1):
            self.assertEqual(text.split()[-1], str(number))
        self.check_bookmarks(reader)
        self.check_log(export, "print", 2)

    def test_time_of_the_country(self):
        """The cover tells the hour of the manifest, whatever zone the reader is in."""
        self.add("birth", make_pdf("birth one"), "b.pdf", name="Birth C")
        self.user_officer.tz = "America/New_York"
        with freeze_time("2026-03-01 20:45:00"):
            export = self.mine._export("pdf")
        cover = self.read_file(export)[1][0]
        self.assertIn("12:15 AM", cover)
        self.assertNotIn("3:45 PM", cover)

    def check_bookmarks(self, reader):
        titles = [item.title for item in reader.outline if not isinstance(item, list)]
        self.assertEqual(titles[:2], ["Cover", "Contents"])
        parts = [part for part in reader.outline if isinstance(part, list)]
        pages = {
            item.title: list(reader.pages).index(item.page.get_object())
            for part in parts
            for item in part
        }
        self.assertEqual(pages.keys(), {"Birth C", "Photo P"})
        text = reader.pages[pages["Birth C"]].extract_text()
        self.assertIn("birth one", text)

    def check_log(self, export, kind, count):
        looks = self.dossier.access_ids.filtered(lambda a: a.export_id == export)
        self.assertEqual(len(looks), count)
        self.assertEqual(set(looks.mapped("kind")), {kind})
        self.assertEqual(looks.user_id, self.user_officer)

    def test_picture_is_upright(self):
        """A telephone that was held upright says so in the picture alone."""
        stream = io.BytesIO()
        picture = Image.new("RGB", (400, 300), "white")
        picture.paste("red", (0, 0, 60, 60))
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        picture.save(stream, "JPEG", exif=exif)
        self.add("photo", stream.getvalue(), "p.jpg")
        reader, _texts = self.read_file(self.mine._export("pdf"))
        page = reader.pages[2]
        self.assertLess(page.mediabox.width, page.mediabox.height)
        # the top left corner of the sensor is at the top right
        turn = b"q 0.0000 -"
        self.assertIn(turn, page.get_contents().get_data())
        # the bytes of the camera, not made anew
        image = page["/Resources"]["/XObject"]["/Picture"]
        self.assertEqual(image._data, stream.getvalue())

    def test_number_on_a_turned_page(self):
        """A scan that lies on its side has its number below, to be read."""

        def turn(writer):
            writer.pages[0][NameObject("/Rotate")] = NumberObject(90)

        self.add("birth", change_pdf(make_pdf("turned"), turn), "b.pdf")
        reader, texts = self.read_file(self.mine._export("pdf"))
        self.assertEqual(reader.pages[2].rotation, 90)
        self.assertIn("3", texts[2].split())
        content = reader.pages[2].get_contents().get_data()
        self.assertIn(b"0.00 1.00 -1.00 0.00", content)

    def test_nothing_acts(self):
        """Scripts, links and files in a paper are left out, and it is said."""

        def arm(writer):
            action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("x()")}
            writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
                {NameObject(key): value for key, value in action.items()}
            )
            writer.add_attachment("evil.exe", b"MZ")
            link = Link(rect=(0, 0, 99, 99), url="https://tracker.example/")
            writer.add_annotation(0, link)

        content = change_pdf(make_pdf("armed"), arm)
        # such a file is refused today; one that is there already may be older
        Upload = self.registry["sajad.upload"]
        with patch.object(Upload, "_get_problem", return_value=""):
            self.add("birth", content, "b.pdf", name="Armed")
        export = self.mine._export("pdf")
        reader, texts = self.read_file(export)
        raw = self.get_content(export)
        for word in (b"JavaScript", b"EmbeddedFile", b"tracker.example", b"MZ\n"):
            self.assertNotIn(word, raw)
        self.assertFalse([page for page in reader.pages if page.get("/Annots")])
        self.assertIn("armed", texts[3])
        self.assertEqual(texts[2].count("Armed"), 3)
        self.assertIn("runs by itself", texts[2])
        self.assertEqual(export.left_out_count, 3)

    def test_nothing_is_dropped_in_silence(self):
        """What cannot be bound, or is altered, is on a page of its own."""
        self.add("birth", make_pdf("good"), "b.pdf", name="Good")
        self.alter(self.add("national_card", make_pdf("bad"), "c.pdf", name="Bad"))
        draft = self.add("letter", make_pdf("later"), "l.pdf", name="Later")
        draft.state = "draft"
        export = self.mine._export("pdf")
        _reader, texts = self.read_file(export)
        self.assertEqual((len(texts), export.file_count), (4, 1))
        for said in ("What is not in this copy", "Bad", "altered", "Later"):
            self.assertIn(said, texts[2])
        self.assertNotIn("bad", texts[3])

    def test_damaged_file(self):
        """A file that its reader stumbles over does not stop the others."""
        results = self.bind(b"%PDF-1.4 nothing", make_pdf("good"), b"\xff\xd8\xff")
        self.assertEqual([r["fault"] for r in results], ["damaged", "", "damaged"])
        self.assertEqual([r["pages"] for r in results], [0, 1, 0])

    def test_protected_file(self):
        content = change_pdf(make_pdf("x"), lambda writer: writer.encrypt("secret"))
        self.assertEqual(self.bind(content)[0]["fault"], "password")

    def test_a_paper_locked_against_changes(self):
        """None comes in; one that did by another way is bound as it looks."""
        values = {"user_password": "", "owner_password": "secret"}
        locked = [
            change_pdf(make_pdf("locked"), partial(PdfWriter.encrypt, **values, **more))
            for more in ({"algorithm": "RC4-128"}, {"algorithm": "AES-256"})
        ]
        self.assertEqual(
            [(r["fault"], r["pages"]) for r in self.bind(*locked)], [("", 1)] * 2
        )
        with self.assertRaisesRegex(UserError, "protected against printing"):
            self.add("birth", locked[1], "b.pdf", name="Birth")

    def bind(self, *contents):
        """Return what the program says of contents, pictures by their beginning."""
        folder = self.enterContext(TemporaryDirectory())
        papers = [self.save(folder, *content) for content in enumerate(contents)]
        with Binder(folder) as binder:
            return binder.examine(papers)

    def save(self, folder, number, content):
        """Write a paper and return what the program is told of it."""
        path = os.path.join(folder, str(number))
        with open(path, "wb") as file:
            file.write(content)
        kind = "application/pdf" if content[:4] == b"%PDF" else "image/jpeg"
        return {"path": path, "mimetype": kind, "stamp": False}

    def test_two_at_once(self):
        """Two that are bound at the same time do not meet."""
        contents = {name: make_pdf(*[name] * 3) for name in ("first", "second")}
        texts = {}

        def run(name):
            with TemporaryDirectory() as folder, Binder(folder) as binder:
                binder.examine([self.save(folder, 0, contents[name])])
                path, _pages = binder.bind()
                pages = PdfReader(path).pages
                texts[name] = {page.extract_text().strip() for page in pages}

        threads = [Thread(target=run, args=[name]) for name in contents]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(texts, {"first": {"first"}, "second": {"second"}})

    def test_same_dossier_at_once(self):
        """Two exports never follow the same seal."""
        self.mine._export("archive")
        prepare = type(self.dossier)._prepare_export
        same = {"number": 1, "previous": False}
        with (
            patch.object(
                type(self.dossier),
                "_prepare_export",
                lambda dossier, kind: {**prepare(dossier, kind), **same},
            ),
            self.assertRaisesRegex(UserError, "at this moment"),
        ):
            self.mine._export("archive")

    def test_too_much(self):
        """Whatever the program dies of, the person reads a sentence."""
        self.add("birth", make_pdf("x"), "b.pdf")
        with (
            patch.object(Binder, "examine", side_effect=BindError),
            self.assertRaisesRegex(UserError, "too much time or memory"),
        ):
            self.mine._export("pdf")
        limit = "odoo.addons.sajad_dossier.models.sajad_dossier_content.MAX_SIZE"
        with patch(limit, 10), self.assertRaisesRegex(UserError, "at most"):
            self.mine._export("pdf")

    def test_empty(self):
        """A dossier without a file is printed: what it lacks is worth knowing."""
        _reader, texts = self.read_file(self.mine._export("pdf"))
        self.assertEqual(len(texts), 2)
        self.assertIn("no document with a file", texts[1])

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    def test_sensitive(self):
        """Who does not see a paper learns that there is one, and not which."""
        self.add("birth", make_pdf("birth"), "b.pdf", name="Birth")
        self.add("health", make_pdf("grades"), "t.pdf", name="Grades")
        _reader, texts = self.read_file(self.mine._export("pdf"))
        self.assertIn("Sensitive papers: 1", texts[2])
        self.assertNotIn("Grades", "".join(texts))
        for user in (self.user_central, self.user_student):
            export = self.dossier.with_user(user)._export("pdf")
            self.assertEqual((export.file_count, export.left_out_count), (2, 0))

    def test_who(self):
        self.add("birth", make_pdf("birth"), "b.pdf")
        for user in (
            self.user_other_student,
            self.user_stranger,
            self.user_auditor,
            self.user_liaison,
            self.user_admin,
            self.env.ref("base.public_user"),
        ):
            dossier = self.dossier.with_user(user)
            for kind in ("pdf", "archive"):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    dossier._export(kind)
        with self.assertRaises(AccessError):
            # students have a page of their own
            self.dossier.with_user(self.user_student).action_print()
        self.assertTrue(self.dossier.with_user(self.user_student)._export("pdf"))

    def test_many(self):
        """Many dossiers are made in the background, with the rights of who asked."""
        student = self.make_student("1002", self.university)
        both = self.dossier | self.dossier.create({"student_id": student.id})
        action = both.with_user(self.user_officer).action_print()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.env["sajad.batch.run"]._run_part(batch)
        self.assertEqual((batch.state, batch.done_count), ("done", 2))
        exports = both.export_ids
        self.assertEqual(len(exports), 2)
        self.assertEqual(exports.user_id, self.user_officer)
        self.assertTrue(all(exports.mapped("is_kept")))

    def test_expires(self):
        """Files go after a week; that the dossier was taken out stays."""
        export = self.mine._export("pdf")
        self.assertTrue(export.is_kept)
        export._gc_files()
        self.assertTrue(export.is_kept)
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = create_date - interval '8 days' "
            "WHERE res_model = %s",
            [export._name],
        )
        export._gc_files()
        self.env.invalidate_all()
        self.assertFalse(export.is_kept)
        with self.assertRaisesRegex(UserError, "kept for a week"):
            export.with_user(self.user_officer).action_download()
        for change in (export.unlink, lambda: export.write({"seal": "x"})):
            with self.assertRaises(AccessError):
                change()

    def test_half_made(self):
        """Papers that a killed server left outside are removed, others' folders not."""
        place = self.enterContext(TemporaryDirectory())
        self.startPatcher(patch.object(tempfile, "tempdir", place))
        old, new, other = (
            Path(place, name)
            for name in (f"{TEMPORARY}old", f"{TEMPORARY}new", "other-old")
        )
        for path in (old, new, other):
            path.mkdir()
            (path / "paper").write_bytes(b"paper")
        for path in (old, other):
            os.utime(path, (0, 0))
        self.env["sajad.dossier.pdf"]._gc_half_made()
        self.assertEqual(set(Path(place).iterdir()), {new, other})

    def test_file_of_another(self):
        """Not even a colleague opens the file: it holds what its maker may see."""
        export = self.mine._export("pdf")
        for user in (self.user_central, self.user_admin):
            with self.subTest(user.login), self.assertRaises(AccessError):
                export.with_user(user).action_download()
        self.cartable_faculty.member_ids.date_to = "2020-01-01"
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            # who left the office does not open what was made in it
            export.sudo().with_env(self.mine.env)._get_file()

    def test_queries(self):
        """The number of queries does not grow with the number of papers."""
        counts = []
        for number in (1, 7):
            for paper in range(number):
                self.add("letter", make_pdf(f"{number}-{paper}"), "l.pdf")
            self.env.flush_all()
            self.env.invalidate_all()
            self.mine._export("pdf")
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.mine._export("pdf")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
