from datetime import timedelta

from odoo.tests import tagged

from ..tools.clock import get_country_today
from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestEngineSuspend(SajadCommon):
    """No cartable: the request is suspended and resumes by itself (row A6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("sus", {"a": {}, "b": {"after": ["a"]}})
        cls.role_a, cls.role_b = cls.process.stage_ids.role_id

    def make(self, role, user=None, **values):
        return self.make_cartable(role, self.process, self.university, user, **values)

    def test_suspended_then_resumed_by_the_cartable(self):
        request = self.make_request(self.process)
        self.assertEqual(request.state, "suspended")
        self.assertStates(request, a="suspended", b="waiting")
        self.make(self.role_a, self.user_officer)
        self.assertEqual(request.state, "running")
        self.assertStates(request, a="ready")
        self.approve(request, "a")
        self.assertEqual(request.state, "suspended")
        self.assertStates(request, a="done", b="suspended")
        self.make(self.role_b, self.user_officer)
        self.approve(request, "b")
        self.assertEqual(request.state, "done")
        self.assertIn("resumed", request.event_ids.mapped("kind"))

    def test_liaison_is_asked_once_per_office(self):
        first = self.make_request(self.process)
        second = self.make_request(
            self.process, self.make_student("1300", self.university)
        )
        domain = [
            ("kind", "=", "gap"),
            ("request_id", "in", (first | second).ids),
        ]
        notice = self.env["sajad.notice"].search(domain)
        self.assertEqual(notice.partner_id, self.user_liaison.partner_id)
        self.assertEqual(notice.request_id, first)
        body = notice._prepare_mail_values()["body_html"]
        self.assertIn("Stage a", body)
        self.make(self.role_a, self.user_officer)
        self.approve(first, "a")
        self.assertEqual(len(self.env["sajad.notice"].search(domain)), 2)

    def test_cartable_without_members_does_not_count(self):
        cartable = self.make(self.role_a)
        request = self.make_request(self.process)
        self.assertEqual(request.state, "suspended")
        member = self.env["sajad.cartable.member"].create(
            {"cartable_id": cartable.id, "user_id": self.user_officer.id}
        )
        self.assertEqual(request.state, "running")
        member.unlink()
        self.assertEqual(request.state, "suspended")

    def test_supervisor_alone_does_not_count(self):
        cartable = self.make(self.role_a)
        self.env["sajad.cartable.member"].create(
            {
                "cartable_id": cartable.id,
                "user_id": self.user_supervisor.id,
                "kind": "supervisor",
            }
        )
        self.assertEqual(self.make_request(self.process).state, "suspended")

    def test_dated_membership_starts_and_ends(self):
        """Access and routing follow the dates without clearing any cache."""
        today = get_country_today()
        cartable = self.make(self.role_a, self.user_officer)
        request = self.make_request(self.process)
        task = self.task(request, "a", self.user_officer)
        Task = self.env["sajad.task"].with_user(self.user_officer)
        self.assertIn(task, Task.search([]))
        member = cartable.member_ids
        member.write({"date_to": today - timedelta(days=1)})
        self.assertEqual(request.state, "suspended")
        self.assertNotIn(task, Task.search([]))
        self.assertFalse(task.has_access("read"))
        member.write({"date_to": today})
        self.assertEqual(request.state, "running")
        self.assertIn(task, Task.search([]))

    def test_cron_follows_the_calendar(self):
        """Nobody touches the row when a membership ends with the day."""
        cartable = self.make(self.role_a, self.user_officer)
        request = self.make_request(self.process)
        yesterday = get_country_today() - timedelta(days=1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sajad_cartable_member SET date_to = %s WHERE id IN %s",
            [yesterday, tuple(cartable.member_ids.ids)],
        )
        self.env.invalidate_all()
        stale = self.engine._get_stale_cartables()
        self.assertIn(cartable, stale)
        self.engine._reroute(stale)
        self.assertEqual(request.state, "suspended")
        self.assertFalse(request.event_ids[-1].user_id, "a job is nobody")
        self.env.cr.execute(
            "UPDATE sajad_cartable_member SET date_to = NULL WHERE id IN %s",
            [tuple(cartable.member_ids.ids)],
        )
        self.env.invalidate_all()
        self.engine._reroute(self.engine._get_stale_cartables())
        self.assertEqual(request.state, "running")

    def test_substitute_decides_and_history_names_both(self):
        cartable = self.make(self.role_a, self.user_officer)
        self.make(self.role_b, self.user_officer)
        substitute = self.make_user("t_substitute", "base.group_user")
        self.env["sajad.cartable.member"].create(
            {
                "cartable_id": cartable.id,
                "user_id": substitute.id,
                "kind": "substitute",
                "on_behalf_of_id": self.user_officer.id,
                "date_to": get_country_today(),
            }
        )
        self.assertTrue(substitute.has_group("sajad_base.group_sajad_officer"))
        request = self.make_request(self.process)
        self.approve(request, "a", user=substitute)
        task = self.task(request, "a")
        self.assertEqual(task.done_by_id, substitute)
        self.assertEqual(task.on_behalf_of_id, self.user_officer)
        event = request.event_ids.filtered(lambda e: e.kind == "approved")
        self.assertEqual(event.user_id, substitute)
        self.assertEqual(event.on_behalf_of_id, self.user_officer)

    def test_organization_role_serves_every_university(self):
        role = self.make_role("national", "organization")
        process = self.make_process("nat", {"x": {"role": role}})
        request = self.make_request(process)
        other = self.make_request(process, self.other_student)
        self.assertEqual(request.state, "suspended")
        cartable = self.make_cartable(
            role, process, self.organization, self.user_officer
        )
        for one in (request, other):
            self.assertEqual(self.task(one, "x").cartable_id, cartable)
        # a third university comes later: the route is found for it, too
        third = self.make_university("Third", "T3")
        late = self.make_request(process, self.make_student("3001", third))
        self.assertEqual(self.task(late, "x").cartable_id, cartable)

    def test_faculty_role_has_a_cartable_each(self):
        role = self.make_role("dean", "faculty")
        process = self.make_process("fac", {"x": {"role": role}})
        second = self.env["sajad.faculty"].create(
            {"name": "G", "code": "G", "university_id": self.university.id}
        )
        mine = self.make_cartable(
            role,
            process,
            self.university,
            self.user_officer,
            faculty_id=self.faculty.id,
        )
        self.assertEqual(self.task(self.make_request(process), "x").cartable_id, mine)
        student = self.make_student("1200", self.university, faculty_id=second.id)
        request = self.make_request(process, student)
        self.assertEqual(request.state, "suspended")
        self.assertFalse(request.with_user(self.user_officer).has_access("read"))
