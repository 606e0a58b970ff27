import io

from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from .common import AgreementCommon

REPORT = "sajad_sla.sajad_agreement_sheet"


@tagged("post_install", "-at_install")
class TestAgreementPaper(AgreementCommon):
    """The agreement as both parties would sign it, in Persian (row D3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("sajad_sla", "sajad_base", "sajad_report")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        cls.process.with_context(lang="fa_IR").name = "درخواست آزمایشی"
        cls.process.call_end = "2026-12-21"
        cls.agreement.draft_id.unlink()
        cls.agreement.action_new_version()

    def render(self, version, lang="fa_IR"):
        Report = self.env["ir.actions.report"].with_context(lang=lang)
        return Report._render_qweb_html(REPORT, version.ids)[0].decode()

    def test_persian(self):
        """Every label in Persian, numbered sections, Jalali dates, a signature each."""
        page = self.render(self.publish())
        for text in (
            "توافقنامه سطح خدمت",
            "تاریخ آخرین ویرایش:",
            "نسخه سند:",
            "خاتمه عملکرد",
            "تا 1405/09/30",
            "امضای طرفین",
            "امضا و مهر:",
            "هنوز چیزی از این خدمت اندازه‌گیری نشده است.",
        ):
            self.assertIn(text, page)
        for text in ("2026", "Fee", "Version", "Draft", "{fee"):
            self.assertNotIn(text, page)

    def test_address(self):
        """Read from the left with its own digits, in the text as in the table."""
        version = self.publish()
        page = self.render(version)
        address = f"{self.process.get_base_url()}/services"
        self.assertIn(address, "".join(version.text_ids.mapped("filled")))
        latin = f'<bdi class="o_latin" dir="ltr">{address}</bdi>'
        self.assertEqual(page.count(latin), 2)

    def test_draft_says_so(self):
        self.assertIn("پیش‌نویس", self.render(self.agreement.draft_id))

    def test_figures(self):
        """What was measured stands in the section, as at the publication."""
        figure = {
            "metric": "solution",
            "label": "Result",
            "count": 12,
            "met_percent": 91.7,
            "mean_hours": 5.25,
            "median_hours": 4.0,
            "p90_hours": False,
            "open_breached": 1,
        }
        Process = type(self.env["sajad.process"])
        self.patch(Process, "_get_sla_figures", lambda self, *args: [figure])
        version = self.publish()
        self.patch(Process, "_get_sla_figures", lambda self, *args: [])
        page = self.render(version, "en_US")
        self.assertIn("Result", page)
        self.assertIn("92", page)
        self.assertNotIn(">0.0<", page)

    def test_pages(self):
        """A PDF of few pages, not of one overfull one."""
        Report = self.env["ir.actions.report"].with_context(
            lang="fa_IR", force_report_rendering=True
        )
        content, kind = Report._render_qweb_pdf(REPORT, self.publish().ids)
        self.assertEqual(kind, "pdf")
        self.assertIn(len(PdfFileReader(io.BytesIO(content)).pages), (2, 3))
