from unittest.mock import patch

from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout import inline

from odoo.tests import TransactionCase, tagged

import odoo.addons

from ..tools import pdf_lines
from ..tools.pdf_render import Renderer

SHEET = ("href", "/sajad_report/static/src/report/report.css")
PAGE = """<html lang="fa" dir="rtl"><body>
<p style="text-align: justify">{long}</p>
<div style="float: right; width: 40mm; height: 30mm">کنار</div>
<p>{long}</p>
<ul><li>یک <span class="o_latin">IR-580</span> دو</li><li>{long}</li></ul>
<table style="width: 100%"><tr><td style="text-align: center">تسویه حساب
</td><td dir="ltr">left 12</td><td style="text-indent: 4mm">{long}</td></tr></table>
</body></html>"""
LONG = "دانشجو در تاریخ 1405/09/01 هیچ بدهی، کتاب یا کارتی ندارد (Computer). " * 6


@tagged("post_install", "-at_install")
class TestPdfLines(TransactionCase):
    """A line of Persian costs what a line of English does (row E4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.renderer = Renderer(list(odoo.addons.__path__), [SHEET])

    def count_layouts(self, content):
        """Return (lines of a document, how often lines were laid out)."""
        counts = {"lines": 0, "layouts": 0}

        def split(context, box, *args, **kwargs):
            counts["layouts"] += isinstance(box, LineBox)
            return split_inline_box(context, box, *args, **kwargs)

        def get_line(*args, **kwargs):
            found = get_next_linebox(*args, **kwargs)
            counts["lines"] += bool(found[0])
            return found

        split_inline_box, get_next_linebox = (
            inline.split_inline_box,
            inline.get_next_linebox,
        )
        with (
            patch.object(inline, "split_inline_box", split),
            patch.object(inline, "get_next_linebox", get_line),
        ):
            self.renderer.lay_out(content)
        return counts["lines"], counts["layouts"]

    def test_lines_are_laid_out_once(self):
        content = f'<html lang="fa" dir="rtl"><body><p>{LONG}</p></body></html>'
        lines, layouts = self.count_layouts(content)
        self.assertGreater(lines, 3)
        self.assertEqual(layouts, lines)

    def test_papers_are_the_same(self):
        """To the byte, floats among it, as WeasyPrint makes them."""
        content = PAGE.format(long=LONG)
        ours = self.renderer.render(content)
        with patch.object(inline, "avoid_collisions", pdf_lines._avoid_collisions):
            theirs = self.renderer.render(content)
        self.assertEqual(ours, theirs)
