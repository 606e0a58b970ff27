from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.sajad_base.tools.clock import get_country_today

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestCommission(CommissionCommon):
    """The special-cases commission from the student to the letter (row A7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.students = [cls.student]
        for number in range(3):
            user = cls.make_user(f"t_international_{number}", "base.group_portal")
            cls.students.append(cls.make_student(f"90{number}", cls.university, user))
            cls.students[-1].is_international = True

    def test_whole_way(self):
        request = self.apply()
        self.assertStates(request, vice="ready")
        self.bring_to_session(request)
        self.assertStates(request, session="ready")
        session = self.hold()
        item = session.item_ids
        self.assertEqual(item.request_id, request)
        self.assertIn("Note of vice", item.summary)
        self.assertIn("Note of international", item.summary)
        item.write({"decision": "accepted", "decision_text": "Two more terms."})
        session.action_close()
        self.assertEqual(session.state, "closed")
        self.assertEqual(request.state, "done")
        self.assertTrue(item.letter_number)
        event = request.event_ids.filtered(
            lambda e: e.stage_id.code == "session" and e.kind == "approved"
        )
        self.assertEqual(event.reason, "Two more terms.")
        self.assertEqual(event.user_id, self.user_secretary)

    def test_not_held_before_its_day(self):
        """Begun earlier, it is held today; the client asks first. Nothing that it
        gives out is dated before it."""
        self.bring_to_session(self.apply())
        later = fields.Datetime.now() + timedelta(days=3)
        session = self.hold(date=later)
        self.assertEqual(session._get_day(), get_country_today())
        session.item_ids.write({"decision": "accepted"})
        session.date = later
        self.assertTrue(session.is_early)
        with self.assertRaisesRegex(UserError, "day to come"):
            session.action_close()
        session.date = fields.Datetime.now()
        session.action_close()
        self.assertGreaterEqual(session.item_ids.date_letter, session._get_day())

    def test_the_client_asks_before_an_early_session(self):
        view = self.env.ref("sajad_commission.sajad_commission_session_view_form")
        arch = etree.fromstring(view.arch)
        asking, plain = (
            arch.xpath("//button[@name='action_open'][@confirm]"),
            arch.xpath("//button[@name='action_open'][not(@confirm)]"),
        )
        self.assertIn("not is_early", asking[0].get("invisible"))
        self.assertIn("or is_early", plain[0].get("invisible"))

    def test_letter_names_the_subject(self):
        request = self.apply(properties={"subject": "terms", "wish": "دو نیم‌سال"})
        self.bring_to_session(request)
        session = self.hold()
        self.assertEqual(
            session.item_ids._get_matter(),
            [
                ("موضوع درخواست", "افزایش سنوات تحصیلی"),
                ("خواسته از کمیسیون", "دو نیم‌سال"),
            ],
        )
        session.item_ids.write({"decision": "accepted"})
        session.action_close()
        for report, record in (("letter", session.item_ids), ("minutes", session)):
            page, _kind = self.env["ir.actions.report"]._render_qweb_html(
                f"sajad_commission.sajad_commission_{report}", record.ids
            )
            self.assertIn("افزایش سنوات تحصیلی", page.decode())

    def test_form_asks_for_the_case(self):
        self.assertEqual(
            self.process.published_flow_id.required_properties,
            ["subject", "wish", "passport_until"],
        )

    def test_many_decisions_in_one_sitting(self):
        requests = [self.apply(student) for student in self.students]
        for request in requests:
            self.bring_to_session(request)
        session = self.hold()
        decisions = ("accepted", "conditional", "rejected", "postponed")
        with Form(session) as form:
            for number, decision in enumerate(decisions):
                with form.item_ids.edit(number) as line:
                    line.decision = decision
                    line.decision_text = f"Because {number}"
        session.action_close()
        self.assertEqual(
            [request.state for request in requests],
            ["done", "done", "refused", "running"],
        )
        numbers = [
            int(item.letter_number.split("/")[1]) for item in session.item_ids[:3]
        ]
        self.assertEqual(sorted(numbers), list(range(min(numbers), min(numbers) + 3)))
        self.assertFalse(session.item_ids[3].letter_number)
        self.assertEqual(requests[3].event_ids[-1].kind, "postponed")
        # what was postponed comes to the next session, and only that
        following = self.hold()
        self.assertEqual(following.item_ids.request_id, requests[3])
        self.assertNotEqual(following.name, session.name)

    def test_nobody_decides_without_a_session(self):
        request = self.apply()
        self.bring_to_session(request)
        task = self.task(request, "session", self.user_secretary)
        with self.assertRaisesRegex(UserError, "in a session"):
            task.action_approve()
        problems = task.env["sajad.engine"]._decide(task, "refused", "No.")
        self.assertIn("in a session", problems[task])
        session = self.hold()
        item = session.item_ids
        # a context that any client can send opens nothing
        sent = task.with_context(sajad_commission_items=item.ids)
        with self.assertRaisesRegex(UserError, "in a session"):
            sent.action_approve()
        self.assertEqual(task.state, "ready")

    def test_close_asks_for_each_decision(self):
        self.bring_to_session(self.apply())
        session = self.hold()
        with self.assertRaisesRegex(UserError, "Enter the decision"):
            session.action_close()
        session.item_ids.decision = "accepted"
        session.action_close()
        with self.assertRaises(UserError):
            session.action_close()
        with self.assertRaises(UserError):
            session.item_ids.decision = "rejected"
        with self.assertRaises(UserError):
            session.note = "Later."

    def test_nobody_is_present_before_the_session(self):
        """Members are ticked while it is held, and the minutes name somebody."""
        self.bring_to_session(self.apply())
        planned = (
            self.env["sajad.commission.session"]
            .with_user(self.user_secretary)
            .create(
                {
                    "date": fields.Datetime.now(),
                    "attendee_ids": [fields.Command.create({"name": "Test Member"})],
                }
            )
        )
        planned.action_fill()
        member = planned.attendee_ids
        self.assertFalse(member.is_present)
        came = {"is_present": True}
        for record, vals in (
            (member, came),
            (planned, {"attendee_ids": [fields.Command.update(member.id, came)]}),
            (planned.item_ids, {"decision": "accepted"}),
        ):
            with self.assertRaisesRegex(UserError, "Begin the session first"):
                record.write(vals)
        self.env.invalidate_all()
        planned.action_open()
        planned.item_ids.decision = "accepted"
        with self.assertRaisesRegex(UserError, "who is present"):
            planned.action_close()
        member.is_present = True
        planned.action_close()
        self.assertEqual(planned.state, "closed")

    def test_members_of_a_closed_session_are_final(self):
        """Over RPC too: the minutes that were printed say who was there."""
        self.bring_to_session(self.apply())
        session = self.hold()
        session.item_ids.decision = "accepted"
        session.action_close()
        Member = self.env["sajad.commission.attendee"].with_user(self.user_secretary)
        with self.assertRaisesRegex(UserError, "final"):
            session.attendee_ids.is_present = False
        with self.assertRaisesRegex(UserError, "final"):
            session.attendee_ids.unlink()
        with self.assertRaisesRegex(UserError, "final"):
            Member.create({"session_id": session.id, "name": "Later Member"})

    def test_agenda_says_what_is_asked(self):
        request = self.apply(properties={"subject": "terms", "wish": "دو نیم‌سال"})
        self.bring_to_session(request)
        self.assertEqual(self.hold().item_ids.matter, "افزایش سنوات تحصیلی\nدو نیم‌سال")

    def test_what_cannot_be_decided_keeps_the_session_open(self):
        first, second = (self.apply(student) for student in self.students[:2])
        for request in (first, second):
            self.bring_to_session(request)
        session = self.hold()
        session.item_ids.decision = "accepted"
        # meanwhile a colleague took one of them
        self.task(second, "session").sudo().user_id = self.user_admin
        session.action_close()
        self.assertEqual(session.state, "open")
        self.assertEqual((first.state, second.state), ("done", "running"))
        self.assertEqual(session.item_ids.mapped("is_applied"), [True, False])

    def test_empty_agenda(self):
        Session = self.env["sajad.commission.session"].with_user(self.user_secretary)
        session = Session.create({"date": fields.Datetime.now()})
        with self.assertRaises(UserError):
            session.action_fill()
        with self.assertRaises(UserError):
            session.action_open()

    def test_cancelled_session_gives_its_requests_back(self):
        self.bring_to_session(self.apply())
        session = self.hold()
        session.action_cancel()
        self.assertEqual(len(self.hold().item_ids), 1)

    def test_only_members_hold_sessions(self):
        self.bring_to_session(self.apply())
        session = self.hold()
        for user in (self.user_vice, self.user_liaison, self.user_student):
            foreign = session.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                foreign.read(["name"])
        auditor = session.with_user(self.user_auditor)
        self.assertEqual(auditor.item_count, 1)
        with self.assertRaises(AccessError):
            auditor.item_ids.decision = "accepted"
        with self.assertRaises(AccessError):
            session.item_ids.write({"letter_number": "1/1"})

    def test_only_international_students_apply(self):
        self.student.is_international = False
        with self.assertRaisesRegex(UserError, "not offered to you"):
            self.apply()

    # ------------------------------------------------------------
    # APPEAL
    # ------------------------------------------------------------

    def _get_refused(self):
        request = self.apply()
        self.bring_to_session(request)
        session = self.hold()
        session.item_ids.write({"decision": "rejected", "decision_text": "No."})
        session.action_close()
        return request.with_user(self.user_student).sudo()

    def test_appeal_goes_to_another_session(self):
        request = self._get_refused()
        appeal = request._portal_appeal("The transcript was not seen.", "appeal-1")
        self.assertEqual(appeal.process_id, self.appeals)
        self.assertEqual(appeal.appeal_of_id, request)
        # a second click gives the same appeal, another one is refused
        again = request._portal_appeal("The transcript was not seen.", "appeal-1")
        self.assertEqual(again, appeal)
        with self.assertRaisesRegex(UserError, "already"):
            request._portal_appeal("Once more.", "appeal-2")
        self.task(appeal, "international", self.user_office).action_approve()
        session = self.hold(self.appeals)
        session.item_ids.decision = "accepted"
        session.action_close()
        self.assertEqual(appeal.state, "done")

    def test_appeal_has_a_term(self):
        request = self._get_refused()
        request.date_done = fields.Datetime.subtract(fields.Datetime.now(), days=21)
        with self.assertRaisesRegex(UserError, "20 days"):
            request._portal_appeal("Too late.")
        running = self.apply(self.students[1])
        with self.assertRaises(UserError):
            running.with_user(self.students[1].user_id).sudo()._portal_appeal("Early.")

    def test_appeals_are_not_in_the_catalogue(self):
        offered = self.env["sajad.request"]._filter_offered(
            self.process | self.appeals, self.student
        )
        self.assertEqual(offered, self.process)
