from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import STEPS, ClearanceCommon


@tagged("post_install", "-at_install", "is_tour")
class TestStory(ClearanceCommon, HttpCase):
    """The eleven steps in the browser, in Persian (rows B1, B2, A6)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        modules = cls.env["ir.module.module"].search(
            [("name", "in", ("sajad_base", "sajad_clearance"))]
        )
        modules._update_translations(["fa_IR"])
        people = cls.user_student | cls.user_supervisor | cls.user_organization
        for user in people.union(*cls.experts.values()):
            user.write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def tour(self, url, name, user):
        self.start_tour(url, name, login=user.login)
        self.env.invalidate_all()

    def get_request(self):
        return self.env["sajad.request"].search([("student_id", "=", self.student.id)])

    def assertState(self, request, code, state):
        self.assertEqual(self.task(request, code).state, state)

    def test_from_portal_to_done(self):
        self.tour("/my", "sajad_clearance_apply", self.user_student)
        request = self.get_request()
        self.assertEqual(request.state, "running")
        self.assertEqual(request.clearance_reason, "graduation")
        self.assertTrue(request.card_delivered)

        inbox = "/odoo/sajad-inbox"
        # the refusal that the tour provokes is told in the log
        with mute_logger("odoo.http"):
            self.tour(inbox, "sajad_clearance_department", self.experts["department"])
        self.assertState(request, "department", "done")

        khwarazmi = self.experts["khwarazmi"]
        self.tour(inbox, "sajad_clearance_library_visit", khwarazmi)
        self.assertState(request, "khwarazmi", "student")
        page = f"/my/requests/{request.id}"
        self.tour(page, "sajad_clearance_visit_seen", self.user_student)
        self.assertFalse(self._approve(request, "khwarazmi"))

        for code in ("shirazi", "sadra", "counselling"):
            self.assertFalse(self._approve(request, code))
        self.tour(inbox, "sajad_clearance_nutrition_return", self.experts["nutrition"])
        self.assertEqual(request.state, "returned")
        self.tour(page, "sajad_clearance_answer", self.user_student)
        self.assertEqual(request.state, "running")
        events = request.event_ids.filtered(lambda e: e.kind == "answered")
        self.assertEqual(events.reason, "کارت را تحویل دادم")

        for code, _role in STEPS[5:]:
            self.assertFalse(self._approve(request, code))
        self.assertEqual(request.state, "done")
        self.tour("/my/requests", "sajad_clearance_done", self.user_student)

    def test_department_board(self):
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        cartables = self.env["sajad.cartable"].search(
            [("process_id", "=", self.process.id)]
        )
        self.env["sajad.cartable.member"].create(
            [
                {
                    "cartable_id": cartable.id,
                    "user_id": self.user_supervisor.id,
                    "kind": "supervisor",
                }
                for cartable in cartables
            ]
        )
        self.tour(
            "/odoo/sajad-clearance-board",
            "sajad_clearance_board",
            self.user_supervisor,
        )

    def test_suspended_university_resumes(self):
        """A university without cartables: the request waits and goes on by itself."""
        self.other_student.write({"father_name": "Other", "national_id": False})
        request = self.make_request(
            self.process, self.other_student, clearance_reason="transfer"
        )
        self.assertEqual(request.state, "suspended")
        self.user_other_student.lang = "fa_IR"
        self.authenticate(self.user_other_student.login, self.user_other_student.login)
        page = self.url_open(f"/my/requests/{request.id}").text
        self.assertIn("o_sajad_step_suspended", page)
        expert = self.make_user("t_far_expert", "base.group_user")
        role = self.env.ref("sajad_clearance.sajad_role_department")
        self.make_cartable(
            role,
            self.process.with_user(self.user_organization),
            self.other_university,
            expert,
            faculty_id=self.other_faculty.id,
        )
        self.assertEqual(request.state, "running")
        page = self.url_open(f"/my/requests/{request.id}").text
        self.assertIn("o_sajad_step_ready", page)
