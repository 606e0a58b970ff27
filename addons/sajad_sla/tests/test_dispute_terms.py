from freezegun import freeze_time

from odoo.tests import tagged

from .common import DisputeCommon
from .test_dispute import OPENED


@tagged("post_install", "-at_install")
class TestDisputeTerms(DisputeCommon):
    """Reminders, the end of the month, and who is told of what (row D6)."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(OPENED):
            super().setUpClass()
            cls.dispute = cls.open_dispute()
            cls.env["sajad.notice"].search([]).unlink()

    def follow(self, day):
        """Run the job of a day twice; return who was told of what that day."""
        self.env["sajad.notice"].search([]).unlink()
        with freeze_time(f"{day} 08:00"):
            for _time in range(2):
                self.env["sajad.dispute"]._cron_follow()
        self.env.invalidate_all()
        return self.get_told()

    def get_told(self):
        notices = self.env["sajad.notice"].search([])
        return sorted((notice.kind, notice.partner_id.name) for notice in notices)

    def test_terms(self):
        """Reminded once before the end; over after it; the opinion asked for weekly."""
        both = ("t_colleague", "t_settler", "t_student")
        self.assertEqual(self.follow("2026-10-16"), [])
        told = self.follow("2026-10-17")
        self.assertEqual(told, [("dispute_soon", name) for name in both])
        self.assertEqual(self.follow("2026-10-22"), [])
        self.assertEqual(self.dispute.state, "negotiation")
        told = self.follow("2026-10-23")
        self.assertEqual(told, [("dispute_over", name) for name in both])
        self.assertEqual(self.dispute.state, "opinion")
        self.assertHistory(self.dispute, "opened", "over")
        self.assertEqual(self.follow("2026-10-29"), [])
        told = self.follow("2026-10-30")
        self.assertEqual(told, [("dispute_due", name) for name in both[:2]])
        self.assertEqual(self.follow("2026-10-31"), [])

    def test_late_job(self):
        """A job that did not run for weeks ends the negotiation at once."""
        self.assertEqual(len(self.follow("2026-12-01")), 3)
        self.assertHistory(self.dispute, "opened", "over")
        with freeze_time("2026-12-02"):
            self.as_student(self.dispute)._portal_withdraw()
        self.assertEqual(self.dispute.state, "withdrawn")
        self.assertEqual(self.follow("2027-01-01"), [])

    @freeze_time(OPENED)
    def test_told(self):
        """Each side is told what the other one did, and where to read it."""
        self.as_student(self.dispute)._portal_say("message", "Hello")
        offices = [("dispute_message", n) for n in ("t_colleague", "t_settler")]
        self.assertEqual(self.get_told(), offices)
        notices = self.env["sajad.notice"].search([])
        path = f"/odoo/sajad-disputes/{self.dispute.id}"
        self.assertEqual(set(notices.mapped("path")), {path})
        notices.unlink()
        self.answer(self.dispute, "offer", "Half")
        self.assertEqual(self.get_told(), [("dispute_offer", "t_student")])
        notice = self.env["sajad.notice"].search([])
        self.assertEqual(notice.path, f"/my/disputes/{self.dispute.id}")
        notice.partner_id.email = "student@example.com"
        notice._send()
        self.assertIn("made an offer", notice.mail_id.body_html)
        self.assertIn(notice.path, notice.mail_id.body_html)

    @freeze_time(OPENED)
    def test_nobody_in_charge(self):
        """Without an office the experts who appoint are told: nothing hangs unseen."""
        self.as_student(self.dispute)._portal_withdraw()
        self.cartable_dispute.member_ids.unlink()
        self.env["sajad.notice"].search([]).unlink()
        self.open_dispute()
        told = self.get_told()
        self.assertIn(("dispute_opened", "t_organization"), told)
        self.assertIn(("dispute_opened", "t_student"), told)
        self.assertNotIn(("dispute_opened", "t_settler"), told)

    def test_queries(self):
        """The job costs the same for each dispute, and nothing for ended ones."""
        disputes = self.dispute
        with freeze_time(OPENED):
            for _number in range(4):
                request = self.close(self.make_request(self.process))
                disputes |= self.open_dispute(request)
            self.as_student(disputes[0])._portal_withdraw()
            self.env.flush_all()
            self.env.invalidate_all()
        with freeze_time("2026-10-01"):
            self.env["sajad.dispute"]._cron_follow()
            self.env.invalidate_all()
            # nothing is due: one query finds them
            with self.assertQueryCount(1):
                self.env["sajad.dispute"]._cron_follow()
