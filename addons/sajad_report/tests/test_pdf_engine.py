import io
import re
import resource
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

import odoo.addons
from odoo.addons.base.tests.common import BaseCommon

from ..tools import pdf_pages, pdf_workers
from ..tools.pdf_code import get_qr_uri
from ..tools.pdf_render import Renderer

TEMPLATE = """
<t t-call="sajad_report.report_container">
    <t t-foreach="docs" t-as="doc">
        <t t-call="sajad_report.report_layout">
            <t t-set="report_title" t-value="doc.name" />
            <t t-set="report_place">Place</t>
            <t t-set="report_number" t-value="doc.name" />
            <t t-set="report_code" t-value="doc.name" />
            <t t-out="env.context.get('pdf_body')" />
        </t>
    </t>
</t>
"""
# Sentences as they are typed; a page must give them back in this order.
PROBES = (
    "دانشگاه شیراز",
    "لا اله الا",
    "معاونت دانشجویی و فرهنگی",
    "دانشکدهٔ مهندسی",
    "(پرانتز)",
    "Computer Engineering",
    "student@example.com",
    "0012345679",
    "1405/09/01",
    "IR580540105180021273113007",
)
ZWNJ_PROBES = ("تسویه\u200cحساب", "می\u200cشود", "دانش\u200cآموخته")


@tagged("post_install", "-at_install")
class TestPdfEngine(BaseCommon):
    """Reports of ours become PDF by WeasyPrint behind Odoo's hooks (row E4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folders = list(odoo.addons.__path__)
        cls.user_clerk = new_test_user(cls.env, "t_clerk", lang="en_US")
        for name in ("person", "stranger"):
            user = new_test_user(
                cls.env, f"t_{name}", groups="base.group_portal", lang="en_US"
            )
            setattr(cls, f"user_{name}", user)
        cls.person = cls.user_person.partner_id
        cls.person.name = "P1001"
        cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "Paper",
                "key": "sajad_report.test_paper",
                "arch": TEMPLATE,
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Paper",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": "sajad_report.test_paper",
                "pdf_engine": "weasyprint",
            }
        )

    @classmethod
    def make_people(cls, count):
        return cls.env["res.partner"].create(
            [{"name": f"P77{number:04}"} for number in range(count)]
        )

    def get_report(self, user=None, body="", **context):
        """Return the report model as `user`, rendering as on a running server."""
        return (
            self.env["ir.actions.report"]
            .with_user(user or self.user_clerk)
            .with_context(force_report_rendering=True, pdf_body=body, **context)
        )

    def render(self, records, **options):
        content, kind = self.get_report(**options)._render_qweb_pdf(
            self.report.report_name, records.ids
        )
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF-"))
        return PdfReader(io.BytesIO(content))

    def get_texts(self, reader):
        return [page.extract_text() for page in reader.pages]

    def make_body(self, *texts):
        paragraphs = "".join(f"<p>{text}</p>" for text in texts)
        return self.env["ir.qweb"]._render(
            self.env["ir.ui.view"]
            .create({"type": "qweb", "name": "b", "arch": f"<div>{paragraphs}</div>"})
            .id
        )

    # ------------------------------------------------------------
    # TEXT AND FONTS
    # ------------------------------------------------------------

    def activate_persian(self):
        self.env["res.lang"]._activate_lang("fa_IR")

    def test_text_in_logical_order(self):
        self.activate_persian()
        body = self.make_body(*PROBES, *ZWNJ_PROBES)
        text = self.get_texts(self.render(self.person, body=body, lang="fa_IR"))[0]
        for probe in (*PROBES, *ZWNJ_PROBES):
            self.assertIn(probe, text)

    def test_a_glyph_is_a_letter(self):
        """Readers turn the letters of one glyph round, so that no word is found.

        One reads سلام ("hello") as سالم ("healthy"): the ligature is two glyphs here.
        """
        self.activate_persian()
        words = "سلام اسلامی کلاس بلامانع طلایی الأول لإلحاق الآن اصلاً"
        heavy, medium = (
            f'<span style="font-weight: {weight}">{words}</span>'
            for weight in (700, 500)
        )
        body = self.make_body(words, heavy, medium)
        reader = self.render(self.person, body=body, lang="fa_IR")
        fonts = reader.pages[0]["/Resources"]["/Font"].values()
        maps = [f.get_object()["/ToUnicode"].get_data().decode() for f in fonts]
        self.assertGreater(len(maps), 2)
        for glyph, letters in re.findall(r"<(\w{4})> <(\w+)>", "".join(maps)):
            self.assertEqual(len(letters), 4, f"glyph {glyph} is {letters}")
        text = self.get_texts(reader)[0]
        self.assertGreaterEqual(text.count("سلام"), 3)

    def test_fonts_are_embedded(self):
        """Only the shipped fonts, each with its program and a map to characters."""
        self.activate_persian()
        body = self.make_body(*PROBES, "<b>پررنگ</b>")
        for lang in ("fa_IR", "en_US"):
            reader = self.render(self.person, body=body, lang=lang)
            fonts = [
                font.get_object()
                for font in reader.pages[0]["/Resources"]["/Font"].values()
            ]
            self.assertGreater(len(fonts), 1)
            for font in fonts:
                self.assertIn("Vazirmatn", font["/BaseFont"])
                self.assertIn("/ToUnicode", font)
                inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
                programs = {"/FontFile", "/FontFile2", "/FontFile3"}
                self.assertTrue(programs & set(inner.get_object()))

    def test_direction_follows_the_language(self):
        self.activate_persian()
        for lang, expected in (
            ("fa_IR", ("fa-IR", "rtl")),
            ("en_US", ("en-US", "ltr")),
        ):
            report = self.get_report(lang=lang)
            html = report._render_qweb_html(self.report.report_name, self.person.ids)[
                0
            ].decode()
            found = re.search(r'<html lang="(.*?)" dir="(.*?)"', html).groups()
            self.assertEqual(found, expected)

    def test_nothing_in_the_log(self):
        """Our stylesheet has nothing that the engine does not know."""
        with self.assertNoLogs("weasyprint", "WARNING"):
            self.render(self.person, body=self.make_body("text"))

    def test_qr_code(self):
        """Drawn by reportlab as vector; the light border is the page's."""
        uri = get_qr_uri("10000001")
        self.assertTrue(uri.startswith("data:image/svg+xml;base64,"))
        self.assertNotEqual(uri, get_qr_uri("10000002"))
        page = self.render(self.person).pages[0]
        self.assertFalse(page.images)

    # ------------------------------------------------------------
    # PAGES
    # ------------------------------------------------------------

    def test_page_numbers_of_each_record(self):
        """Two records: each has its own numbers, header and title."""
        other = self.make_people(1)
        body = self.make_body(*["long"] * 60)
        reader = self.render(self.person | other, body=body)
        texts = self.get_texts(reader)
        numbers = [re.search(r"Page (\d) of\s+(\d)", text).groups() for text in texts]
        self.assertEqual(numbers, [("1", "2"), ("2", "2")] * 2)
        names = [name for name in (self.person | other).mapped("name")]
        for text, name in zip(texts, [names[0]] * 2 + [names[1]] * 2, strict=True):
            self.assertIn(name, text)

    def test_fifty_records(self):
        """Fifty in one call, in the order asked for, read together."""
        records = self.make_people(50)
        records = records.sorted("id", reverse=True)
        texts = self.get_texts(self.render(records))
        self.assertEqual(len(texts), 50)
        for text, record in zip(texts, records, strict=True):
            self.assertIn(record.name, text)
            self.assertIn("Page 1 of", text)

    def test_streams_of_each_record(self):
        """Every record has a PDF of its own, whatever its length."""
        records = self.person | self.make_people(2)
        streams = self.get_report(
            body=self.make_body(*["long"] * 60)
        )._render_qweb_pdf_prepare_streams(self.report.report_name, {}, records.ids)
        self.assertEqual(list(streams), records.ids)
        for found in streams.values():
            self.assertEqual(len(PdfReader(found["stream"]).pages), 2)

    def test_asked_for_twice(self):
        reader = self.render(
            self.env["res.partner"].browse(self.person.ids * 2),
        )
        self.assertEqual(len(reader.pages), 2)
        self.assertIn("Page 1 of", self.get_texts(reader)[1])

    def test_landscape_and_paper(self):
        page = self.render(self.person, landscape=True).pages[0]
        self.assertGreater(page.mediabox.width, page.mediabox.height)
        paper = self.env["report.paperformat"].create(
            {"name": "A5", "format": "A5", "orientation": "Portrait"}
        )
        self.report.paperformat_id = paper
        page = self.render(self.person).pages[0]
        self.assertAlmostEqual(float(page.mediabox.width), 419.5, delta=1)
        paper.write({"format": "custom", "page_width": 200, "page_height": 100})
        page = self.render(self.person, landscape=True).pages[0]
        self.assertAlmostEqual(float(page.mediabox.width), 566.9, delta=1)

    def test_archive_and_accessible(self):
        """PDF/A and PDF/UA where the report asks for them."""
        reader = self.render(self.person)
        self.assertNotIn("/Metadata", reader.root_object)
        expected = {
            "pdf/a-3u": ("pdfaid", False),
            "pdf/a-3a": ("pdfaid", True),
            "pdf/ua-1": ("pdfuaid", True),
        }
        for variant, (name, tagged_pdf) in expected.items():
            self.report.pdf_variant = variant
            reader = self.render(self.person, body=self.make_body("text"))
            root = reader.root_object
            self.assertIn(name, root["/Metadata"].get_object().get_data().decode())
            self.assertEqual("/StructTreeRoot" in root, tagged_pdf)
            self.assertEqual(reader.metadata.title, self.person.name)

    def test_one_page_for_each_record(self):
        """A template that loses a record is told, not printed."""
        view = self.env["ir.ui.view"].search([("key", "=", "sajad_report.test_paper")])
        view.arch = view.arch.replace('t-foreach="docs"', 't-foreach="docs[:1]"')
        with self.assertRaisesRegex(UserError, "one page to each record"):
            self.render(self.person | self.make_people(1))

    def test_threads(self):
        """Several workers of one process print at the same time."""
        css = "@page { @bottom-left { content: counter(page) } }"

        def print_one(number):
            content = Renderer(self.folders, [("text", css)]).render(
                f"<p>سلام {number}</p>"
            )
            return PdfReader(io.BytesIO(content)).pages[0].extract_text()

        with ThreadPoolExecutor(4) as pool:
            texts = list(pool.map(print_one, range(12)))
        for number, text in enumerate(texts):
            self.assertIn(str(number), text)

    def test_many_in_processes(self):
        """Each record gets its own paper, in the order in which they were asked for."""
        self.addCleanup(pdf_workers.close_idle)
        people = self.make_people(pdf_workers.MANY + 3)
        with patch.object(Renderer, "render", side_effect=AssertionError):
            reader = self.render(people, body=self.make_body("text"))
        self.assertEqual(len(reader.pages), len(people))
        for page, person in zip(reader.pages, people, strict=True):
            self.assertIn(person.name, page.extract_text())
        with self.assertRaises(pdf_workers.WorkerError):
            pdf_workers.render_many(self.folders, [["href", "none.css"]], None, ["x"])

    def test_processes_that_wait(self):
        """A process serves again; one that has ended is not asked."""
        self.addCleanup(pdf_workers.close_idle)
        before = resource.getrlimit(resource.RLIMIT_CPU)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CPU, before)
        resource.setrlimit(resource.RLIMIT_CPU, (100_000, before[1]))
        contents = [f"<p>{number}</p>" for number in range(3)]
        first = pdf_workers.render_many(self.folders, [], None, contents)
        self.assertTrue(all(paper.startswith(b"%PDF-") for paper in first))
        worker = pdf_workers._idle.get_nowait()
        # a worker of a server hands its limit on: the time of one request
        limits = resource.prlimit(worker.process.pid, resource.RLIMIT_CPU)
        self.assertEqual(limits[0], limits[1])
        worker.process.kill()
        worker.process.wait()
        pdf_workers._idle.put(worker)
        again = pdf_workers.render_many(self.folders, [], None, contents)
        self.assertEqual(len(again), 3)

    # ------------------------------------------------------------
    # CLOSED FETCHER
    # ------------------------------------------------------------

    def test_page_loads_nothing_from_outside(self):
        """What a template lets through by mistake is still not fetched."""
        secret = '<svg xmlns="http://www.w3.org/2000/svg"><image href="%s"/></svg>'
        pages = (
            '<img src="file:///etc/hostname">',
            '<img src="http://localhost:8069/logo.png">',
            '<link rel="attachment" href="file:///etc/passwd">',
            '<p style="background: url(file:///etc/hostname)">x</p>',
            '<object data="file:///etc/passwd"></object>',
            secret % "file:///etc/hostname",
        )
        for page in pages:
            with self.subTest(page=page), self.assertLogs("weasyprint", "ERROR") as log:
                content = Renderer(self.folders).render(f"<body>{page}</body>")
            self.assertIn("refused", "".join(log.output))
            self.assertNotIn(b"/EmbeddedFile", content)

    @mute_logger("weasyprint")
    def test_stylesheet_from_outside(self):
        sheets = [("text", "@import url(file:///etc/passwd); p { color: red }")]
        self.assertTrue(Renderer(self.folders, sheets).render("<p>x</p>"))

    # ------------------------------------------------------------
    # WHO MAY PRINT
    # ------------------------------------------------------------

    def test_strangers_print_nothing(self):
        with self.assertRaises(AccessError):
            self.render(self.person, user=self.user_stranger)

    def test_groups_of_the_report(self):
        """A person may read his record, and not print what is for staff."""
        person = self.user_person
        self.assertTrue(self.person.with_user(person).has_access("read"))
        self.report.group_ids = [Command.link(self.env.ref("base.group_user").id)]
        with self.assertRaises(AccessError):
            self.render(self.person, user=person)
        with self.assertRaises(AccessError):
            self.get_report(person)._render_qweb_html(
                self.report.report_name, self.person.ids
            )
        self.assertTrue(self.render(self.person))

    # ------------------------------------------------------------
    # KEPT DOCUMENTS
    # ------------------------------------------------------------

    def keep(self):
        self.report.attachment = "'paper-%s.pdf' % object.name"
        self.report.attachment_use = True

    def get_kept(self, record):
        return self.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def test_rendered_once_and_kept(self):
        """A clerk may not write the record; its paper is kept all the same."""
        self.keep()
        body = self.make_body("first")
        self.render(self.person, body=body)
        kept = self.get_kept(self.person)
        self.assertEqual(kept.name, f"paper-{self.person.name}.pdf")
        self.assertEqual(kept.pdf_report_id, self.report)
        again = self.render(self.person, body=self.make_body("second"))
        self.assertIn("first", self.get_texts(again)[0])
        self.assertEqual(self.get_kept(self.person), kept)

    def test_kept_for_each_of_many(self):
        self.keep()
        records = self.person | self.make_people(3)
        self.render(records[1], body=self.make_body("first"))
        reader = self.render(records, body=self.make_body("second"))
        found = [
            re.search("first|second", text).group() for text in self.get_texts(reader)
        ]
        self.assertEqual(found, ["second", "first", "second", "second"])
        for record in records:
            self.assertEqual(len(self.get_kept(record)), 1)

    def test_kept_is_for_readers_only(self):
        """A kept PDF needs no template, so access is asked for before."""
        self.keep()
        self.render(self.person)
        with self.assertRaises(AccessError):
            self.render(self.person, user=self.user_stranger)

    def test_planted_file_is_not_the_paper(self):
        """Somebody attaches a file of his own under the name of the paper."""
        self.keep()
        self.env["ir.attachment"].create(
            {
                "name": f"paper-{self.person.name}.pdf",
                "raw": b"forged",
                "res_model": "res.partner",
                "res_id": self.person.id,
            }
        )
        self.assertIn("true", self.get_texts(self.render_true())[0])
        with self.assertRaises(AccessError):
            self.env["ir.attachment"].with_user(self.user_clerk).create(
                {"name": "x", "raw": b"x", "pdf_report_id": self.report.id}
            )

    def render_true(self):
        return self.render(self.person, body=self.make_body("true"))

    def test_not_kept_where_it_has_no_name(self):
        self.report.attachment = "object.is_company and 'x.pdf'"
        self.render(self.person)
        self.assertFalse(self.get_kept(self.person))

    # ------------------------------------------------------------
    # OTHER REPORTS
    # ------------------------------------------------------------

    def test_other_reports_keep_their_engine(self):
        ours = self.env["ir.actions.report"].search([("pdf_engine", "=", "weasyprint")])
        for report in ours - self.report:
            self.assertTrue(report.report_name.startswith("sajad_"))
        self.report.pdf_engine = False
        view = self.env["ir.ui.view"].search([("key", "=", "sajad_report.test_paper")])
        view.arch = "<html><body><main><p>theirs</p></main></body></html>"
        called = []

        def run(model, bodies, **options):
            called.append(bodies)
            return b"%PDF-other"

        Report = type(self.env["ir.actions.report"])
        self.patch(Report, "_run_wkhtmltopdf", run)
        self.patch(Report, "get_wkhtmltopdf_state", lambda model: "ok")
        content, _kind = self.get_report()._render_qweb_pdf(
            self.report.report_name, self.person.ids
        )
        self.assertEqual((content, len(called)), (b"%PDF-other", 1))

    def test_client_is_told(self):
        """The web client does not ask for wkhtmltopdf before it downloads ours."""
        action = self.report.report_action(self.person)
        self.assertEqual(action["pdf_engine"], "weasyprint")
        self.assertIn("pdf_engine", self.report._get_action_dict())
        self.report.pdf_engine = False
        action = self.report.report_action(self.person, config=False)
        self.assertNotIn("pdf_engine", action)


@tagged("post_install", "-at_install")
class TestPdfPages(TransactionCase):
    """A report is taken apart into one document for each record."""

    def test_split(self):
        found = pdf_pages.split(
            '<html lang="fa" dir="rtl" data-report-landscape="1"><head>'
            '<title>T</title><link rel="stylesheet" href="/a/static/b.css">'
            "<style>p { color: red }</style></head><body class='b'>"
            "<div class='article' data-oe-model='m' data-oe-id='7' data-title='&lt;x'>"
            "یک</div>"
            "<div class='o article' data-oe-model='m' data-oe-id='8' lang='en' "
            "dir='ltr'>two</div><div class='article'>three</div></body></html>",
            "m",
        )
        self.assertEqual([page.res_id for page in found.pages], [7, 8, None])
        self.assertEqual(
            found.stylesheets,
            [("href", "/a/static/b.css"), ("text", "p { color: red }")],
        )
        self.assertEqual(found.options, {"data-report-landscape": "1"})
        first, second, _third = (page.content for page in found.pages)
        self.assertIn('<html lang="fa" dir="rtl">', first)
        self.assertIn("<title>&lt;x</title>", first)
        self.assertIn("یک", first)
        self.assertNotIn("two", first)
        self.assertIn('<html lang="en" dir="ltr">', second)

    def test_without_records(self):
        found = pdf_pages.split("<html><body><p>x</p></body></html>", "m")
        self.assertEqual([page.res_id for page in found.pages], [None])
        self.assertIn("<p>x</p>", found.pages[0].content)
