from odoo.tests import HttpCase, tagged

from .common import SajadCommon


@tagged("post_install", "-at_install", "is_tour")
class TestWindowTours(SajadCommon, HttpCase):
    """The single window and my requests in the browser, in Persian (rows A8, A9)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        module = cls.env["ir.module.module"].search([("name", "=", "sajad_base")])
        module._update_translations(["fa_IR"])
        for user in cls.user_student | cls.user_officer:
            user.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.card = cls.make_process(
            "tour_card", {"card": {}}, name="صدور کارت دانشجویی", kind="education"
        )
        cls.loan = cls.make_process("tour_loan", {"loan": {}}, name="وام دانشجویی")
        cls.make_cartables(cls.card, cls.university, cls.user_officer)
        cls.env["sajad.process.guide"].create(
            [
                {
                    "process_id": cls.card.id,
                    "audience": audience,
                    "name": "صدور کارت",
                    "body": f"<p>{text}</p>",
                }
                for audience, text in (
                    ("student", "عکس خود را بیاورید"),
                    ("university", "کارت را چاپ کنید"),
                )
            ]
        )
        cls.env["sajad.process.attachment"].create(
            {"process_id": cls.card.id, "name": "گذرنامه"}
        )

    def test_visitor_applies(self):
        self.start_tour(
            "/services",
            "sajad_base_window_visitor",
            cookies={"frontend_lang": "fa_IR"},
        )
        self.env.invalidate_all()
        request = self.env["sajad.request"].search(
            [("student_id", "=", self.student.id)]
        )
        self.assertEqual(request.process_id, self.card)
        self.assertEqual(request._get_portal_files().name, "گذرنامه - scan.pdf")

    def test_my_requests(self):
        for process in self.card | self.loan:
            self.make_request(process)
        self.start_tour("/my/requests", "sajad_base_window_requests", login="t_student")

    def test_cancel(self):
        """The own request is cancelled, and an old page does not offer it again."""
        request = self.make_request(self.card)
        self.start_tour(
            f"/my/requests/{request.id}", "sajad_base_window_cancel", login="t_student"
        )
        self.assertEqual(request.state, "cancelled")

    def test_guide_of_the_staff(self):
        self.start_tour(
            "/odoo/sajad-boards", "sajad_base_window_guide", login="t_officer"
        )
