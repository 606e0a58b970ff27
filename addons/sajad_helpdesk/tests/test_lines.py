from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SupportCommon


@tagged("post_install", "-at_install")
class TestLines(SupportCommon):
    """A support request finds its office, is referred, solved and opened again (D2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a job commits, a test does not
        Cron = type(cls.env["ir.cron"])
        cls.startClassPatcher(patch.object(Cron, "_commit_progress", return_value=60))

    def setUp(self):
        super().setUp()
        self.technical = self.engine.with_user(self.user_technical)

    def refer(self, request, line, to, reason="Not ours."):
        stage = self.process.stage_ids.filtered(lambda s: s.code == to)
        task = self.task(request, line, self.experts[line])
        engine = self.engine.with_user(self.experts[line])
        return engine._refer(task, stage, reason)

    def test_the_category_decides_the_first_office(self):
        request = self.ask()
        self.assertStates(request, technical="ready", regulations="skipped")
        self.assertBoard(request, state="new", line="technical", priority="1")
        self.assertEqual(request.support_cartable_id.role_id.code, "support_technical")
        request = self.ask(category=self.category_regulations)
        self.assertStates(request, technical="skipped", regulations="ready")
        self.assertBoard(request, state="new", line="regulations")

    def test_the_board_follows_the_work(self):
        request = self.ask()
        nobody = self.env["res.users"]
        self.assertBoard(request, state="new", user_id=nobody)
        task = self.task(request, "technical", self.user_technical)
        task.action_claim()
        self.assertBoard(request, state="progress", user_id=self.user_technical)
        self.technical._return_to_student(task, "Which page?")
        self.assertBoard(request, state="waiting", user_id=self.user_technical)
        self.engine._answer(request, "The first one.")
        self.assertBoard(request, state="progress", user_id=self.user_technical)
        self.assertFalse(self.technical._decide(task, "approved", "Try again now."))
        self.assertBoard(request, state="solved", user_id=self.user_technical)
        self.assertEqual(request.state, "done")
        self.assertTrue(request.support_close_date)
        task.action_undo()
        self.assertBoard(request, state="progress", close_date=False)

    def test_escalation_and_back(self):
        request = self.ask()
        self.assertFalse(self.refer(request, "technical", "second"))
        self.assertStates(request, technical="done", second="ready")
        self.assertBoard(request, line="second", state="new")
        self.assertEqual(self.task(request, "technical").outcome, "referred")
        self.assertFalse(self.refer(request, "second", "technical", "Clear the cache"))
        self.assertStates(request, technical="ready", second="done")
        self.assertBoard(request, line="technical")
        self.assertEqual(self.task(request, "technical").round, 2)
        self.approve(request, "technical", user=self.user_technical)
        self.assertEqual(request.state, "done")
        self.assertBoard(request, state="solved", user_id=self.user_technical)

    def assertReaders(self, request, *lines):
        """Check which desks open a request, its history and work by their ids."""
        for line, user in self.experts.items():
            mine = request.with_user(user)
            parts = (mine, request.event_ids.with_user(user))
            with self.subTest(line):
                if line in lines:
                    for records in parts:
                        records.check_access("read")
                    continue
                for records in parts:
                    with self.assertRaises(AccessError):
                        records.check_access("read")
                self.assertNotIn(request, mine.search([]))

    def test_only_those_read_it_who_had_it(self):
        """Another desk opens nothing by its id, nor does the university's office."""
        request = self.ask()
        self.assertReaders(request, "technical")
        other = self.ask(category=self.category_regulations)
        self.assertReaders(other, "regulations")
        self.refer(request, "technical", "second")
        self.assertReaders(request, "technical", "second")
        self.refer(request, "second", "university")
        self.assertReaders(request, "technical", "second", "university")
        self.approve(request, "university", user=self.experts["university"])
        self.assertReaders(request, "technical", "second", "university")
        # who looks at everything looks at this, as elsewhere
        for user in (self.user_auditor, self.user_liaison):
            request.with_user(user).check_access("read")

    def solve_disputable(self):
        """Return a solved request on which a dispute can be opened."""
        agreement = self.env["sajad.agreement"].search(
            [("process_id", "=", self.process.id)]
        ) or self.env["sajad.agreement"].create({"process_id": self.process.id})
        if agreement.draft_id:
            agreement.draft_id.action_publish()
        request = self.ask()
        self.approve(request, "technical", user=self.user_technical)
        return request

    def dispute(self, request):
        return request.with_user(self.user_student)._portal_open_dispute("No")

    def assertSettles(self, user, requests, others):
        """Check what of support somebody reads who settles disputes: nothing else."""
        self.env.invalidate_all()
        found = self.env["sajad.request"].with_user(user).search([])
        self.assertEqual(found & (requests | others), requests)
        requests.with_user(user).check_access("read")
        for other in others:
            with self.assertRaises(AccessError):
                other.with_user(user).check_access("read")

    def test_who_settles_its_dispute_reads_it(self):
        role = self.env.ref("sajad_sla.sajad_role_dispute")
        settler = self.make_user("t_settler", "sajad_base.group_sajad_officer")
        self.man(role, self.organization, settler)
        request, other = self.solve_disputable(), self.ask()
        self.assertSettles(settler, request.browse(), request | other)
        dispute = self.dispute(request)
        dispute.with_user(settler).check_access("read")
        self.assertSettles(settler, request, other)
        self.assertReaders(request, "technical")
        # opened again and referred, it is still theirs to read
        dispute.sudo()._end("settled")
        request.with_user(self.user_student)._support_reopen("Not quite.")
        self.refer(request, "technical", "second")
        self.assertSettles(settler, request, other)

    def test_a_settling_office_that_is_opened_later_reads_what_is_disputed(self):
        """The cartable, or what its role is for, may come after the dispute."""
        request, other = self.solve_disputable(), self.ask()
        role = self.env.ref("sajad_sla.sajad_role_dispute")
        self.env["sajad.cartable"].search([("role_id", "=", role.id)]).active = False
        dispute = self.dispute(request)
        self.assertEqual(dispute.scope_id, request.scope_id.whole_id)
        settler = self.make_user("t_settler", "sajad_base.group_sajad_officer")
        later = self.make_role("settles_later", "organization")
        self.make_cartable(later, self.process, self.organization, settler)
        self.assertSettles(settler, request.browse(), request | other)
        later.settles_disputes = True
        dispute.with_user(settler).check_access("read")
        self.assertSettles(settler, request, other)
        settler = self.make_user("t_settler_too", "sajad_base.group_sajad_officer")
        third = self.make_role("settles_third", "organization")
        third.settles_disputes = True
        self.make_cartable(third, self.process, self.organization, settler)
        dispute.with_user(settler).check_access("read")
        self.assertSettles(settler, request, other)

    def test_places_are_shared_and_routes_stay(self):
        """Requests of one way share one scope, and work still finds its office."""
        fellow = self.make_student("1009", self.university)
        first, second = self.ask(), self.ask(requester=fellow)
        self.assertEqual(first.scope_id, second.scope_id)
        whole = first.scope_id.whole_id
        self.assertFalse(whole.whole_id)
        self.assertGreater(len(whole.cartable_ids), 1)
        cartable = first.support_cartable_id
        # a cartable that is opened anew goes on reading, and others do not begin to
        cartable.active = False
        self.assertStates(first, technical="suspended")
        scope = first.scope_id.with_context(active_test=False)
        self.assertEqual(scope.cartable_ids, cartable)
        cartable.active = True
        self.assertStates(first, technical="ready")
        self.assertReaders(first, "technical")

    def test_a_request_without_an_office_is_nobodys_to_read(self):
        cartable = self.ask().support_cartable_id
        cartable.active = False
        request = self.ask()
        self.assertStates(request, technical="suspended")
        self.assertReaders(request)
        request.with_user(self.user_liaison).check_access("read")
        cartable.active = True
        self.assertStates(request, technical="ready")
        self.assertReaders(request, "technical")

    def test_an_office_of_the_university_is_asked(self):
        request = self.ask()
        self.refer(request, "technical", "university")
        self.assertStates(request, university="ready")
        self.assertBoard(request, line="university")
        self.approve(request, "university", user=self.experts["university"])
        self.assertEqual(request.state, "done")

    def test_refer_only_ones_own_work(self):
        request = self.ask()
        stage = self.env.ref("sajad_helpdesk.sajad_stage_support_second")
        task = self.task(request, "technical", self.user_auditor)
        problems = self.engine.with_user(self.user_auditor)._refer(task, stage, "x")
        self.assertIn("not in charge", problems[task])
        here = self.env.ref("sajad_helpdesk.sajad_stage_support_technical")
        task = task.with_user(self.user_technical)
        self.assertIn(
            "cannot be referred", self.technical._refer(task, here, "x")[task]
        )

    def test_nobody_in_charge_suspends(self):
        role = self.env.ref("sajad_helpdesk.sajad_role_support_second")
        self.man(role, self.organization)
        request = self.ask()
        self.refer(request, "technical", "second")
        self.assertEqual(request.state, "suspended")
        self.man(role, self.organization, self.user_second)
        self.assertStates(request, second="ready")

    def test_opened_again_by_the_same_expert(self):
        request = self.ask()
        self.approve(request, "technical", user=self.user_technical)
        with self.assertRaisesRegex(UserError, "still missing"):
            request._support_reopen(" ")
        request.with_user(self.user_student)._support_reopen("It came back.")
        self.assertStates(request, technical="ready")
        self.assertBoard(
            request, state="progress", user_id=self.user_technical, close_date=False
        )
        # nothing says any more that it ended
        self.assertFalse(request.date_done)
        event = request.event_ids.filtered(lambda e: e.kind == "reopened")
        self.assertEqual(event.reason, "It came back.")
        self.assertEqual(event.user_id, self.user_student)
        with self.assertRaisesRegex(UserError, "not solved"):
            request._support_reopen("Once more.")

    def test_opened_again_when_the_expert_left(self):
        request = self.ask()
        self.approve(request, "technical", user=self.user_technical)
        role = self.env.ref("sajad_helpdesk.sajad_role_support_technical")
        self.man(role, self.organization, self.user_second)
        request._support_reopen("It came back.")
        self.assertStates(request, technical="ready")
        self.assertFalse(request.support_user_id)
        self.approve(request, "technical", user=self.user_second)
        self.man(role, self.organization)
        request._support_reopen("It came back.")
        self.assertEqual(request.state, "suspended")

    def test_closed_once_the_time_is_over(self):
        request = self.ask()
        self.approve(request, "technical", user=self.user_technical)
        last = request.support_close_date
        self.env["sajad.request"]._cron_support_close()
        self.assertBoard(request, state="solved")
        with freeze_time(fields.Date.add(last, days=1)):
            with self.assertRaisesRegex(UserError, "is over"):
                request._support_reopen("Late.")
            self.env["sajad.request"]._cron_support_close()
        self.assertBoard(request, state="closed")
        self.assertEqual(request.event_ids[-1].kind, "closed")
        self.assertEqual(request.state, "done")

    def test_closed_by_the_requester_and_opened_again(self):
        request = self.ask()
        request.with_user(self.user_student)._support_close()
        self.assertBoard(request, state="new")
        self.approve(request, "technical", user=self.user_technical)
        request.with_user(self.user_student)._support_close()
        self.assertBoard(request, state="closed")
        request.with_user(self.user_student)._support_reopen("Not quite.")
        self.assertBoard(request, state="progress")
