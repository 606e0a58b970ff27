import re
import uuid

from lxml import html

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common import ClearanceCommon

URL = "/my/services/clearance_eleven/apply"


@tagged("post_install", "-at_install")
class TestPortalClearance(ClearanceCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")

    def _post(self, **values):
        return self.url_open(
            URL,
            data={
                "csrf_token": Request.csrf_token(self),
                "submit_token": str(uuid.uuid4()),
                **values,
            },
        )

    def _get_requests(self):
        return self.env["sajad.request"].search([("student_id", "=", self.student.id)])

    def test_form_is_prefilled(self):
        """Row B4: the identity is read from the record, shown and not asked."""
        page = html.fromstring(self.url_open(URL).text)
        section = page.xpath("//section[@aria-labelledby='clearance_identity']")[0]
        text = re.sub(r"\s+", " ", section.text_content())
        for shown in ("1001", "t_student", "Test Father", "9990000001"):
            self.assertIn(shown, text)
        names = {node.get("name") for node in page.xpath("//form//input")}
        self.assertNotIn("national_id", names)
        reasons = page.xpath("//input[@name='clearance_reason']/@value")
        self.assertEqual(len(reasons), 6)

    def test_reason_is_required(self):
        """Rows B5, B9: without a reason nothing is submitted and nothing is lost."""
        response = self._post(card_delivered="yes", note="Please hurry.")
        self.assertFalse(self._get_requests())
        page = html.fromstring(response.text)
        feedback = page.xpath("//fieldset[@id='clearance_reason']")[0]
        self.assertIn("Choose the reason.", feedback.text_content())
        self.assertTrue(page.xpath("//input[@id='card_delivered_yes'][@checked]"))
        self.assertIn("Please hurry.", page.xpath("//textarea[@name='note']")[0].text)

    def test_unknown_values_are_refused(self):
        """Row B9: what the form does not offer is not taken."""
        for reason, card in (("because", "yes"), ("graduation", "maybe")):
            response = self._post(clearance_reason=reason, card_delivered=card)
            self.assertEqual(response.status_code, 200)
            self.assertFalse(self._get_requests())

    def test_submit(self):
        """Row B1, step 1: the reason is chosen and the department has the request."""
        response = self._post(
            clearance_reason="previous_documents",
            card_delivered="no",
            note="For my diploma.",
            state="done",
        )
        request = self._get_requests()
        self.assertIn(f"/my/requests/{request.id}", response.url)
        details = html.fromstring(response.text).get_element_by_id(
            "sajad_request_details"
        )
        self.assertIn("To receive previous-degree", details.text_content())
        self.assertEqual(request.clearance_reason, "previous_documents")
        self.assertFalse(request.card_delivered)
        self.assertEqual((request.state, request.note), ("running", "For my diploma."))
        ready = request.task_ids.filtered(lambda t: t.state == "ready")
        self.assertEqual(ready.stage_id.code, "department")
        self.assertEqual(ready.user_id, self.env["res.users"])

    def test_second_open_clearance(self):
        """Row B9: one open clearance at a time."""
        values = {"clearance_reason": "graduation", "card_delivered": "yes"}
        self._post(**values)
        self._post(**values)
        self.assertEqual(len(self._get_requests()), 1)
