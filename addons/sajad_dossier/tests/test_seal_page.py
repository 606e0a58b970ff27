import io
from unittest.mock import patch

from lxml import html
from pypdf import PdfReader

from odoo import http
from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.throttle import set_call_limit

from .test_export import ExportCommon, make_pdf

PAGE = "/sajad/dossier/verify"


@tagged("post_install", "-at_install")
class TestSealPage(ExportCommon, HttpCase):
    """The public page of seals, and the address of files (row C10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper = make_pdf("birth")
        cls.add("birth", cls.paper, "b.pdf", name="Birth")
        cls.export = cls.mine._export("archive")
        users = cls.user_officer | cls.user_central | cls.user_student
        for user in users | cls.user_other_student | cls.user_admin:
            user.password = user.login

    def get_text(self, response):
        return " ".join(html.fromstring(response.text).text_content().split())

    def post(self, seal="", **files):
        data = {"seal": seal, "lang": "en"}
        return self.url_open(PAGE, data=data, files=files or None)

    def test_known(self):
        export = self.export
        typed = (export.seal, export.seal.upper(), export.code)
        persian = export.code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        spaced = "-".join(export.code[n : n + 5] for n in range(0, 20, 5))
        for seal in (*typed, persian, f" {spaced} "):
            with self.subTest(seal):
                response = self.post(seal)
                self.assertEqual(response.status_code, 200)
                text = self.get_text(response)
                self.assertIn("This seal is the university's", text)
        for shown in ("Test University", export.seal, export.public_key):
            self.assertIn(shown, text)
        student = self.student
        for hidden in (student.name, "1001", "t_officer", "Birth"):
            self.assertNotIn(hidden, response.text)
        response = self.url_open(f"{PAGE}/{export.seal}?lang=en")
        self.assertIn("This seal is the university's", self.get_text(response))

    def test_uploaded(self):
        """The file itself, or the list out of it; a changed one is not known."""
        content = self.get_content(self.export)
        response = self.post(file=("a.zip", content))
        self.assertIn("is the university's, unchanged", self.get_text(response))
        response = self.post(file=("a.zip", content + b"x"))
        self.assertEqual(response.status_code, 404)
        self.assertIn("it was changed", self.get_text(response))

    def test_unknown(self):
        for seal in ("a" * 64, "a" * 20, "x", "%27", "۱" * 20):
            response = self.post(seal)
            self.assertEqual(response.status_code, 404)
            self.assertIn("No such seal", self.get_text(response))
        self.assertIn("Type the seal", self.get_text(self.post(" ")))

    def test_headers(self):
        response = self.url_open(f"{PAGE}?lang=en")
        self.assertIn("noindex", response.headers["X-Robots-Tag"])
        self.assertIn("default-src 'none'", response.headers["Content-Security-Policy"])
        self.assertFalse(html.fromstring(response.text).xpath("//script | //*[@style]"))

    def test_rate_limit(self):
        set_call_limit(self.env, 2)
        for _number in range(2):
            self.assertEqual(self.post("x").status_code, 404)
        response = self.post(self.export.seal)
        self.assertEqual(response.status_code, 429)
        self.assertGreater(int(response.headers["Retry-After"]), 0)

    def test_file(self):
        """Its maker downloads it, which is written down; for others it is not there."""
        address = f"/sajad/dossier/export/{self.export.id}"
        for user in (
            self.user_central,
            self.user_admin,
            self.user_student,
            self.user_other_student,
        ):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(address).status_code, 404, user.login)
        self.authenticate(self.user_officer.login, self.user_officer.login)
        response = self.url_open(address)
        self.assertEqual(response.content, self.get_content(self.export))
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertIn("no-store", response.headers["Cache-Control"])
        look = self.dossier.access_ids[0]
        self.assertEqual((look.kind, look.export_id), ("download", self.export))
        self.assertEqual(self.url_open(address + "000").status_code, 404)
        self.authenticate(None, None)
        response = self.url_open(address, allow_redirects=False)
        self.assertIn("/web/login", response.headers["Location"])

    def test_watermark(self):
        """Who looks reads their name over the pages; what is kept stays as it came."""
        self.get_type("birth").is_watermarked = True
        version = self.dossier.document_ids.version_id
        self.authenticate(self.user_officer.login, self.user_officer.login)
        for suffix in ("", "?download=1"):
            response = self.url_open(version._get_url() + suffix)
            self.assertEqual(response.headers["Content-Type"], "application/pdf")
            text = self.read_text(response.content)
            self.assertEqual(text.count("t_officer"), 6)
            self.assertIn("birth", text)
        content = self.env["sajad.dossier.content"]._read_file(version)
        self.assertEqual(content, self.paper)
        _reader, texts = self.read_file(self.mine._export("pdf"))
        self.assertIn("t_officer", texts[2])
        self.assertNotIn("t_officer", self.read_text(content))

    def read_text(self, content):
        reader = PdfReader(io.BytesIO(content))
        return "".join(page.extract_text() for page in reader.pages)

    def test_student(self):
        """Students take their own dossier out, not that of another, not too often."""
        address = f"/my/dossiers/{self.dossier.id}/export"
        data = {"kind": "archive"}
        self.authenticate("t_other_student", "t_other_student")
        data["csrf_token"] = http.Request.csrf_token(self)
        self.assertEqual(self.url_open(address, data=data).status_code, 404)
        self.authenticate("t_student", "t_student")
        data["csrf_token"] = http.Request.csrf_token(self)
        response = self.url_open(address, data=data)
        export = self.dossier.export_ids[0]
        self.assertEqual(export.user_id, self.user_student)
        link = f"/sajad/dossier/export/{export.id}"
        self.assertIn(link, response.text)
        self.assertEqual(self.url_open(link).content, self.get_content(export))
        data["kind"] = "other"
        self.assertEqual(self.url_open(address, data=data).status_code, 404)
        limit = "odoo.addons.sajad_dossier.models.sajad_dossier_take_out.HOURLY"
        data["kind"] = "pdf"
        with patch(limit, 1):
            response = self.url_open(address, data=data)
        self.assertIn("within an hour", self.get_text(response))
        self.assertEqual(self.dossier.export_ids[0], export)
