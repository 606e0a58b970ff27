from datetime import timedelta

from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.clock import get_country_today
from .common import OFFICER, SajadCommon


class AccountCommon(SajadCommon):
    def close(self, user):
        user.with_user(self.env.ref("base.user_admin")).action_archive()

    def open(self, user):
        user.with_user(self.env.ref("base.user_admin")).action_unarchive()

    def notices(self, request, kind):
        return request.notice_ids.filtered(lambda notice: notice.kind == kind)

    def gaps(self, cartable):
        domain = [("cartable_id", "=", cartable.id)]
        return self.env["sajad.cartable.gap"].search(domain)


@tagged("post_install", "-at_install")
class TestDisabledAccount(AccountCommon):
    """Whose account is closed is nobody in charge (row A6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spec = {"a": {"allow_return": True}, "b": {"after": ["a"]}}
        cls.process = cls.make_process("closed", spec)
        cls.role = cls.process.stage_ids.filtered(lambda s: s.code == "a").role_id
        cls.user_only = cls.make_user("t_only", OFFICER)
        cls.cartable = cls.make_cartable(
            cls.role, cls.process, cls.university, cls.user_only
        )

    def add(self, user, **values):
        self.cartable.member_ids = [Command.create({"user_id": user.id, **values})]
        return self.cartable.member_ids.filtered(lambda m: m.user_id == user)

    # ------------------------------------------------------------
    # NOBODY IN CHARGE
    # ------------------------------------------------------------

    def test_work_is_suspended_and_the_liaison_asked(self):
        request = self.make_request(self.process)
        self.assertEqual(request.state, "running")
        self.assertFalse(self.gaps(self.cartable))
        self.close(self.user_only)
        self.assertStates(request, a="suspended", b="waiting")
        self.assertEqual(request.state, "suspended")
        gap = self.notices(request, "gap")
        self.assertEqual(gap.partner_id, self.user_liaison.partner_id)
        self.assertTrue(self.notices(request, "suspended"))
        self.assertEqual(self.gaps(self.cartable).suspended_count, 1)
        self.assertFalse(self.cartable.is_manned)
        unmanned = self.env["sajad.cartable"].search([("is_manned", "=", False)])
        self.assertIn(self.cartable, unmanned)

    def test_new_work_is_suspended(self):
        self.close(self.user_only)
        self.assertEqual(self.make_request(self.process).state, "suspended")

    def test_resumes_when_somebody_comes(self):
        request = self.make_request(self.process)
        self.close(self.user_only)
        self.add(self.user_officer)
        self.assertStates(request, a="ready")
        self.assertEqual(request.state, "running")
        self.assertTrue(self.notices(request, "resumed"))
        self.assertFalse(self.gaps(self.cartable))
        self.approve(request, "a")

    def test_resumes_when_the_account_is_opened_again(self):
        request = self.make_request(self.process)
        self.close(self.user_only)
        self.open(self.user_only)
        self.assertStates(request, a="ready")
        self.approve(request, "a", user=self.user_only)

    def test_nothing_moves_while_a_colleague_decides(self):
        self.add(self.user_officer)
        request = self.make_request(self.process)
        events = len(request.event_ids)
        self.close(self.user_only)
        self.env.invalidate_all()
        self.assertStates(request, a="ready")
        self.assertEqual(len(request.event_ids), events)

    def test_other_changes_of_an_account_move_nothing(self):
        request = self.make_request(self.process)
        self.user_only.write({"active": True, "name": "Renamed"})
        self.env.invalidate_all()
        self.assertEqual(request.event_ids.mapped("kind"), ["submitted", "ready"])

    def test_the_daily_job_finds_what_no_hook_saw(self):
        """An account that is closed in the database itself."""
        self.add(self.user_officer)
        claimed = self.make_request(self.process)
        self.task(claimed, "a", self.user_only).action_claim()
        self.env.flush_all()
        ids = tuple((self.user_only | self.user_officer).ids)
        update = "UPDATE res_users SET active = %s WHERE id IN %s"
        self.env.cr.execute(update, [False, ids])
        self.env.invalidate_all()
        self.assertIn(self.cartable, self.engine._get_stale_cartables())
        self.env.cr.execute(update, [True, (self.user_officer.id,)])
        self.env.invalidate_all()
        self.engine._release_orphans()
        self.assertStates(claimed, a="ready")
        self.assertFalse(self.task(claimed, "a").user_id)

    def test_work_with_the_student_waits_for_the_answer(self):
        request = self.make_request(self.process)
        work = self.task(request, "a", self.user_only)
        work.action_claim()
        work.env["sajad.engine"]._return_to_student(work, "Which year?")
        self.close(self.user_only)
        self.assertStates(request, a="student")
        self.assertFalse(self.task(request, "a").user_id)
        self.engine._answer(request, "1405")
        self.assertStates(request, a="suspended")

    # ------------------------------------------------------------
    # OTHER PEOPLE
    # ------------------------------------------------------------

    def test_substitute_of_a_closed_account_decides(self):
        self.add(
            self.user_officer,
            kind="substitute",
            on_behalf_of_id=self.user_only.id,
            date_to=get_country_today() + timedelta(days=7),
        )
        request = self.make_request(self.process)
        self.close(self.user_only)
        self.assertStates(request, a="ready")
        self.approve(request, "a")
        task = self.task(request, "a")
        self.assertEqual(task.done_by_id, self.user_officer)
        self.assertEqual(task.on_behalf_of_id, self.user_only)

    def test_closed_substitute_is_nobody(self):
        self.add(
            self.user_officer, kind="substitute", on_behalf_of_id=self.user_only.id
        )
        request = self.make_request(self.process)
        self.close(self.user_only)
        self.close(self.user_officer)
        self.assertStates(request, a="suspended")
        self.open(self.user_officer)
        self.assertStates(request, a="ready")

    def test_supervisors_make_no_difference(self):
        self.add(self.user_supervisor, kind="supervisor")
        request = self.make_request(self.process)
        self.close(self.user_supervisor)
        self.assertStates(request, a="ready")
        self.open(self.user_supervisor)
        self.close(self.user_only)
        self.assertStates(request, a="suspended")

    def test_without_a_liaison_the_organization_is_told(self):
        second = self.make_user("t_second", "sajad_base.group_sajad_liaison")
        self.university.liaison_ids = [Command.link(second.id)]
        request = self.make_request(self.process)
        self.close(self.user_liaison)
        self.close(second)
        universities = self.env["sajad.university"].search(
            [("liaison_ids", "not any", [("active", "=", True)])]
        )
        self.assertIn(self.university, universities)
        self.close(self.user_only)
        self.assertFalse(self.notices(request, "gap"))
        told = self.notices(request, "gap_unasked")
        self.assertIn(self.user_organization.partner_id, told.partner_id)
        self.assertNotIn(self.user_liaison.partner_id, told.partner_id)
        self.assertNotIn(self.user_officer.partner_id, told.partner_id)
        body = told[:1]._prepare_mail_values()["body_html"]
        self.assertIn(self.university.name, body)
        self.assertIn("Stage a", body)
        with self.assertRaisesRegex(UserError, "nobody to remind"):
            self.gaps(self.cartable).with_user(self.user_organization).action_remind()

    def test_one_liaison_left_is_asked(self):
        second = self.make_user("t_second", "sajad_base.group_sajad_liaison")
        self.university.liaison_ids = [Command.link(second.id)]
        self.close(self.user_liaison)
        self.close(self.user_only)
        request = self.make_request(self.process)
        self.assertEqual(self.notices(request, "gap").partner_id, second.partner_id)
        self.assertFalse(self.notices(request, "gap_unasked"))

    # ------------------------------------------------------------
    # CLAIMED AND ASSIGNED WORK
    # ------------------------------------------------------------

    def test_claimed_work_goes_back_to_the_queue(self):
        self.add(self.user_officer)
        request = self.make_request(self.process)
        self.task(request, "a", self.user_only).action_claim()
        self.close(self.user_only)
        self.assertStates(request, a="ready")
        self.assertFalse(self.task(request, "a").user_id)
        event = request.event_ids[-1]
        self.assertEqual((event.kind, event.reason), ("released", "t_only"))
        self.approve(request, "a")

    def test_nothing_is_handed_over_to_a_closed_account(self):
        self.add(self.user_officer)
        request = self.make_request(self.process)
        self.close(self.user_only)
        task = self.task(request, "a", self.user_officer)
        with self.assertRaisesRegex(UserError, "does not decide in this cartable"):
            task.env["sajad.engine"]._hand_over(task, self.user_only)
        wizard = task.env["sajad.task.decide"].create({"task_ids": task.ids})
        self.assertNotIn(self.user_only, wizard.colleague_ids)

    # ------------------------------------------------------------
    # HOW ACCOUNTS END
    # ------------------------------------------------------------

    def test_written_by_a_job(self):
        """A synchronisation writes the account; who acted is nobody."""
        request = self.make_request(self.process)
        self.user_only.write({"active": False})
        self.assertStates(request, a="suspended")
        self.assertFalse(request.event_ids[-1].user_id)

    @mute_logger("odoo.sql_db")
    def test_people_with_an_office_are_not_deleted_or_archived(self):
        request = self.make_request(self.process)
        with self.assertRaises(RedirectWarning):
            self.user_only.partner_id.with_user(
                self.env.ref("base.user_admin")
            ).action_archive()
        self.assertTrue(self.user_only.active)
        self.assertStates(request, a="ready")
        self.close(self.user_only)
        self.user_only.partner_id.action_archive()
        self.assertStates(request, a="suspended")

    def test_the_liaison_asks_for_the_cartable_of_a_closed_account(self):
        self.close(self.user_only)
        gap = self.gaps(self.cartable).with_user(self.user_liaison)
        request = self.env["sajad.cartable.request"].new(
            {
                "kind": "new",
                "university_id": gap.university_id.id,
                "process_id": gap.process_id.id,
                "role_id": gap.role_id.id,
            }
        )
        self.assertFalse(request._get_cartable_problems())
        self.open(self.user_only)
        problems = request._get_cartable_problems()
        self.assertIn("t_only is in charge of this cartable already", problems[0])


@tagged("post_install", "-at_install")
class TestDisabledExpert(AccountCommon):
    """Work that a head assigned to somebody whose account is closed (row B3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "closed_expert", {"head": {"mode": "assign"}, "expert": {"after": ["head"]}}
        )
        cls.user_head = cls.make_user("t_head", OFFICER)
        cls.user_one = cls.make_user("t_one", OFFICER)
        cls.user_two = cls.make_user("t_two", OFFICER)
        roles = {stage.code: stage.role_id for stage in cls.process.stage_ids}
        place = (cls.process, cls.university)
        cls.make_cartable(roles["head"], *place, cls.user_head)
        cls.cartable = cls.make_cartable(roles["expert"], *place, cls.user_one)
        cls.cartable.member_ids = [Command.create({"user_id": cls.user_two.id})]
        cls.request = cls.make_request(cls.process)

    def assign(self, user):
        task = self.task(self.request, "head", self.user_head)
        problems = task.env["sajad.engine"]._assign_experts({task: user})
        self.assertFalse(problems)

    def test_goes_back_to_the_head(self):
        self.assign(self.user_one)
        self.close(self.user_one)
        self.assertStates(self.request, head="ready", expert="waiting")
        head = self.task(self.request, "head", self.user_head)
        self.assertTrue(head.can_decide)
        self.assertEqual(head.round, 2)
        event = self.request.event_ids.filtered(lambda e: e.kind == "given_back")
        self.assertEqual(event.reason, "t_one")
        self.assertFalse(event.visible_to_student)
        closed = self.request.task_ids.filtered(lambda t: t.outcome == "returned")
        self.assertEqual(closed.stage_id.code, "expert")
        self.assertFalse(closed.done_by_id, "nobody decided")
        self.assign(self.user_two)
        self.assertEqual(self.task(self.request, "expert").user_id, self.user_two)

    def test_goes_back_when_nobody_else_is_there(self):
        """The head has it, and the liaison reads that there is nobody to assign to."""
        self.assign(self.user_one)
        self.close(self.user_two)
        self.close(self.user_one)
        self.assertStates(self.request, head="ready", expert="waiting")
        gap = self.notices(self.request, "gap")
        self.assertEqual(gap.task_id.stage_id.code, "expert")

    def test_head_and_expert_are_both_closed(self):
        self.assign(self.user_one)
        (self.user_head | self.user_one).write({"active": False})
        self.assertStates(self.request, head="suspended", expert="waiting")
        self.open(self.user_head)
        self.assertStates(self.request, head="ready")
        self.assign(self.user_two)

    def test_nobody_assigns_to_a_closed_account(self):
        self.close(self.user_one)
        task = self.task(self.request, "head", self.user_head)
        problems = task.env["sajad.engine"]._assign_experts({task: self.user_one})
        self.assertIn("does not decide", problems[task])

    def test_ended_membership_goes_the_same_way(self):
        self.assign(self.user_one)
        yesterday = get_country_today() - timedelta(days=1)
        members = self.cartable.member_ids
        members.filtered(lambda m: m.user_id == self.user_one).date_to = yesterday
        self.engine._release_orphans()
        self.assertStates(self.request, head="ready", expert="waiting")
