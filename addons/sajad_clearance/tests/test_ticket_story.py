from odoo.tests import HttpCase, tagged

from .ticket_common import TicketCommon


@tagged("post_install", "-at_install", "is_tour")
class TestTicketStory(TicketCommon, HttpCase):
    """The ticket process in the browser, in Persian (row B3)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
        modules._update_translations(["fa_IR"])
        people = cls.user_student.union(*cls.experts.values(), *cls.colleagues.values())
        people.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        # the heads of the source do not pick somebody with nearly the same name
        cls.colleagues["student_expert"].name = "t_other"

    def tour(self, name, user, url="/odoo/sajad-inbox"):
        self.start_tour(url, f"sajad_clearance_ticket_{name}", login=user.login)
        self.env.invalidate_all()

    def test_from_the_head_to_the_faculty(self):
        experts = self.experts
        colleague = self.colleagues["education_expert"]
        request = self._submit()
        self.tour("education_head", experts["education_head"])
        self.assertEqual(self.task(request, "education_expert").user_id, colleague)
        self.tour("give_back", colleague)
        self.assertStates(request, education_head="ready", education_expert="waiting")

        other = self.make_request(
            self.process, self.make_student("9001", self.university)
        )
        self.tour(
            "assign_many", experts["education_head"], "/odoo/sajad-inbox?view_type=list"
        )
        assigned = [self.task(r, "education_expert").user_id for r in (request, other)]
        self.assertEqual(set(assigned), {experts["education_expert"], colleague})
        self.tour("expert", assigned[0])
        self.tour("student_head", experts["student_head"])
        work = self._get_work(request, "student_expert")
        self.assertEqual(work.user_id, experts["student_expert"])
        self._decide_until(request, "secretariat")
        self.tour("secretariat", experts["secretariat"])
        self.assertRegex(request.registration_number, "/0001$")

        self._decide_until(request, "welfare")
        self.tour("welfare", experts["welfare"])
        self.assertEqual(request.state, "done")
        self.tour("faculty", experts["faculty"])
        self.assertEqual(self.task(request, "faculty").outcome, "seen")
        self.check_portal(request)

    def check_portal(self, request):
        """The student reads the number, in the digits of the page."""
        self.authenticate(self.user_student.login, self.user_student.login)
        page = self.url_open(f"/my/requests/{request.id}").text
        self.assertIn("sajad_request_registration", page)
        self.assertIn(request.registration_number, page)
        found = self.url_open("/my/requests?search=%DB%B0%DB%B0%DB%B0%DB%B1").text
        self.assertIn(f"/my/requests/{request.id}", found)
