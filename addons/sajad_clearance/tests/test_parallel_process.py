from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.common import OFFICER, SajadCommon
from odoo.addons.sajad_base.tools.clock import get_country_today

from ..demo.scenario_parallel import copy_members
from .common import STEPS, get_office_form

OFFICES = [code for code, _role in STEPS[:-1]]


@tagged("post_install", "-at_install")
class TestParallelProcess(SajadCommon):
    """All offices at once, accounting's second round last (row B10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.env.ref("sajad_clearance.sajad_process_clearance_parallel")
        cls.process.university_ids = cls.university
        cls.experts = {}
        for code in OFFICES:
            role = cls.env.ref(f"sajad_clearance.sajad_role_{code}")
            user = cls.make_user(f"t_{code}", OFFICER)
            faculty = cls.faculty if role.level == "faculty" else cls.faculty.browse()
            cls.make_cartable(
                role, cls.process, cls.university, user, faculty_id=faculty.id
            )
            cls.experts[code] = user
        cls.experts["accounting_second"] = cls.experts["accounting"]

    def decide(self, request, code):
        task = self.task(request, code, self.experts[code])
        form = get_office_form(task)
        if form:
            task.properties = form
        task.action_approve()

    def ready(self, request):
        tasks = request.task_ids.filtered(lambda t: t.state == "ready")
        return sorted(tasks.stage_id.mapped("code"))

    def test_shipped_flow(self):
        steps = self.process.published_flow_id.step_ids
        by_code = {step.stage_id.code: step for step in steps}
        self.assertEqual(list(by_code), [*OFFICES, "accounting_second"])
        second = by_code["accounting_second"]
        self.assertFalse((steps - second).predecessor_ids)
        self.assertEqual(second.predecessor_ids, steps - second)
        self.assertEqual(second.recheck_of_id, by_code["accounting"])
        roles = {
            code: self.env.ref(f"sajad_clearance.sajad_role_{role}")
            for code, role in STEPS
        }
        self.assertEqual({c: s.role_id for c, s in by_code.items()}, roles)
        # the offices fill in what they fill in when they come one after the other
        eleven = self.env.ref("sajad_clearance.sajad_process_clearance_eleven")
        for step in eleven.published_flow_id.step_ids:
            self.assertEqual(
                by_code[step.stage_id.code].task_properties_definition,
                step.task_properties_definition,
            )
            self.assertEqual(
                by_code[step.stage_id.code].check_ids.mapped("domain"),
                step.check_ids.mapped("domain"),
            )

    def test_two_waits_instead_of_ten(self):
        request = self.make_request(self.process)
        self.assertEqual(self.ready(request), sorted(OFFICES))
        # in whatever order the offices decide
        for code in reversed(OFFICES):
            self.assertNotIn("accounting_second", self.ready(request))
            self.decide(request, code)
        self.assertEqual(self.ready(request), ["accounting_second"])
        self.decide(request, "accounting_second")
        self.assertEqual(request.state, "done")

    def test_department_needs_the_card(self):
        request = self.make_request(self.process)
        task = self.task(request, "department", self.experts["department"])
        problems = task.env["sajad.engine"]._decide(task, "approved")
        self.assertIn("card", problems[task])

    def test_one_office_holds_only_the_end(self):
        """A visit at one office leaves the others working."""
        request = self.make_request(self.process)
        task = self.task(request, "khwarazmi", self.experts["khwarazmi"])
        task.env["sajad.engine"]._require_visit(task, "Hall", "8-12", "A book")
        for code in OFFICES:
            if code != "khwarazmi":
                self.decide(request, code)
        self.assertEqual(self.ready(request), [])
        self.assertEqual(request.state, "running")
        self.decide(request, "khwarazmi")
        self.assertEqual(self.ready(request), ["accounting_second"])

    def test_second_round_sends_back_to_one_office(self):
        request = self.make_request(self.process)
        for code in OFFICES:
            self.decide(request, code)
        task = self.task(request, "accounting_second", self.experts["accounting"])
        step = self.task(request, "welfare").step_id
        task.env["sajad.engine"]._send_back(task, step, "A loan is open.")
        self.assertEqual(self.ready(request), ["welfare"])
        self.assertStates(request, accounting="done", accounting_second="waiting")
        self.decide(request, "welfare")
        self.assertEqual(self.ready(request), ["accounting_second"])

    def test_demo_has_the_same_people(self):
        """Who stands in for an office has its work of both processes."""
        user = self.experts["accounting"]
        cartable = (
            self.env["sajad.cartable.member"]
            .search([("user_id", "=", user.id)])
            .cartable_id
        )
        other = self.make_user("t_stand_in", OFFICER)
        today = get_country_today()
        cartable.member_ids = [
            Command.create(
                {
                    "user_id": other.id,
                    "kind": "substitute",
                    "on_behalf_of_id": user.id,
                    "date_from": today,
                    "date_to": today + timedelta(days=1),
                }
            ),
            Command.create({"user_id": self.env.uid, "kind": "supervisor"}),
        ]
        people = [command[2] for command in copy_members(cartable)]
        kinds = {vals["kind"]: vals for vals in people}
        self.assertEqual(set(kinds), {"owner", "substitute", "supervisor"})
        self.assertEqual(kinds["substitute"]["on_behalf_of_id"], user.id)
        self.assertEqual(kinds["substitute"]["date_to"], today + timedelta(days=1))
