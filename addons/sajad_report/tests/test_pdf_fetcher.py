from odoo.tests import TransactionCase, tagged

import odoo.addons

from ..tools.pdf_fetcher import BASE_URL, AddonsFetcher, RefusedError

FONT = "sajad_report/static/fonts/vazirmatn/Vazirmatn-Regular.ttf"


@tagged("post_install", "-at_install")
class TestPdfFetcher(TransactionCase):
    """A page may load static files of addons and data URIs, nothing else (row E4)."""

    def setUp(self):
        super().setUp()
        self.fetcher = AddonsFetcher(list(odoo.addons.__path__))

    def test_static_files(self):
        """Static files of every addon, with the kind that belongs to them."""
        font = self.fetcher.fetch(BASE_URL + FONT)
        self.assertEqual(font.content_type, "font/ttf")
        self.assertEqual(font.read(4), b"\0\1\0\0")
        logo = self.fetcher.fetch(BASE_URL + "base/static/img/avatar_grey.png")
        self.assertEqual(logo.content_type, "image/png")
        css = self.fetcher.fetch(
            BASE_URL + "sajad_report/static/src/report/report.css?unique=1"
        )
        self.assertEqual(css.content_type, "text/css")

    def test_data_uris(self):
        text = self.fetcher.fetch("data:text/plain;base64,c2FqYWQ=")
        self.assertEqual(text.read(), b"sajad")

    def test_refused(self):
        for url in (
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "http://localhost:8069/web/login",
            "http://169.254.169.254/latest/meta-data",
            "https://example.com/sajad_report/static/src/report/report.css",
            "http://addons.invalid/" + FONT,
            "https://addons.invalid:80/" + FONT,
            "https://user@addons.invalid/" + FONT,
            "ftp://addons.invalid/" + FONT,
            "gopher://addons.invalid/",
            "javascript:alert(1)",
            "/etc/passwd",
            FONT,
            "",
        ):
            with self.subTest(url=url), self.assertRaises(RefusedError):
                self.fetcher.fetch(url)

    def test_only_static_folders(self):
        """Neither code nor anything that a path climbs to."""
        for path in (
            "sajad_report/__manifest__.py",
            "sajad_report/security/ir.model.access.csv",
            "base/static/src/../../models/res_users.py",
            "sajad_report/static/../__manifest__.py",
            "sajad_report/static/%2e%2e/__manifest__.py",
            "sajad_report/static/%2e%2e%2f__manifest__.py",
            "sajad_report/static/..%5c__manifest__.py",
            "sajad_report/static//etc/passwd",
            "sajad_report/static/",
            "../sajad_report/static/src/report/report.css",
            "//etc/passwd",
            "addons/sajad_report/static/src/report/report.css",
            "web/image/res.users/2/avatar_128",
            "web/content/1",
            "sajad_report/static/src/report/report.css%00.png",
        ):
            with self.subTest(path=path), self.assertRaises(RefusedError):
                self.fetcher.fetch(BASE_URL + path)

    def test_only_kinds_of_a_page(self):
        with self.assertRaises(RefusedError):
            self.fetcher.fetch(
                BASE_URL + "sajad_report/static/src/report/pdf_download.js"
            )

    def test_missing_file(self):
        with self.assertRaises(FileNotFoundError):
            self.fetcher.fetch(BASE_URL + "sajad_report/static/none.png")
