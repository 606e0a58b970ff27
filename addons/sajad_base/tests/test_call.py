from uuid import uuid4

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SajadCommon

# half past two in the night of 1 December in Tehran
AFTER = "2026-11-30 23:00"
BEFORE = "2026-11-30 20:00"


@tagged("post_install", "-at_install")
class TestCall(SajadCommon):
    """Outside its call a service takes no request; open ones finish (row D7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "called",
            {"office": {"allow_return": True}},
            call_start="2026-11-01",
            call_end="2026-11-30",
            for_institution=True,
            for_staff=True,
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)

    def submit(self, requester, user):
        # who is offered the service reads it with elevated rights, as portal pages do
        process = self.process.with_user(user).sudo()
        Request = self.env["sajad.request"].with_user(user)
        return Request._portal_submit(process, requester, {}, str(uuid4()))

    def test_every_door(self):
        """Students, institutions and staff, forms, and the engine itself."""
        institution = self.make_institution(
            "CALLED", self.user_other_student, self.university
        )
        self.user_liaison.sajad_university_id = self.university
        people = (
            (self.student, self.user_student),
            (institution, self.user_other_student),
            (self.user_liaison.partner_id, self.user_liaison),
        )
        for requester, user in people:
            with self.subTest(user.login):
                with freeze_time(BEFORE):
                    self.assertTrue(self.submit(requester, user))
                with (
                    freeze_time(AFTER),
                    self.assertRaisesRegex(UserError, "has closed.*11/30/2026"),
                ):
                    self.submit(requester, user)
                with (
                    freeze_time("2026-10-31 20:00"),
                    self.assertRaisesRegex(UserError, "has not opened.*11/01/2026"),
                ):
                    self.submit(requester, user)
        with freeze_time(BEFORE):
            draft = self.make_request(self.process, submit=False)
        with freeze_time(AFTER), self.assertRaisesRegex(UserError, "has closed"):
            self.engine._submit(draft)

    def test_day_of_the_country(self):
        """A time zone that somebody chooses lengthens no call, and shortens none."""
        for tz in ("Pacific/Honolulu", "Pacific/Kiritimati", False):
            process = self.process.with_context(tz=tz)
            for moment, state in ((BEFORE, "open"), (AFTER, "closed")):
                with freeze_time(moment):
                    process.invalidate_recordset()
                    self.assertEqual(process._get_call_state(), state)
                    self.assertEqual(process.is_open, state == "open")

    def test_open_ones_finish(self):
        """Returned, answered and approved after the end, as before it."""
        with freeze_time(BEFORE):
            request = self.submit(self.student, self.user_student)
        with freeze_time(AFTER):
            task = self.task(request, "office", self.user_officer)
            task.env["sajad.engine"]._return_to_student(task, "A paper, please")
            request.with_user(self.user_student)._portal_answer("Here it is")
            self.approve(request, "office")
        self.assertEqual(request.state, "done")
