import os
from tempfile import TemporaryDirectory

from pypdf import PdfReader

from odoo.tests import BaseCase, tagged

from ..tools.pdf_binder import Binder, close_ahead
from .test_export import make_pdf

PAGE = b"<</Type/Page/Parent 2 0 R"
BOX = PAGE + b"/MediaBox[0 0 50 50]"
# pages as programs of offices write them, and as no reader of PDFs minds them
ODD = {
    "no size": PAGE + b"/Contents 4 0 R>>",
    "half a size": PAGE + b"/MediaBox[0 0 5]/Contents 4 0 R>>",
    "turned by a word": BOX + b"/Rotate/X/Contents 4 0 R>>",
    "nothing on it": BOX + b">>",
    "null on it": BOX + b"/Contents null>>",
    "what is not there on it": BOX + b"/Contents 9 0 R>>",
    "a number for resources": BOX + b"/Resources 7/Contents 4 0 R>>",
    "null for pictures": BOX + b"/Resources<</XObject null>>/Contents 4 0 R>>",
    "odd notes": BOX + b"/Annots[null 5 <</Subtype(x)/Rect[0 0 1 1]>>]>>",
}


def make_odd(page):
    """Return a PDF of one page, written by hand."""
    content = b"q 1 0 0 1 0 0 cm Q"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj%b endobj\n" % (number, text)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + table + end


@tagged("post_install", "-at_install")
class TestBinder(BaseCase):
    """The program that binds papers, without a dossier (row C10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(close_ahead)

    def bind(self, contents, **values):
        """Return what was said of papers, and the pages of the bound PDF."""
        folder = self.enterContext(TemporaryDirectory())
        papers = []
        for number, content in enumerate(contents):
            path = os.path.join(folder, str(number))
            with open(path, "wb") as file:
                file.write(content)
            papers.append({"path": path, "mimetype": "application/pdf", "stamp": True})
        with Binder(folder) as binder:
            found = binder.examine(papers)
            path, _pages = binder.bind(**values)
            return found, PdfReader(path).pages

    def test_odd_pages(self):
        """A page that lacks something keeps no other one out of the copy."""
        contents = [make_odd(page) for page in ODD.values()]
        found, pages = self.bind([*contents, make_pdf("good")], stamp=make_pdf("seen"))
        faults = dict(zip(ODD, (one["fault"] for one in found), strict=False))
        self.assertEqual(faults, dict.fromkeys(ODD, ""))
        self.assertEqual(len(pages), len(ODD) + 1)
        for said in ("good", "seen"):
            self.assertIn(said, pages[-1].extract_text())

    def test_bytes_go_over(self):
        """What is drawn on a page is not made anew."""
        content = make_pdf("as it is")
        own = PdfReader(self.save(content)).pages[0]["/Contents"]
        _found, pages = self.bind([content], stamp=make_pdf("seen"))
        streams = [part.get_object()._data for part in pages[0]["/Contents"]]
        self.assertIn(own._data, streams)

    def save(self, content):
        path = os.path.join(self.enterContext(TemporaryDirectory()), "paper")
        with open(path, "wb") as file:
            file.write(content)
        return path

    def test_bookmarks_of_parts(self):
        """Papers of a part stand below it."""
        titles = [("one", 0, 0), ("its paper", 0, 1), ("two", 1, 0), ("its", 1, 1)]
        bookmarks = [
            {"title": title, "page": page, "level": level}
            for title, page, level in titles
        ]
        folder = self.enterContext(TemporaryDirectory())
        with Binder(folder) as binder:
            paper = {"mimetype": "application/pdf", "stamp": False}
            content = make_pdf("first", "second")
            binder.examine([{**paper, "path": self.save(content)}])
            path, pages = binder.bind(bookmarks=bookmarks, info={"/Title": "پرونده"})
        reader = PdfReader(path)
        self.assertEqual(pages, 2)
        self.assertEqual(reader.metadata.title, "پرونده")
        outline = reader.outline
        self.assertEqual([outline[0].title, outline[2].title], ["one", "two"])
        self.assertEqual(
            [part[0].title for part in outline[1::2]], ["its paper", "its"]
        )
