from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools.instalments import make_plan
from .common import STEPS, ClearanceCommon

# steps 3-8 and 11 of the source
VISITING = {code for code, _role in STEPS} - {"department", "dormitories", "welfare"}


@tagged("post_install", "-at_install")
class TestElevenSteps(ClearanceCommon):
    def test_shipped_flow_is_the_source(self):
        """Row B1: ten offices after the student's form, in the order of the source."""
        flow = self.process.published_flow_id
        steps = flow.step_ids
        self.assertEqual(
            [(s.stage_id.code, s.sequence) for s in steps],
            [(code, number) for number, (code, _role) in enumerate(STEPS, 2)],
        )
        for before, step in zip(steps, steps[1:], strict=False):
            self.assertEqual(step.predecessor_ids, before)
        self.assertEqual(
            set(steps.filtered("allow_visit").mapped("stage_id.code")), VISITING
        )
        self.assertTrue(all(steps.mapped("allow_return")))
        second = steps[-1]
        self.assertEqual(second.recheck_of_id.stage_id.code, "accounting")
        self.assertEqual(second.role_id, second.recheck_of_id.role_id)

    def test_reasons_of_the_source(self):
        """Row B5."""
        reasons = dict(self.env["sajad.request"]._fields["clearance_reason"].selection)
        self.assertEqual(
            list(reasons),
            [
                "graduation",
                "withdrawal",
                "expulsion",
                "non_registration",
                "transfer",
                "previous_documents",
            ],
        )

    def test_whole_way_by_every_office(self):
        """Row B1: each office decides in its own cartable, the last one ends it."""
        request = self._submit()
        for code, role in STEPS:
            self.assertEqual(request.state, "running")
            ready = request.task_ids.filtered(lambda t: t.state == "ready")
            self.assertEqual(ready.stage_id.code, code)
            self.assertEqual(ready.cartable_id.member_ids.user_id, self.experts[role])
            form = {"form_checked": True, "card_received": True}
            self.assertFalse(
                self._approve(request, code, **(form if code == "department" else {}))
            )
        self.assertEqual(request.state, "done")
        approvals = request.event_ids.filtered(lambda e: e.kind == "approved")
        self.assertEqual(
            [(e.stage_id.code, e.user_id) for e in approvals],
            [(code, self.experts[role]) for code, role in STEPS],
        )

    def test_offices_do_not_decide_for_each_other(self):
        """Row B1: an expert neither sees nor decides the work of another office."""
        request = self._submit()
        work = self._get_work(request, "department")
        for role in ("khwarazmi", "welfare"):
            foreign = work.with_user(self.experts[role])
            with self.assertRaises(AccessError):
                foreign.env["sajad.engine"]._decide(foreign, "approved")
        self.assertEqual(work.state, "ready")

    def test_card_holds_step_two(self):
        """Row B2: without the student card recorded, step 2 does not pass."""
        request = self._submit()
        self.assertIn("card", self._approve(request, "department"))
        self.assertIn("card", self._approve(request, "department", form_checked=True))
        form = {"form_checked": False, "card_received": True}
        self.assertIn("form", self._approve(request, "department", **form))
        self.assertEqual(self._get_work(request, "department").state, "ready")
        problem = self._approve(
            request, "department", form_checked=True, card_received=True
        )
        self.assertFalse(problem)
        self.assertEqual(self._get_work(request, "khwarazmi").state, "ready")

    def test_visit_keeps_the_work(self):
        """Row B2: the student is told where, when and why; the work stays."""
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        task = self._get_work(request, "khwarazmi")
        engine = task.env["sajad.engine"]
        self.assertFalse(
            engine._require_visit(task, "Ground floor", "8-12", "Bring the book.")
        )
        self.assertEqual((task.state, task.student_wait), ("student", "visit"))
        self.assertEqual(request.state, "running")
        self.assertIn("visit", request.event_ids.mapped("kind"))
        entry = next(
            e for e in request._get_portal_timeline() if e["state"] == "student"
        )
        self.assertEqual(
            entry["visit"],
            {"place": "Ground floor", "time": "8-12", "reason": "Bring the book."},
        )
        notice = self.env["sajad.notice"].search(
            [("request_id", "=", request.id), ("kind", "=", "visit")]
        )
        self.assertEqual(notice.partner_id, self.student.partner_id)
        self.assertFalse(self._approve(request, "khwarazmi"))
        self.assertEqual(self._get_work(request, "shirazi").state, "ready")

    def test_visit_only_where_the_source_has_it(self):
        """Row B2: the department, the dormitories and welfare require no visit."""
        request = self._submit()
        for code, _role in STEPS:
            self._try_visit_and_approve(request, code)

    def _try_visit_and_approve(self, request, code):
        task = self._get_work(request, code)
        engine = task.env["sajad.engine"]
        problems = engine._require_visit(task, "Here", "8-12", "Why")
        self.assertEqual(task in problems, code not in VISITING, code)
        form = {"form_checked": True, "card_received": True}
        self.assertFalse(
            self._approve(request, code, **(form if code == "department" else {}))
        )

    def test_dormitory_debt_holds(self):
        """Row B1, step 9: a debt that is not settled names its amount and holds."""
        request = self._submit()
        self._approve_until(request, "dormitories")
        hold = self._make_hold("dormitories", amount=12500000)
        self.assertIn("12,500,000", self._approve(request, "dormitories"))
        self.assertEqual(request.state, "running")
        hold._settle("receipt 1")
        self.assertFalse(self._approve(request, "dormitories"))

    def test_marks_within_marks(self):
        """What an office wrote with quotation marks is quoted with the inner ones."""
        request = self._submit()
        self._approve_until(request, "dormitories")
        hold = self._make_hold("dormitories", amount=1000, description="خوابگاه «مهر»")
        sentence = self._approve(request, "dormitories")
        self.assertIn("خوابگاه ‹مهر›", sentence)
        self.assertNotIn("«مهر»", sentence)
        hold._settle("receipt 1")
        with self.assertRaisesRegex(UserError, "خوابگاه ‹مهر›"):
            hold._check_state("open")

    def test_welfare_debt_in_instalments(self):
        """Row B1, step 10: a plan with a beginning and an end lets the student pass."""
        request = self._submit()
        self._approve_until(request, "welfare")
        hold = self._make_hold("welfare", amount=48000000)
        self.assertIn("48,000,000", self._approve(request, "welfare"))
        hold._plan(make_plan(48000000, 12, date(2026, 12, 22)))
        self.assertFalse(self._approve(request, "welfare"))
        self.assertEqual(request._get_conditional_holds()[request], hold)
        entry = next(
            e for e in request._get_portal_timeline() if e["stage"] == "Welfare Office"
        )
        self.assertIn("48,000,000", entry["conditions"][0])
        self.assertFalse(self._approve(request, "accounting_second"))
        [kept] = request.certificate_ids.snapshot["conditions"]
        self.assertEqual((kept["state"], kept["amount"]), ("planned", 48000000))

    def test_dormitories_leave_their_statement(self):
        """Row B1, step 9: debt or not, how much, and the room; nothing passes empty."""
        request = self._submit()
        self._approve_until(request, "dormitories")
        refused = (
            ({"debt": False}, "owes anything"),
            ({"debt": "no"}, "room was handed over"),
            ({"debt": "no", "room": "kept"}, "room was handed over"),
            ({"debt": "yes", "room": "none"}, "write the amount"),
            ({"debt": "yes", "debt_amount": -5, "room": "none"}, "write the amount"),
            # nobody could pay what stands in the form alone
            ({"debt": "yes", "debt_amount": 5, "room": "none"}, "as a hold"),
        )
        for form, problem in refused:
            with self.subTest(form):
                self.assertIn(problem, self._approve(request, "dormitories", **form))
        form = {"debt": "no", "room": "none"}
        self.assertFalse(self._approve(request, "dormitories", **form))
        work = self._get_work(request, "dormitories")
        kept = work.with_context(property_selection_get_key=True).properties
        self.assertEqual((kept["debt"], kept["room"]), ("no", "none"))

    def test_welfare_leaves_its_statement(self):
        """Row B1, step 10: debt, instalments from and to, number and date of a form."""
        request = self._submit()
        self._approve_until(request, "welfare")
        number = {"form_number": "12", "form_date": "2026-11-22"}
        days = {"instalments_from": "2026-12-22", "instalments_to": "2027-11-22"}
        owed = {"debt": "yes", "debt_amount": 48000000, **number}
        self._check_welfare(
            request,
            ({"debt": "no"}, "number of the clearance form"),
            ({"debt": "no", "form_number": "12"}, "date of the clearance form"),
            ({"debt": "yes", **number}, "write the amount"),
            (owed, "as a hold"),
        )
        hold = self._make_hold("welfare", amount=48000000)
        hold._plan(make_plan(48000000, 12, date(2026, 12, 22)))
        self._check_welfare(
            request,
            ({"debt": "no", **number}, "nothing is owed"),
            (owed, "paid in instalments"),
            ({**owed, "instalments_from": "2026-12-22"}, "Write both"),
            ({**owed, **days, "instalments_to": "2026-11-22"}, "end before"),
        )
        self.assertFalse(self._approve(request, "welfare", **owed, **days))

    def _check_welfare(self, request, *refused):
        for form, problem in refused:
            with self.subTest(form):
                # a form is written whole: what it does not say is empty
                empty = dict.fromkeys(("instalments_from", "instalments_to"), False)
                self.assertIn(
                    problem, self._approve(request, "welfare", **{**empty, **form})
                )

    def test_no_office_with_a_form_passes_by_itself(self):
        """Row B7: what an office has to state in writing, nobody states for it."""
        for code in ("dormitories", "welfare"):
            self._get_office(code).auto_clear = True
        request = self._submit()
        self._approve_until(request, "dormitories")
        self.assertEqual(self._get_work(request, "dormitories").state, "ready")
        self.assertFalse(self._approve(request, "dormitories"))
        self.assertEqual(self._get_work(request, "welfare").state, "ready")

    def test_student_reads_what_is_still_to_do(self):
        """The card to hand in, debts to pay, things to return: where and until when."""
        request = self._submit()
        office = self._get_office("khwarazmi")
        office.cartable_ids.write({"visit_place": "Hall 2", "visit_hours": "8-12"})
        self._make_hold("khwarazmi", kind="item", amount=0, description="A book")
        self._make_hold("welfare", amount=700000, description="Loan")
        self._make_hold("nutrition", kind="discipline", amount=0, description="Secret")
        action = request._get_next_action()
        self.assertIn("still have to", action["text"])
        duties = {duty["text"]: duty for duty in action["duties"]}
        self.assertEqual(len(duties), 3)
        self.assertIn("Hand in your student card", duties)
        book = duties["Return: A book"]
        self.assertEqual((book["place"], book["hours"]), ("Hall 2", "8-12"))
        [loan] = [text for text in duties if text.startswith("Pay 700,000")]
        self.assertIn("/my/holds/", duties[loan]["url"])
        # nobody takes the card where nobody is in charge
        cartable = self.task(request, "department").cartable_id
        cartable.member_ids.unlink()
        self.assertEqual(request.state, "suspended")
        self.assertNotIn("Hand in", str(request._get_next_action()["duties"]))
        self.env["sajad.cartable.member"].create(
            {
                "cartable_id": cartable.id,
                "user_id": self.experts[dict(STEPS)["department"]].id,
            }
        )
        self.assertIn("Hand in", str(request._get_next_action()["duties"]))
        self._approve_until(request, "khwarazmi")
        texts = [duty["text"] for duty in request._get_duties()]
        self.assertNotIn("Hand in your student card", texts)

    def test_a_late_instalment_is_still_to_do(self):
        """No office waits for it, and nobody tells its student that nothing is left."""
        request = self._submit()
        hold = self._make_hold("welfare", amount=900000, description="Loan")
        day = get_country_today()
        hold._plan([(day, 400000), (day + timedelta(days=30), 500000)])
        self.assertNotIn("Loan", str(request._get_duties()))
        with freeze_time(day + timedelta(days=1)):
            [late] = [d for d in request._get_duties() if "Loan" in d["text"]]
        self.assertIn("late instalment of 400,000", late["text"])
        self.assertEqual(late["until"], day)

    def test_accounting_looks_twice(self):
        """Row B1, step 11: the second round is work of its own in one cartable."""
        request = self._submit()
        self._approve_until(request, "accounting_second")
        first = self._get_work(request, "accounting")
        second = self._get_work(request, "accounting_second")
        self.assertEqual((first.state, second.state), ("done", "ready"))
        self.assertEqual(first.cartable_id, second.cartable_id)
        self.assertEqual(request.state, "running")
        self.assertFalse(self._approve(request, "accounting_second"))
        self.assertEqual(request.state, "done")
