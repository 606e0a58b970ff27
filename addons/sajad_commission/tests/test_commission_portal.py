from lxml import html

from odoo import fields, http
from odoo.tests import HttpCase, tagged

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestCommissionPortal(CommissionCommon, HttpCase):
    """The letter and the appeal in the portal (row A7)."""

    def decide(self, decision="rejected"):
        request = self.apply()
        self.bring_to_session(request)
        session = self.hold()
        session.item_ids.write({"decision": decision, "decision_text": "So be it."})
        session.action_close()
        return request, session

    def test_letter_is_the_students_own(self):
        request, session = self.decide("accepted")
        url = f"/my/requests/{request.id}/letters/{session.item_ids.id}"
        self.authenticate("t_student", "t_student")
        page = self.url_open(f"/my/requests/{request.id}")
        self.assertIn("So be it.", page.text)
        letter = self.url_open(url)
        self.assertEqual(letter.headers["Content-Type"], "application/pdf")
        self.assertIn("letter-", letter.headers["Content-Disposition"])
        self.authenticate("t_other_student", "t_other_student")
        answer = self.url_open(url)
        self.assertNotIn("pdf", answer.headers["Content-Type"])

    def test_appeal_by_form(self):
        request, _session = self.decide()
        self.authenticate("t_student", "t_student")
        page = self.url_open(f"/my/requests/{request.id}")
        self.assertIn('name="appeal_text"', page.text)
        data = {
            "appeal_text": "The transcript was not seen.",
            "submit_token": "8f6d1c52-3a55-4c0e-9d92-0c3a8ad1f001",
            "csrf_token": http.Request.csrf_token(self),
        }
        url = f"/my/requests/{request.id}/appeal"
        self.url_open(url, data=data)
        self.url_open(url, data=data)
        appeal = self.env["sajad.request"].search([("appeal_of_id", "=", request.id)])
        self.assertEqual(len(appeal), 1)
        self.assertEqual(appeal.note, "The transcript was not seen.")
        # each leads to the other, and who works on it reads the decision
        for shown, other in ((request, appeal), (appeal, request)):
            page = html.fromstring(self.url_open(f"/my/requests/{shown.id}").text)
            (link,) = page.xpath("//div[@id='sajad_appeal_links']/a")
            self.assertEqual(link.get("href"), other.access_url)
        decision = self.task(appeal, "international", self.user_office)
        self.assertIn("Rejected\nSo be it.", decision.appealed_decision)
        self.assertFalse(self.task(request, "vice").appealed_decision)

    def test_reports(self):
        _request, session = self.decide("conditional")
        Report = self.env["ir.actions.report"].with_user(self.user_secretary)
        for name, record in (
            ("sajad_commission.sajad_commission_minutes", session),
            ("sajad_commission.sajad_commission_letter", session.item_ids),
        ):
            html = Report._render_qweb_html(name, record.ids)[0].decode()
            self.assertIn("t_student", html, name)
            self.assertIn("So be it.", html, name)
            forced = Report.with_context(force_report_rendering=True)
            pdf = forced._render_qweb_pdf(name, record.ids)[0]
            self.assertTrue(pdf.startswith(b"%PDF"), name)


@tagged("post_install", "-at_install", "is_tour")
class TestCommissionTour(CommissionCommon, HttpCase):
    """A sitting of the commission and an appeal in the browser, in Persian (row A7)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env["ir.module.module"].search(
            [("name", "in", ("sajad_base", "sajad_commission"))]
        )._update_translations(["fa_IR"])
        user = cls.make_user("t_international_0", "base.group_portal")
        second = cls.make_student("900", cls.university, user)
        second.is_international = True
        for person in user | cls.user_student | cls.user_secretary:
            person.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.requests = [cls.apply(cls, cls.student), cls.apply(cls, second)]

    def test_sitting_and_appeal(self):
        for request in self.requests:
            self.bring_to_session(request)
        cartable = self.env["sajad.cartable"].search(
            [
                ("process_id", "=", self.process.id),
                ("role_id.is_commission", "=", True),
            ]
        )
        session = (
            self.env["sajad.commission.session"]
            .with_user(self.user_secretary)
            .create(
                {
                    "date": fields.Datetime.now(),
                    "cartable_id": cartable.id,
                    "attendee_ids": [fields.Command.create({"name": "Test Member"})],
                }
            )
        )
        self.start_tour(
            f"/odoo/sajad-commission/{session.id}",
            "sajad_commission_sitting",
            login="t_secretary",
        )
        self.env.invalidate_all()
        self.assertEqual(
            [request.state for request in self.requests], ["done", "refused"]
        )
        self.start_tour(
            f"/my/requests/{self.requests[1].id}",
            "sajad_commission_appeal",
            login="t_international_0",
        )
        appeal = self.env["sajad.request"].search(
            [("appeal_of_id", "=", self.requests[1].id)]
        )
        self.assertEqual(appeal.state, "running")

    def test_sitting_on_a_phone(self):
        self.bring_to_session(self.requests[0])
        session = self.hold()
        self.browser_size, self.touch_enabled = "390x844", True
        self.start_tour(
            f"/odoo/sajad-commission/{session.id}",
            "sajad_commission_sitting_phone",
            login="t_secretary",
        )
