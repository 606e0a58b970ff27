import base64
from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from ..tools.clock import get_country_today
from .common import SajadCommon
from .test_portal import PDF as PAGE

PDF = base64.b64encode(PAGE)
PERSON = {
    "person_name": "Test Person",
    "national_id": "9990000018",
    "mobile": "09121234567",
    "email": "person@tu.example",
    "position": "Expert",
}
LETTER = {"letter": PDF, "letter_name": "letter.pdf"}


@tagged("post_install", "-at_install")
class TestCartableRequest(SajadCommon):
    """A university gets its cartables from the Organization (row A4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("asked", {"one": {}, "two": {"after": ["one"]}})
        cls.role, cls.role_two = cls.process.stage_ids.sorted("sequence").role_id

    def ask(self, user=None, submit=True, **values):
        Request = self.env["sajad.cartable.request"].with_user(
            user or self.user_liaison
        )
        values = {
            **PERSON,
            **LETTER,
            "university_id": self.university.id,
            "process_id": self.process.id,
            "role_id": self.role.id,
            **values,
        }
        request = Request.create(values)
        if submit:
            request.action_submit()
        return request

    def test_trail_of_a_client_that_asks_for_none(self):
        """Whoever calls can send any key; what changed is written down all the same."""
        silent = {"tracking_disable": True, "mail_notrack": True}
        request = self.ask(submit=False).with_context(**silent)
        self.cr.flush()
        request.action_submit()
        self.as_organization(request).action_approve()
        self.cr.flush()
        values = self.env["mail.tracking.value"].search(
            [("mail_message_id", "in", request.message_ids.ids)], order="id"
        )
        self.assertEqual(
            values.mapped("new_value_char"), ["Sent to the Organization", "Approved"]
        )

    @staticmethod
    def fill(form):
        for name, value in PERSON.items():
            form[name] = value

    def as_organization(self, record):
        return record.with_user(self.user_organization)

    # ------------------------------------------------------------
    # NEW
    # ------------------------------------------------------------

    def test_from_nothing_to_a_manned_office(self):
        """A suspended request resumes when the Organization approves (rows A4, A6)."""
        waiting = self.make_request(self.process)
        self.assertEqual(waiting.state, "suspended")
        request = self.ask()
        self.as_organization(request).action_approve()
        user = request.user_id
        self.assertEqual(user.login, "person@tu.example")
        self.assertIn(self.role.group_id, user.all_group_ids)
        self.assertFalse(user.share)
        self.assertEqual(request.cartable_id.member_ids.user_id, user)
        self.assertEqual(user.sajad_university_id, self.university)
        self.assertStates(waiting, one="ready", two="waiting")
        self.assertEqual(request.decided_by_id, self.user_organization)

    def test_person_and_liaison_are_told_by_queue(self):
        request = self.ask()
        self.as_organization(request).action_approve()
        person = request.user_id.partner_id
        notices = self.env["sajad.notice"].search([("state", "=", "queued")])
        notices._send()
        mails = notices.mail_id
        invitation = mails.filtered(lambda m: person in m.recipient_ids)
        self.assertEqual(invitation.mapped("state"), ["outgoing"])
        self.assertIn("/web/signup?", invitation.body_html)
        liaison = self.user_liaison.partner_id
        self.assertTrue(mails.filtered(lambda m: liaison in m.recipient_ids))

    def test_form_of_the_liaison(self):
        """The liaison fills in the form and submits it in the web client."""
        Request = self.env["sajad.cartable.request"].with_user(self.user_liaison)
        with Form(Request) as form:
            self.assertEqual(form.university_id, self.university)
            form.process_id = self.process
            form.role_id = self.role
            self.fill(form)
        request = form.record
        # the client sends the name of the file with its content
        request.write(LETTER)
        request.action_submit()
        self.assertEqual(request.state, "submitted")
        self.assertEqual(request.requested_by_id, self.user_liaison)

    def test_known_person_gets_no_second_account(self):
        first = self.ask()
        self.as_organization(first).action_approve()
        second = self.ask(role_id=self.role_two.id, email="other@tu.example")
        self.assertIn("account already", second.hint)
        self.as_organization(second).action_approve()
        self.assertEqual(second.user_id, first.user_id)

    def test_bad_input(self):
        """Each wrong value has its own sentence (row B9 for staff)."""
        for name, value, error in (
            ("national_id", "1234567890", ValidationError),
            ("mobile", "12", ValidationError),
            ("email", "no mail", ValidationError),
            ("letter", base64.b64encode(b"GIF89a..."), ValidationError),
            ("person_name", False, UserError),
            ("letter", False, UserError),
            ("email", "t_student", UserError),
        ):
            with self.subTest(name), self.assertRaises(error), self.cr.savepoint():
                if value == "t_student":
                    self.user_student.email = value = "student@tu.example"
                self.ask(**{name: value})

    def test_same_office_is_asked_for_once(self):
        self.ask()
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.ask()

    def test_manned_office_needs_no_new_cartable(self):
        self.make_cartables(self.process, self.university, self.user_officer)
        with self.assertRaisesRegex(UserError, "in charge of this cartable already"):
            self.ask()

    def test_office_of_no_part(self):
        with self.assertRaisesRegex(UserError, "no part"):
            self.ask(role_id=self.make_role("elsewhere").id)

    # ------------------------------------------------------------
    # DECIDE
    # ------------------------------------------------------------

    def test_return_and_submit_again(self):
        request = self.ask()
        wizard = (
            self.env["sajad.cartable.request.decide"]
            .with_user(self.user_organization)
            .create({"request_ids": request.ids, "decision": "returned"})
        )
        with self.assertRaises(UserError):
            wizard.action_apply()
        wizard.reason = "The letter is not signed."
        wizard.action_apply()
        self.assertEqual(request.state, "returned")
        self.assertEqual(request.decision_reason, "The letter is not signed.")
        request.position = "Head"
        request.action_submit()
        self.assertEqual(request.state, "submitted")
        self.as_organization(request)._decide("rejected", "No such office.")
        self.assertEqual(request.state, "rejected")
        with self.assertRaises(AccessError):
            request.position = "Other"
        with self.assertRaises(UserError):
            request.action_submit()

    def test_many_at_once_with_a_line_each(self):
        good = self.ask()
        bad = self.ask(role_id=self.role_two.id)
        # meanwhile somebody was put in charge
        self.make_cartable(
            self.role_two, self.process, self.university, self.user_officer
        )
        action = self.as_organization(good | bad).action_approve()
        lines = self.env[action["res_model"]].browse(action["res_id"]).line_ids
        self.assertEqual(lines.mapped("is_done"), [True, False])
        self.assertEqual((good.state, bad.state), ("approved", "submitted"))
        self.assertFalse(bad.user_id)

    def test_second_click(self):
        request = self.ask()
        self.as_organization(request).action_approve()
        with self.assertRaisesRegex(UserError, "not to be decided"):
            self.as_organization(request).action_approve()
        self.assertEqual(len(request.cartable_id.member_ids), 1)

    @users("t_liaison")
    def test_liaison_does_not_decide(self):
        request = self.ask()
        with self.assertRaises(AccessError):
            request.action_approve()
        with self.assertRaises(AccessError):
            request.write({"state": "approved"})

    def test_only_the_own_university(self):
        with self.assertRaises(AccessError):
            self.ask(university_id=self.other_university.id)
        request = self.ask()
        foreign = self.make_user("t_liaison_2", "sajad_base.group_sajad_liaison")
        self.other_university.liaison_ids = foreign
        Request = self.env["sajad.cartable.request"].with_user(foreign)
        self.assertFalse(Request.search([("id", "=", request.id)]))
        with self.assertRaises(AccessError):
            request.with_user(foreign).read(["national_id"])

    # ------------------------------------------------------------
    # CHANGES
    # ------------------------------------------------------------

    def test_replacement_takes_over_claimed_work(self):
        cartable = self.make_cartable(
            self.role, self.process, self.university, self.user_officer
        )
        running = self.make_request(self.process)
        task = self.task(running, "one", self.user_officer)
        task.action_claim()
        request = self.ask(
            kind="replace",
            cartable_id=cartable.id,
            replaced_user_id=self.user_officer.id,
        )
        self.as_organization(request).action_approve()
        self.assertEqual(task.sudo().user_id, request.user_id)
        self.assertIn("handed_over", running.event_ids.mapped("kind"))
        self.assertFalse(
            cartable.member_ids.filtered(
                lambda m: m.user_id == self.user_officer and m.is_in_force
            )
        )
        with self.assertRaises(AccessError):
            task.action_approve()

    def test_later_replacement_releases_by_the_clock(self):
        """Claims end with the membership, by the hourly job (row A6)."""
        cartable = self.make_cartable(
            self.role, self.process, self.university, self.user_officer
        )
        running = self.make_request(self.process)
        self.task(running, "one", self.user_officer).action_claim()
        day = get_country_today() + timedelta(days=7)
        request = self.ask(
            kind="replace",
            cartable_id=cartable.id,
            replaced_user_id=self.user_officer.id,
            date_from=day,
        )
        self.as_organization(request).action_approve()
        self.assertEqual(self.task(running, "one").user_id, self.user_officer)
        with freeze_time(fields.Datetime.now() + timedelta(days=8)):
            self.engine._cron_reroute()
            self.assertFalse(self.task(running, "one").user_id)
            self.task(running, "one", request.user_id).action_approve()
        self.assertEqual(self.task(running, "one").done_by_id, request.user_id)

    def test_substitute_for_a_leave(self):
        cartable = self.make_cartable(
            self.role, self.process, self.university, self.user_officer
        )
        with self.assertRaisesRegex(UserError, "leave lasts"):
            self.ask(
                kind="substitute",
                cartable_id=cartable.id,
                replaced_user_id=self.user_officer.id,
            )
        today = get_country_today()
        request = self.ask(
            kind="substitute",
            cartable_id=cartable.id,
            replaced_user_id=self.user_officer.id,
            date_from=today,
            date_to=today + timedelta(days=10),
        )
        self.as_organization(request).action_approve()
        running = self.make_request(self.process)
        self.task(running, "one", request.user_id).action_approve()
        done = self.task(running, "one")
        self.assertEqual(done.on_behalf_of_id, self.user_officer)

    def test_closing_suspends_the_work(self):
        cartable = self.make_cartable(
            self.role, self.process, self.university, self.user_officer
        )
        running = self.make_request(self.process)
        request = self.ask(kind="close", cartable_id=cartable.id)
        self.assertEqual(request.open_task_count, 1)
        self.as_organization(request).action_approve()
        self.assertFalse(cartable.active)
        self.assertStates(running, one="suspended")
        self.assertEqual(running.state, "suspended")

    # ------------------------------------------------------------
    # LIAISON
    # ------------------------------------------------------------

    def test_organization_appoints_a_liaison(self):
        Appoint = self.env["sajad.liaison.appoint"].with_user(self.user_organization)
        wizard = Appoint.create({**PERSON, "university_id": self.other_university.id})
        wizard.action_appoint()
        liaison = self.other_university.liaison_ids
        self.assertEqual(liaison.login, "person@tu.example")
        self.assertTrue(liaison.has_group("sajad_base.group_sajad_liaison"))
        with self.assertRaises(AccessError):
            self.env["sajad.liaison.appoint"].with_user(self.user_liaison).create(
                {**PERSON, "university_id": self.university.id}
            )

    def test_organization_opens_a_university(self):
        University = self.env["sajad.university"].with_user(self.user_organization)
        university = University.create({"name": "New University", "code": "NU"})
        university.faculty_ids = [
            fields.Command.create({"name": "First Faculty", "code": "1"})
        ]
        university.liaison_ids = self.user_liaison
        faculty = university.faculty_ids.with_user(self.user_liaison)
        faculty.name = "Faculty of Letters"
        with self.assertRaises(AccessError):
            self.other_faculty.with_user(self.user_liaison).name = "Not Mine"


@tagged("post_install", "-at_install")
class TestCartableGap(SajadCommon):
    """What the Organization sees of offices without anyone (rows A4, A6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("gaps", {"one": {}, "two": {"after": ["one"]}})
        cls.process.university_ids = cls.university
        cls.Gap = cls.env["sajad.cartable.gap"].with_user(cls.user_organization)

    def find(self, user=None):
        Gap = self.Gap.with_user(user) if user else self.Gap
        self.env.invalidate_all()
        return Gap.search([("process_id", "=", self.process.id)])

    def test_offices_appear_and_go(self):
        self.assertEqual(len(self.find()), 2)
        self.make_request(self.process)
        first = self.find()[0]
        self.assertEqual(first.role_id.code, "gaps_one")
        self.assertEqual(first.suspended_count, 1)
        self.assertTrue(first.suspended_since)
        cartable = self.make_cartable(first.role_id, self.process, self.university)
        self.assertEqual(self.find()[0].cartable_id, cartable)
        self.env["sajad.cartable.member"].create(
            {"cartable_id": cartable.id, "user_id": self.user_officer.id}
        )
        self.assertEqual(self.find().role_id.mapped("code"), ["gaps_two"])

    def test_faculty_roles_and_the_organization(self):
        faculty_role = self.make_role("gap_faculty", "faculty")
        own_role = self.make_role("gap_organization", "organization")
        process = self.make_process(
            "gaps2", {"f": {"role": faculty_role}, "o": {"role": own_role}}
        )
        process.university_ids = self.university
        self.university.faculty_ids = [
            fields.Command.create({"name": "Second", "code": "2"})
        ]
        gaps = self.Gap.search([("process_id", "=", process.id)])
        self.assertEqual(
            gaps.filtered(lambda g: g.role_id == faculty_role).faculty_id,
            self.university.faculty_ids,
        )
        self.assertEqual(
            gaps.filtered(lambda g: g.role_id == own_role).university_id,
            self.organization,
        )

    def test_liaison_sees_the_own_university(self):
        self.assertEqual(len(self.find(self.user_liaison)), 2)
        foreign = self.make_user("t_liaison_2", "sajad_base.group_sajad_liaison")
        self.other_university.liaison_ids = foreign
        self.assertFalse(self.find(foreign))
        with self.assertRaises(AccessError):
            self.find(self.user_officer)

    def test_ask_from_the_gap(self):
        gap = self.find(self.user_liaison)[0]
        action = gap.action_ask()
        Request = self.env["sajad.cartable.request"].with_user(self.user_liaison)
        with Form(Request.with_context(**action["context"])) as form:
            self.assertEqual(form.role_id, gap.role_id)
            self.assertEqual(form.process_id, self.process)
            TestCartableRequest.fill(form)
        form.record.write(LETTER)
        form.record.action_submit()
        self.env.invalidate_all()
        self.assertEqual(gap.request_id, form.record)
        self.assertEqual(gap.action_ask()["res_id"], form.record.id)

    def test_remind_once_a_day(self):
        gaps = self.find()
        gaps.action_remind()
        notice = self.env["sajad.notice"].search(
            [
                ("kind", "=", "reminder"),
                ("partner_id", "=", self.user_liaison.partner_id.id),
            ]
        )
        self.assertEqual(len(notice), 1)
        notice._send()
        self.assertIn(gaps[1].role_id.name, notice.mail_id.body_html)
        self.assertIn("/odoo/sajad-offices-without-anyone", notice.mail_id.body_html)
        with self.assertRaises(UserError):
            self.find().action_remind()
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self.find()[0].action_remind()
        with self.assertRaises(AccessError):
            self.find(self.user_liaison).action_remind()

    def test_queries_do_not_grow(self):
        def read():
            self.env.invalidate_all()
            self.Gap.search_read([], ["university_id", "role_id", "suspended_count"])

        read()
        with self.assertQueryCount(__system__=12):
            read()
        for number in range(20):
            self.make_university(f"U {number}", f"U{number}")
        self.process.university_ids = False
        with self.assertQueryCount(__system__=12):
            read()
