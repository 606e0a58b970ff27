import functools
import os
import stat
import tempfile
from io import BytesIO
from unittest.mock import patch

from PIL import Image, ImageDraw, ImageFont
from weasyprint import HTML

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL
from odoo.tools.misc import file_path

from ..tools import text_probe, text_reader
from ..tools.text_key import find_snippet, get_words, make_key
from .common import PDF, DossierCommon

FONT = "sajad_persian/static/fonts/vazirmatn/Vazirmatn-Regular.woff2"
LINES = (
    "گواهی سلامت محمد رضایی‌نژاد",
    "شماره دانشجویی ۴۰۱۵۷۵۸۴۶۷",
    "تاریخ ۱۴۰۵٫۰۹٫۰۶",
)


@functools.cache
def make_written(lines=LINES):
    """Return a PDF with a text layer, as programs write it."""
    rows = "".join(f"<p>{line}</p>" for line in lines)
    style = (
        f"@font-face {{font-family: V; src: url(file://{file_path(FONT)})}}"
        "body {font-family: V; font-size: 18pt; direction: rtl}"
    )
    return HTML(string=f"<style>{style}</style>{rows}").write_pdf()


def draw(lines=LINES, height=900):
    """Return a page with lines of print on it."""
    page = Image.new("L", (1400, height), "white")
    font = ImageFont.truetype(file_path(FONT), 56)
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        place = (1300, 80 + number * 140)
        pen.text(place, line, font=font, fill="black", anchor="ra", direction="rtl")
    return page


def make_scan(lines=LINES, kind="PDF"):
    """Return a scan without a text layer."""
    stream = BytesIO()
    draw(lines).save(stream, kind, **({"resolution": 150} if kind == "PDF" else {}))
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestSearch(DossierCommon):
    """Documents are found by what stands in them, by those who read them (row C7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Text = cls.env["sajad.dossier.text"]
        commit = patch.object(cls.registry["ir.cron"], "_commit_progress")
        cls.commit = cls.enterClassContext(commit)
        cls.commit.return_value = 60
        # what other data brought is not read here
        cls.Text._cron_read()
        if not text_reader.find_languages():
            cls.use_stand_in()

    @classmethod
    def use_stand_in(cls):
        """Have a program in the place of Tesseract, which is not on this machine."""
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        program = os.path.join(folder, "tesseract")
        said = "\n".join(LINES)
        with open(program, "w", encoding="utf-8") as stream:
            stream.write(
                "#!/bin/sh\n"
                'if [ "$1" = --list-langs ]; then echo fas; exit; fi\n'
                f"cat > /dev/null\ncat <<'END'\n{said}\nEND\n"
            )
        os.chmod(program, stat.S_IRWXU)
        path = {"PATH": f"{folder}:{os.environ['PATH']}"}
        cls.enterClassContext(patch.dict(os.environ, path))

    def find(self, words, user=None):
        Document = self.Document.with_user(user or self.user_officer)
        return Document.search([("found_text", "ilike", words)])

    def bring(self, code="birth", content=None, file_name="paper.pdf", **values):
        """Return a document whose file was read."""
        document = self.add(code, content or make_written(), file_name, **values)
        self.Text._cron_read()
        return document

    def get_text(self, document):
        return self.Text.search([("version_id", "in", document.version_ids.ids)])

    # ------------------------------------------------------------
    # WHAT IS FOUND
    # ------------------------------------------------------------

    def test_text_layer(self):
        """Whichever spelling of letters, digits and dates somebody types."""
        document = self.bring()
        for words in (
            "سلامت",
            "رضایی نژاد",
            "رضایی‌نژاد",
            "رضايينژاد",
            "4015758467",
            "۴۰۱۵۷۵۸۴۶۷",
            "1405/09/06",
            "۱۴۰۵٫۰۹٫۰۶",
            "1405-9-6",
            "سلامت 1405/09/06",
        ):
            with self.subTest(words):
                self.assertEqual(self.find(words), document)
        for words in ("ناموجود", "سلامت ناموجود", "1405/09/07", "-"):
            with self.subTest(words):
                self.assertFalse(self.find(words))
        self.assertEqual(self.get_text(document).state, "read")

    def test_scan(self):
        """A scan, and a photograph among other pages, read by Tesseract."""
        scan = self.bring(content=make_scan())
        self.assertEqual(self.find("گواهی سلامت"), scan)
        self.assertEqual(self.find("4015758467"), scan)
        self.assertEqual(self.get_text(scan).scan_count, 1)
        photo = self.bring("letter", make_scan(kind="JPEG"), "a.jpg")
        self.assertEqual(self.find("گواهی سلامت"), scan | photo)

    def test_sideways_scan(self):
        """A scan that lies on its side or head is read; its bytes stay as they came."""
        for turn in (90, 180, 270):
            with self.subTest(turn):
                stream = BytesIO()
                page = draw([*LINES, *LINES, f"شماره {turn}"] * 2, height=2000)
                page.rotate(turn, expand=True).save(stream, "JPEG")
                scan = self.bring(content=stream.getvalue(), file_name=f"{turn}.jpg")
                self.assertIn(scan, self.find("گواهی سلامت"))
                kept = scan.version_id._get_attachment().raw
                self.assertEqual(kept, stream.getvalue())

    def test_which_way_a_scan_stands(self):
        """What Tesseract is sure of is turned, and nothing else."""
        page = Image.new("L", (200, 300), "white")
        page.putpixel((0, 0), 0)
        there = text_probe.save(page)
        turned = text_probe.save(page.rotate(-90, expand=True))
        said = "Rotate: %s\nOrientation confidence: %s\n"
        for answer, languages, expected in (
            (said % (90, "12.5"), ("fas", "osd"), turned),
            (said % (90, "0.8"), ("fas", "osd"), there),
            (said % (0, "12.5"), ("fas", "osd"), there),
            ("Too few characters", ("fas", "osd"), there),
            (said % (90, "12.5"), ("fas",), there),
        ):
            scans = text_probe.Scans(languages)
            with patch.object(scans, "ask", return_value=answer):
                self.assertEqual(scans.turn(page), expected)

    def test_description_number_and_kind(self):
        """Words may stand partly in the description, partly in the text."""
        kind = self.get_type("letter").name
        name = "Leave of absence"
        letter = self.bring("letter", name=name, number="۱۲/۳۴")
        reference = self.add(
            "letter", None, name=name, number="12.35", system="Archive"
        )
        self.assertEqual(self.find("leave absence"), letter | reference)
        self.assertEqual(self.find("12.34"), letter)
        self.assertEqual(self.find("۱۲/۳۵"), reference)
        self.assertEqual(self.find("archive"), reference)
        self.assertEqual(self.find("absence سلامت"), letter)
        self.assertEqual(self.find(kind), letter | reference)
        self.assertEqual(self.find(f"{kind} سلامت"), letter)
        letter.with_user(self.user_officer).name = "Exemption"
        self.assertEqual(self.find("exemption سلامت"), letter)
        self.assertFalse(self.find("leave سلامت"))

    def test_snippet(self):
        """The place is shown in the list, and is no more than text."""
        document = self.bring()
        for model, record in ((self.Document, document), (self.dossier, self.dossier)):
            asked = record.with_user(self.user_officer)
            with self.subTest(model._name):
                self.assertFalse(asked.found_text)
                found = asked.with_context(sajad_found=["سلامت"]).found_text
                self.assertIn("<b>سلامت</b>", found)
        wild = document.with_user(self.user_officer).with_context
        for asked in ("سلامت", [1, None], ["-"], []):
            with self.subTest(asked):
                self.assertFalse(wild(sajad_found=asked).found_text)
        # as it stands on the page, whichever way round it was read
        found = wild(sajad_found=["تاریخ"]).found_text
        self.assertIn("1405", found)
        turned = find_snippet("شماره 7648575104", ["4015758467"])
        self.assertEqual(turned, "شماره <b>4015758467</b>")
        snippet = find_snippet("a <script> سلامت", ["سلامت"])
        self.assertEqual(snippet, "a &lt;script&gt; <b>سلامت</b>")

    def test_dossier(self):
        self.bring()
        Dossier = self.env["sajad.dossier"].with_user(self.user_officer)
        domain = [("found_text", "ilike", "سلامت")]
        self.assertEqual(Dossier.search(domain), self.dossier)
        self.dossier.document_ids.with_user(self.user_officer).action_delete("wrong")
        self.assertFalse(Dossier.search(domain))

    def test_numbers_and_half_spaces(self):
        key = make_key("نمره ۱۸ ۲۰", "12,345,678", "کتاب های", "۰۶/۰۹/۱۴۰۵")
        for typed in ("12345678", "کتاب‌های", "کتابهای", "1405/9/6"):
            with self.subTest(typed):
                self.assertTrue(all(word in key for word in get_words(typed)))
        self.assertNotIn("1820", key)

    # ------------------------------------------------------------
    # WHO FINDS
    # ------------------------------------------------------------

    def test_who_finds(self):
        """Who may not read a paper does not find it, nor reads a word of it."""
        paper = self.bring("confidential_transcript")
        self.assertEqual(self.find("سلامت", self.user_central), paper)
        for user in (self.user_officer, self.user_auditor, self.user_stranger):
            with self.subTest(user.login):
                self.assertFalse(self.find("سلامت", user))
                Dossier = self.env["sajad.dossier"].with_user(user)
                self.assertFalse(Dossier.search([("found_text", "ilike", "سلامت")]))
        own = self.dossier.with_user(self.user_officer)
        self.assertFalse(own.with_context(sajad_found=["سلامت"]).found_text)

    def test_nobody_reads_texts(self):
        """Not the administrator either, and not the student: nor by a way around."""
        text = self.get_text(self.bring())
        for user in (self.user_central, self.user_admin, self.user_student):
            own = text.with_user(user)
            for call in (
                lambda own=own: own.read(["text"]),
                lambda own=own: own.search([("key", "ilike", "سلامت")]),
                lambda own=own: own.export_data(["text"]),
                lambda own=own: own.write({"text": "x"}),
            ):
                with self.subTest(user.login), self.assertRaises(UserError):
                    call()
        with self.assertRaises(AccessError):
            self.find("سلامت", self.user_student)

    # ------------------------------------------------------------
    # THE JOB
    # ------------------------------------------------------------

    def test_newer_version(self):
        """What the older file said is not found from the moment that it is replaced."""
        document = self.bring()
        document._add_version("newer.pdf", make_written(("کارنامه",)))
        self.assertFalse(self.find("سلامت"))
        self.Text._cron_read()
        self.assertEqual(self.find("کارنامه"), document)
        self.assertEqual(self.get_text(document).version_id, document.version_id)

    def test_destroyed(self):
        document = self.bring()
        document._destroy()
        self.assertFalse(self.get_text(document))
        self.assertFalse(self.find("سلامت"))
        self.Text._cron_read()
        self.assertFalse(self.get_text(document))

    def test_resumes(self):
        """Each file is a transaction, and a job that ends goes on where it was."""
        for number in range(3):
            self.add("letter", make_written((f"برگه {number}۷۷۷",)), name="x")
        self.commit.reset_mock()
        self.commit.return_value = 0
        self.Text._cron_read()
        self.assertEqual(self.commit.call_count, 1)
        self.assertEqual(len(self.find("777")), 1)
        self.commit.return_value = 60
        self.Text._cron_read()
        self.assertEqual(len(self.find("777")), 3)
        self.commit.reset_mock()
        self.Text._cron_read()
        self.commit.assert_called_once_with(remaining=0)

    def test_without_tesseract(self):
        """Scans wait, the settings say why, and what waited is read later."""
        with patch.dict(os.environ, {"PATH": "/nowhere"}):
            scan = self.bring(content=make_scan())
            with Form(self.env["res.config.settings"]) as settings:
                self.assertIn("tesseract-ocr-fas", settings.sajad_dossier_scans_state)
        self.assertEqual(self.get_text(scan).state, "waiting")
        self.assertFalse(self.find("سلامت"))
        settings = Form(self.env["res.config.settings"])
        self.assertIn("still wait: 1", settings.sajad_dossier_scans_state)
        self.Text._cron_read()
        self.assertEqual(self.find("گواهی سلامت"), scan)

    def test_switched_off(self):
        self.env["ir.config_parameter"].set_param("sajad_dossier.read_scans", False)
        scan = self.bring(content=make_scan())
        written = self.bring("letter")
        self.assertEqual(self.get_text(scan).state, "waiting")
        self.assertEqual(self.find("سلامت"), written)

    def test_what_takes_too_much(self):
        """A file that ends its reader is not read again and stops no other one."""
        with (
            patch.object(text_reader, "PATIENCE", 0),
            patch.object(text_reader, "PROBE", "/nowhere.py"),
        ):
            heavy = self.bring()
        self.assertEqual(self.get_text(heavy).state, "failed")
        self.commit.reset_mock()
        self.Text._cron_read()
        self.commit.assert_called_once_with(remaining=0)

    def test_damaged_picture(self):
        found = text_reader.find_text(b"\xff\xd8\xff no picture", "image/jpeg", [])
        self.assertEqual(found.fault, "damaged")
        bomb = BytesIO()
        Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
        found = text_reader.find_text(bomb.getvalue(), "image/png", ["fas"])
        self.assertEqual((found.scan, found.fault), ("", "damaged"))

    def test_altered_file(self):
        """What is not the file that came is not read as if it were."""
        document = self.add("birth", make_written())
        with patch.object(
            self.registry["sajad.dossier.content"], "_read_file", return_value=None
        ):
            self.Text._cron_read()
        self.assertEqual(self.get_text(document).state, "failed")

    def test_query_count(self):
        """As many queries for a hundred documents as for one."""
        names = ["name", "found_text"]
        Document = self.Document.with_user(self.user_officer)
        Document = Document.with_context(sajad_found=["سلامت"])
        counts = []
        # the first search asks for rights and types, which the others know
        for number in (1, 1, 12):
            for _document in range(number):
                document = self.add("letter", PDF, name="سلامت")
                self.Text.create(
                    {
                        "version_id": document.version_id.id,
                        "text": f"سلامت {document.id}",
                        "state": "read",
                    }
                )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = Document.search_read([("found_text", "ilike", "سلامت")], names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(found), 14)
        self.assertEqual(counts[1], counts[2])

    def test_index(self):
        """Neither table is read from its beginning to its end."""
        query = self.Document._search([("found_text", "ilike", "سلامت گواهی")])
        self.env.flush_all()
        # the tables of a test are small
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_indexscan = off")
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select("id")))
        plan = "\n".join(row for (row,) in rows)
        for table in ("sajad_dossier_text", "sajad_dossier_document"):
            self.assertNotIn(f"Seq Scan on {table}", plan)
        self.assertIn("sajad_dossier_document__search_key_index", plan)
