import io

from pypdf import PdfReader

from odoo.tests import tagged

from odoo.addons.sajad_base.tests.common import STAFF

from .common import ClearanceCommon


@tagged("post_install", "-at_install")
class TestRequestSheet(ClearanceCommon):
    """The sheet of a clearance tells its reason and all ten steps (rows B5, E4)."""

    def get_text(self, request, user):
        report = self.env["ir.actions.report"].with_user(user)
        content, _kind = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf("sajad_base.sajad_request_sheet", request.ids)
        pages = PdfReader(io.BytesIO(content)).pages
        words = [word for page in pages for word in page.extract_text().split()]
        return " ".join(words)

    def test_other_requesters(self):
        """Where nobody studies the sheet tells who asks, and of students once."""
        request = self._submit()
        self.assertNotIn(
            "Kind of Requester", self.get_text(request, self.experts["department"])
        )
        role = self.make_role("sheet_staff", level="organization")
        process = self.make_process("sheet_staff", {"a": {"role": role}}, **STAFF)
        self.make_cartables(process, self.organization, self.user_officer)
        partner = self.user_liaison.partner_id
        own = self.make_request(process, partner)
        text = self.get_text(own, self.user_officer)
        self.assertIn("Kind of Requester", text)
        self.assertIn(partner.name, text)

    def test_reason_and_steps(self):
        request = self._submit()
        text = self.get_text(request, self.experts["department"])
        for label in ("Reason for Clearance", "Graduation", "Student Says"):
            self.assertIn(label, text)
        for task in request.current_task_ids:
            self.assertIn(task.stage_id.name, text)
