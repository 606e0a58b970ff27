from odoo.tests import tagged

from .common import STEPS, ClearanceCommon


@tagged("post_install", "-at_install")
class TestHoldAuto(ClearanceCommon):
    """Offices that hold nothing let students pass by themselves (row B7)."""

    def _wish(self, *codes, **values):
        for code in codes:
            self._get_office(code).write(values or {"auto_clear": True})

    def _states(self, request, *codes):
        self.env.invalidate_all()
        return [self.task(request, code).state for code in codes]

    def test_passes_without_holds(self):
        self._wish("khwarazmi", "shirazi")
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        self.assertEqual(
            self._states(request, "khwarazmi", "shirazi", "sadra"),
            ["done", "done", "ready"],
        )
        events = request.event_ids.filtered(lambda e: e.kind == "passed")
        self.assertEqual(events.stage_id.mapped("code"), ["khwarazmi", "shirazi"])
        self.assertFalse(events.user_id)
        self.assertIn("holds nothing", events[0].reason)
        work = self._get_work(request, "khwarazmi")
        self.assertEqual(work.outcome, "approved")
        self.assertFalse(work.done_by_id)

    def test_waits_with_an_open_or_disputed_hold(self):
        self._wish("khwarazmi")
        hold = self._make_hold("khwarazmi")
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        self.assertEqual(self._states(request, "khwarazmi"), ["ready"])
        hold._settle("1")
        self.assertFalse(self._approve(request, "khwarazmi"))

    def test_disputed_guarantee_waits(self):
        self._wish("khwarazmi")
        hold = self._make_hold("khwarazmi")
        hold._plan([(hold.date, 500000)])
        hold._dispute("Too much.")
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        self.assertEqual(self._states(request, "khwarazmi"), ["ready"])

    def test_never_with_checks_or_without_people(self):
        """The department records the card; an office of nobody suspends."""
        self._wish("department", "khwarazmi")
        self._get_office("khwarazmi").cartable_ids.member_ids.kind = "supervisor"
        request = self._submit()
        self.assertEqual(self._states(request, "department"), ["ready"])
        self._approve_until(request, "khwarazmi")
        self.assertEqual(self._states(request, "khwarazmi"), ["suspended"])

    def test_sent_back_is_looked_at(self):
        """Who asks an office to look again gets an answer of a person."""
        self._wish("khwarazmi")
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        task = self._get_work(request, "shirazi")
        step = task.request_id.flow_id.step_ids.filtered(
            lambda s: s.stage_id.code == "khwarazmi"
        )
        task.env["sajad.engine"]._send_back(task, step, "Is the book back?")
        self.assertEqual(
            self._states(request, "khwarazmi", "shirazi"), ["ready", "waiting"]
        )

    def test_undo_takes_back_what_passed(self):
        self._wish("khwarazmi")
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        self._get_work(request, "department").action_undo()
        self.assertEqual(
            self._states(request, "department", "khwarazmi", "shirazi"),
            ["ready", "waiting", "waiting"],
        )

    def test_second_round_of_accounting(self):
        """Row B1, step 11: nothing changed since the first round, so it passes."""
        self._wish("accounting", auto_recheck=True)
        self._make_hold("accounting")._settle("1")
        request = self._submit()
        self._approve_until(request, "accounting")
        self.assertEqual(self._states(request, "accounting"), ["ready"])
        self._set_times(request, "accounting", 2)
        for code in ("accounting", "dormitories", "welfare"):
            self.assertFalse(self._approve(request, code))
        self.assertEqual(request.state, "done")
        event = request.event_ids.filtered(lambda e: e.kind == "passed")
        self.assertEqual(event.stage_id.code, "accounting_second")

    def test_second_round_after_a_change(self):
        self._wish("accounting", auto_recheck=True)
        request = self._submit()
        self._approve_until(request, "welfare")
        hold = self._make_hold("accounting")
        hold._settle("1")
        self._set_times(request, "accounting", -2)
        self.assertFalse(self._approve(request, "welfare"))
        self.assertEqual(self._states(request, "accounting_second"), ["ready"])
        self.assertFalse(self._approve(request, "accounting_second"))

    def _set_times(self, request, code, hours):
        """Let the holds of the student have changed before or after a decision."""
        self.env.flush_all()
        # nobody but a test moves history, which the table refuses
        self.env.cr.execute("ALTER TABLE sajad_hold_event DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE sajad_hold_event SET date = date - interval '1 hour' * %s",
            [hours],
        )
        self.env.cr.execute("ALTER TABLE sajad_hold_event ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def test_nothing_ends_over_a_later_hold(self):
        """A hold of an office that passed holds the last step, by name only."""
        request = self._submit()
        self._approve_until(request, "accounting_second")
        hold = self._make_hold("khwarazmi", description="Secret Book")
        self.assertTrue(hold.has_passed)
        problem = self._approve(request, "accounting_second")
        self.assertIn(hold.office_id.role_id.name, problem)
        self.assertNotIn("Secret", problem)
        hold._settle("1")
        self.assertFalse(self._approve(request, "accounting_second"))

    def test_last_step_does_not_pass_over_a_later_hold(self):
        self._wish("accounting", auto_recheck=True)
        request = self._submit()
        self._approve_until(request, "welfare")
        hold = self._make_hold("khwarazmi")
        self.assertFalse(self._approve(request, "welfare"))
        self.assertEqual(self._states(request, "accounting_second"), ["ready"])
        hold._cancel("Wrong")
        self.assertFalse(self._approve(request, "accounting_second"))

    def test_everything_by_itself(self):
        """All but those who have to fill in a form."""
        self._wish(*dict(STEPS[1:-1]))
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        self.assertEqual(self._states(request, "accounting"), ["done"])
        self.assertFalse(self._approve(request, "dormitories"))
        self.assertFalse(self._approve(request, "welfare"))
        self.assertEqual(request.state, "done")

    def test_never_past_a_person_who_is_picked(self):
        """Who assigns picks an expert, and who was picked looks at the case."""
        process = self.make_process(
            "assign", {"head": {"mode": "assign"}, "expert": {"after": ["head"]}}
        )
        cartables = self.make_cartables(process, self.university, self.user_officer)
        cartables.office_id.auto_clear = True
        request = self.make_request(process)
        self.assertEqual(self._states(request, "head", "expert"), ["ready", "waiting"])
        task = self.task(request, "head", self.user_officer)
        problems = task.env["sajad.engine"]._assign_experts({task: self.user_officer})
        self.assertFalse(problems)
        self.assertEqual(self._states(request, "head", "expert"), ["done", "ready"])
        self.assertEqual(self.task(request, "expert").user_id, self.user_officer)
