from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools.certificate_paper import CertificatePaper
from .ticket_common import FORMS, HEADS, TICKET_STEPS, TicketCommon


@tagged("post_install", "-at_install")
class TestTicket(TicketCommon):
    """The process of the ticketing guide (row B3)."""

    def test_shipped_flow_is_the_source(self):
        flow = self.process.published_flow_id
        steps = flow.step_ids
        self.assertEqual(
            [(s.stage_id.code, s.sequence) for s in steps],
            [(code, number) for number, (code, _role) in enumerate(TICKET_STEPS, 1)],
        )
        for before, step in zip(steps, steps[1:], strict=False):
            self.assertEqual(step.predecessor_ids, before)
        self.assertEqual(
            steps.filtered(lambda s: s.mode == "assign").mapped("stage_id.code"),
            list(HEADS),
        )
        self.assertEqual(
            steps.filtered("numbering").mapped("stage_id.code"), ["secretariat"]
        )
        self.assertEqual(steps.filtered("condition").stage_id.code, "it")
        self.assertEqual(steps[-1].mode, "information")
        self.assertEqual(
            steps.filtered(lambda s: s.role_id.level == "faculty").mapped(
                "stage_id.code"
            ),
            ["cultural_deputy", "faculty"],
        )
        self.assertTrue(all(steps.mapped("guide")))
        self.assertTrue(all(s.time_limit for s in steps[:-1]))

    def test_offered_only_where_chosen(self):
        process = self.process
        self.assertTrue(process.only_chosen)
        self.assertTrue(process._is_offered_at(self.university))
        self.assertFalse(process._is_offered_at(self.other_university))
        process.university_ids = False
        self.assertFalse(process._is_offered_at(self.university))

    def walk(self, request, codes):
        """Follow a request office by office; each alone has it."""
        for code in codes:
            self.assertEqual(request.state, "running", code)
            ready = request.task_ids.filtered(lambda t: t.state == "ready")
            self.assertEqual(ready.stage_id.code, code)
            self.assertEqual(ready.cartable_id, self.cartables[code])
            if code in HEADS.values():
                self.assertEqual(ready.user_id, self.experts[code])
            self.assertEqual(
                bool(request.registration_number),
                self.is_after(code, "secretariat"),
                code,
            )
            self.assertFalse(self._decide(request, code), code)
            self.env.invalidate_all()

    def is_after(self, code, other):
        codes = [step for step, _role in TICKET_STEPS]
        return codes.index(code) > codes.index(other)

    def test_whole_way_with_dormitory(self):
        self.student.has_dormitory = True
        request = self._submit()
        self.walk(request, [code for code, _role in TICKET_STEPS[:-1]])
        self.check_end(request)
        self.assertEqual(self.task(request, "it").state, "done")

    def test_whole_way_without_dormitory(self):
        self.student.has_dormitory = False
        request = self._submit()
        self.walk(request, [c for c, _role in TICKET_STEPS[:-1] if c != "it"])
        self.check_end(request)
        self.assertEqual(self.task(request, "it").state, "skipped")
        self.assertIn("skipped", request.event_ids.mapped("kind"))

    def check_end(self, request):
        """The request is done with welfare's approval; the faculty is informed."""
        self.assertEqual(request.state, "done")
        self.assertFalse(request.open_key)
        task = self._get_work(request, "faculty")
        self.assertEqual(task.state, "ready")
        task.action_approve()
        self.assertEqual((task.state, task.outcome), ("done", "seen"))
        self.assertEqual(request.event_ids.mapped("kind").count("done"), 1)
        # having seen it is taken back without opening the request
        task.action_undo()
        self.assertEqual((task.state, request.state), ("ready", "done"))
        task.action_approve()
        self.assertEqual(request.event_ids.mapped("kind").count("done"), 1)

    def test_faculty_without_cartable_holds_nobody_up(self):
        self.cartables["faculty"].active = False
        request = self._submit()
        self._decide_until(request, "faculty")
        self.assertEqual(request.state, "done")
        self.assertEqual(self.task(request, "faculty").state, "suspended")
        notices = self.env["sajad.notice"].search([("request_id", "=", request.id)])
        self.assertNotIn("suspended", notices.mapped("kind"))
        # the university is asked for the cartable all the same
        gap = notices.filtered(lambda n: n.kind == "gap")
        self.assertEqual(gap.partner_id, self.user_liaison.partner_id)
        self.cartables["faculty"].active = True
        self.assertEqual(self.task(request, "faculty").state, "ready")

    def test_incomplete_request_returns_to_the_student(self):
        """The expert returns it, the student completes it, the same expert goes on."""
        request = self._submit()
        colleague = self.colleagues["education_expert"]
        self._decide(request, "education_head", colleague)
        task = self.task(request, "education_expert", colleague)
        with self.assertRaisesRegex(UserError, "complete"):
            task.action_approve()
        dialog = task.env["sajad.task.decide"].with_context(
            default_task_ids=task.ids, default_decision="return_student"
        )
        form = Form(dialog)
        form.reason = "The birth certificate is missing."
        form.save().action_apply()
        self.assertEqual(request.state, "returned")
        self.assertEqual(request._get_next_action()["kind"], "answer")
        self.assertIn("certificate", request._get_next_action()["text"])
        request._portal_answer("Attached.")
        self.assertEqual((task.state, task.user_id), ("ready", colleague))
        self.assertEqual(task.round, 1)
        task.properties = FORMS["education_expert"]
        task.action_approve()
        self.assertEqual(self._get_work(request, "student_head").state, "ready")

    def test_expert_gives_back_and_head_assigns_another(self):
        request = self._submit()
        self._decide(request, "education_head")
        task = self._get_work(request, "education_expert")
        self.assertFalse(task.env["sajad.engine"]._give_back(task, "Not my field."))
        head = self._get_work(request, "education_head")
        self.assertEqual((head.state, head.round), ("ready", 2))
        colleague = self.colleagues["education_expert"]
        self.assertFalse(self._decide(request, "education_head", colleague))
        work = self.task(request, "education_expert", colleague)
        self.assertEqual(work.user_id, colleague)

    def test_heads_pick_only_their_own_experts(self):
        request = self._submit()
        problem = self._decide(
            request, "education_head", self.experts["student_expert"]
        )
        self.assertIn("does not decide", problem)
        with (
            mute_logger("odoo.addons.base.models.ir_rule"),
            self.assertRaises(AccessError),
        ):
            task = self.task(request, "education_head", self.experts["student_head"])
            task.action_assign()

    def test_many_at_once(self):
        requests = self._submit()
        for number in ("5001", "5002"):
            student = self.make_student(number, self.university)
            requests |= self.make_request(self.process, student)
        head = self.experts["education_head"]
        tasks = self.env["sajad.task"].union(
            *(self.task(request, "education_head") for request in requests)
        )
        action = tasks.with_user(head).action_assign()
        wizard = self.env[action["res_model"]].with_user(head).browse(action["res_id"])
        wizard.action_apply()
        works = requests.task_ids.filtered(
            lambda t: t.stage_id.code == "education_expert"
        )
        self.assertEqual(set(works.mapped("state")), {"ready"})
        experts = self.experts["education_expert"]
        self.assertEqual(works.user_id, experts | self.colleagues["education_expert"])

    def test_welfare_records_the_form(self):
        request = self._submit()
        self._decide_until(request, "welfare")
        work = self._get_work(request, "welfare")
        with self.assertRaisesRegex(UserError, "owes anything"):
            work.action_approve()
        work.properties = {"debt": "no"}
        with self.assertRaisesRegex(UserError, "number of the clearance form"):
            work.action_approve()
        self.assertFalse(self._decide(request, "welfare"))

    def test_dormitory_states_what_is_owed(self):
        """Its boxes are required here as in the eleven steps."""
        request = self._submit()
        self._decide_until(request, "dormitory")
        work = self._get_work(request, "dormitory")
        with self.assertRaisesRegex(UserError, "owes anything"):
            work.action_approve()
        work.properties = {"debt": "no"}
        with self.assertRaisesRegex(UserError, "room was handed over"):
            work.action_approve()
        self.assertFalse(self._decide(request, "dormitory"))

    def test_certificate_names_offices_that_cleared(self):
        """Row B8: who is only informed cleared nobody; the register number stands."""
        request = self._submit()
        self._decide_until(request, "faculty")
        self.assertEqual(request.state, "done")
        certificate = request.certificate_ids
        paper = CertificatePaper(certificate).get_values()
        stages = [line["stage"] for line in paper["signatures"]]
        self.assertNotIn("Faculty, for Information", stages)
        self.assertIn("Welfare Office", stages)
        self.assertEqual(paper["registration"], request.registration_number)

    def test_number_is_seen_and_kept(self):
        request = self._submit()
        self._decide_until(request, "discipline")
        number = request.registration_number
        self.assertRegex(number, r"^14\d\d/\d{4}$")
        task = self._get_work(request, "secretariat")
        self.assertEqual(task.registration_number, number)
        task.action_undo()
        task.action_approve()
        self.assertEqual(request.registration_number, number)

    def test_student_has_one_clearance_of_any_kind(self):
        eleven = self.env.ref("sajad_clearance.sajad_process_clearance_eleven")
        parallel = self.env.ref("sajad_clearance.sajad_process_clearance_parallel")
        (eleven | parallel).university_ids = self.university
        request = self._submit()
        for process in eleven | parallel:
            with self.subTest(process.code), self.assertRaises(UserError):
                request._portal_submit(
                    process,
                    self.student.with_env(request.env),
                    {"clearance_reason": "transfer"},
                    f"token-{process.code}",
                )

    def test_timeline_of_the_student(self):
        """Offices, not persons; nothing of who assigned whom."""
        request = self._submit()
        self._decide_until(request, "student_head")
        timeline = request._get_portal_timeline()
        self.assertEqual(
            [entry["stage"] for entry in timeline],
            self.process.stage_ids.mapped("name"),
        )
        self.assertEqual(timeline[0]["outcome"], "assigned")
        self.assertNotIn("t_education", str(timeline))
        visible = request.event_ids.filtered("visible_to_student")
        self.assertNotIn("assigned", visible.mapped("kind"))
