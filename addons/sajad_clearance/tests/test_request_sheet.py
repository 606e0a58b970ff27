import io

from pypdf import PdfReader

from odoo.tests import tagged

from .common import ClearanceCommon


@tagged("post_install", "-at_install")
class TestRequestSheet(ClearanceCommon):
    """The sheet of a clearance tells its reason and all ten steps (rows B5, E4)."""

    def test_reason_and_steps(self):
        request = self._submit()
        report = self.env["ir.actions.report"].with_user(self.experts["department"])
        content, _kind = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf("sajad_base.sajad_request_sheet", request.ids)
        pages = PdfReader(io.BytesIO(content)).pages
        words = [word for page in pages for word in page.extract_text().split()]
        text = " ".join(words)
        for label in ("Reason for Clearance", "Graduation", "Student Card Delivered"):
            self.assertIn(label, text)
        for task in request.current_task_ids:
            self.assertIn(task.stage_id.name, text)
