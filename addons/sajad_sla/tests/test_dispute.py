from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DisputeCommon

# 31 Shahrivar 1405, on which the request is finished; Mehr has thirty days
OPENED = "2026-09-22 08:00"


@tagged("post_install", "-at_install")
class TestDispute(DisputeCommon):
    """A dispute from opening to its end: terms, sides, what is not possible (D6)."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(OPENED):
            super().setUpClass()

    def test_month_of_the_calendar(self):
        """One Jalali month; its last day where it is shorter (30 Mehr)."""
        with freeze_time(OPENED):
            dispute = self.open_dispute()
        self.assertEqual(str(dispute.date_until), "2026-10-22")
        self.assertEqual(dispute.state, "negotiation")
        self.assertEqual(dispute.agreement_version_id, self.version)
        # in the evening of UTC it is the next day in the country: 1 Mehr
        self.as_student(dispute)._portal_withdraw()
        with freeze_time("2026-09-22 21:00"):
            again = self.open_dispute()
        self.assertEqual(str(again.date_until), "2026-10-23")

    @freeze_time(OPENED)
    def test_opening(self):
        """Of the own closed request, with reasons, once at a time."""
        running = self.make_request(self.process)
        with self.assertRaisesRegex(UserError, "done or refused"):
            self.open_dispute(running)
        with self.assertRaises(AccessError):
            self.open_dispute(user=self.user_other_student)
        with self.assertRaisesRegex(AccessError, "not your request"):
            self.open_dispute(user=self.user_officer)
        student = self.request.with_user(self.user_student)
        with self.assertRaisesRegex(UserError, "Write what"):
            student._portal_open_dispute("  ")
        dispute = self.open_dispute()
        self.assertHistory(dispute, "opened")
        with self.assertRaisesRegex(UserError, "open dispute"):
            self.open_dispute()

    def test_stated_time(self):
        """Until the last of the days that the agreement gives, where the country is."""
        self.assertEqual(str(self.request._get_dispute_last_day()), "2026-10-22")
        with (
            freeze_time("2026-10-22 21:00"),
            self.assertRaisesRegex(UserError, "until 10/22/2026"),
        ):
            self.open_dispute()
        with freeze_time("2026-10-22 20:00"):
            self.assertTrue(self.open_dispute())

    def test_without_agreement(self):
        """Requests from before the agreement have the usual time."""
        with freeze_time(OPENED):
            self.agreement.active = False
            request = self.close(self.make_request(self.process))
            self.assertFalse(request.agreement_version_id)
            self.assertEqual(str(request._get_dispute_last_day()), "2026-10-22")

    @freeze_time(OPENED)
    def test_settled(self):
        """The other side's latest offer is accepted; then it is over for good."""
        dispute = self.open_dispute()
        self.as_student(dispute)._portal_say("message", "When?")
        self.answer(dispute, "offer", "Tomorrow.")
        first = dispute.provider_offer_id.id
        self.answer(dispute, "offer", "Today.")
        with self.assertRaisesRegex(UserError, "latest"):
            self.as_student(dispute)._portal_accept(first)
        self.as_student(dispute)._portal_accept(dispute.provider_offer_id.id)
        self.assertEqual(dispute.state, "settled")
        kinds = ("opened", "message", "offer", "offer", "accepted")
        self.assertHistory(dispute, *kinds)
        self.assertEqual(dispute.entry_ids[-1].text, "Today.")
        for late in (
            lambda: self.as_student(dispute)._portal_accept(
                dispute.provider_offer_id.id
            ),
            lambda: self.as_student(dispute)._portal_withdraw(),
            lambda: self.as_student(dispute)._portal_say("message", "Wait"),
            lambda: self.answer(dispute, "message", "Wait"),
            lambda: self.answer(dispute, "decided", "No", outcome="rejected"),
        ):
            with self.assertRaisesRegex(UserError, "has ended"):
                late()
        with self.assertRaisesRegex(UserError, "for good"):
            self.open_dispute()

    @freeze_time(OPENED)
    def test_provider_accepts(self):
        dispute = self.open_dispute()
        with self.assertRaisesRegex(UserError, "latest"):
            self.as_settler(dispute).action_accept()
        self.as_student(dispute)._portal_say("offer", "Half of it.")
        self.as_settler(dispute).action_accept()
        self.assertEqual(dispute.state, "settled")

    @freeze_time(OPENED)
    def test_own_offer_is_not_accepted(self):
        dispute = self.open_dispute()
        self.as_student(dispute)._portal_say("offer", "All of it.")
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "latest"):
            self.as_student(dispute)._portal_accept(dispute.recipient_offer_id.id)

    @freeze_time(OPENED)
    def test_sent_twice(self):
        """A form that is sent twice says it once."""
        dispute = self.open_dispute()
        for _click in range(2):
            self.as_student(dispute)._portal_say("message", "Hello")
        self.assertHistory(dispute, "opened", "message")

    def test_opinion_after_the_month(self):
        """Not on the last day of the negotiation; from the next one on, and final."""
        with freeze_time(OPENED):
            dispute = self.open_dispute()
        opinion = {"kind": "decided", "text": "It was read.", "outcome": "rejected"}
        with (
            freeze_time("2026-10-22 20:00"),
            self.assertRaisesRegex(UserError, "negotiate until 10/22/2026"),
        ):
            self.answer(dispute, **opinion)
        # the cron may be late: the day counts
        with freeze_time("2026-10-22 21:00"):
            with self.assertRaisesRegex(UserError, "in whose favour"):
                self.answer(dispute, **{**opinion, "outcome": False})
            with self.assertRaisesRegex(UserError, "Write something"):
                self.answer(dispute, **{**opinion, "text": " "})
            with self.assertRaisesRegex(UserError, "is over"):
                self.as_student(dispute)._portal_say("message", "One more")
            self.answer(dispute, **opinion)
            with self.assertRaisesRegex(UserError, "has ended"):
                self.answer(dispute, **opinion)
        self.assertEqual(dispute.state, "decided")
        self.assertEqual(dispute.decided_by_id, self.user_settler)
        self.assertHistory(dispute, "opened", "decided")
        with self.assertRaisesRegex(UserError, "for good"):
            self.open_dispute()

    def test_who_decided_gives_no_opinion(self):
        """Never the one who decided on the request, nor a substitute's principal."""
        self.cartable_dispute.member_ids = [
            (0, 0, {"user_id": self.user_officer.id}),
        ]
        with freeze_time(OPENED):
            dispute = self.open_dispute()
        with freeze_time("2026-11-01"):
            opinion = {"kind": "decided", "text": "No.", "outcome": "rejected"}
            with self.assertRaisesRegex(UserError, "somebody else"):
                self.answer(dispute, user=self.user_officer, **opinion)
            self.answer(dispute, user=self.user_colleague, **opinion)

    @freeze_time(OPENED)
    def test_who_may(self):
        """Only who is in charge today answers; who looks, looks."""
        dispute = self.open_dispute()
        self.cartable_dispute.member_ids = [
            (0, 0, {"user_id": self.user_supervisor.id, "kind": "supervisor"}),
        ]
        for user in ("officer", "supervisor", "auditor", "organization", "admin"):
            with self.subTest(user), self.assertRaises(AccessError):
                user = getattr(self, f"user_{user}")
                self.answer(dispute, "message", "I", user=user)
        member = self.cartable_dispute.member_ids.filtered(
            lambda m: m.user_id == self.user_colleague
        )
        self.answer(dispute, "message", "I", user=self.user_colleague)
        member.date_to = "2026-09-21"
        with self.assertRaises(AccessError):
            self.answer(dispute, "message", "I again", user=self.user_colleague)
        for user in (self.user_other_student, self.user_settler):
            with self.assertRaisesRegex(AccessError, "not your dispute"):
                dispute.with_user(user)._portal_say("message", "I")

    @freeze_time(OPENED)
    def test_history_stays(self):
        """Clients neither write nor delete disputes and their entries."""
        dispute = self.open_dispute()
        entry = dispute.entry_ids
        for record in (self.as_settler(dispute), entry.with_user(self.user_admin)):
            for change in (
                lambda r=record: r.write({"date_open": OPENED}),
                lambda r=record: r.unlink(),
                lambda r=record: r.copy(),
                lambda r=record: r.create({"name": "1"}),
            ):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    change()
        with self.assertRaises(AccessError):
            entry.write({"text": "other"})

    @freeze_time(OPENED)
    def test_institution(self):
        """Members of today act for their institution; former ones do not."""
        self.process.for_institution = True
        institution = self.make_institution(
            "I1", self.user_other_student, self.university
        )
        flow = self.process.published_flow_id
        self.assertTrue(flow)
        request = self.make_request(
            self.process, institution, partner_id=self.user_other_student.partner_id.id
        )
        dispute = self.open_dispute(self.close(request), self.user_other_student)
        institution.member_ids = [(0, 0, {"user_id": self.user_student.id})]
        self.env.invalidate_all()
        self.as_student(dispute)._portal_say("message", "For us")
        institution.member_ids[0].date_to = "2026-09-21"
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            other = dispute.with_user(self.user_other_student)
            other._portal_say("message", "For them")
