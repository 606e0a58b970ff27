from odoo.tests import tagged

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestTalk(SajadCommon):
    """Comments both ways reach the right people (row A9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("talk", {"a": {}, "b": {"after": ["a"]}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.request = cls.make_request(cls.process)
        cls.user_officer.notification_type = "inbox"

    def post(self, user, body, **values):
        message = self.request.with_user(user).message_post(
            body=body,
            message_type="comment",
            subtype_xmlid=values.pop("subtype", "mail.mt_comment"),
            **values,
        )
        return message.sudo().notified_partner_ids

    def test_office_is_told_what_the_student_says(self):
        told = self.post(self.user_student, "When may I come?")
        self.assertIn(self.user_officer.partner_id, told)

    def test_only_the_colleague_who_claimed_it_is_told(self):
        colleague = self.make_user("t_colleague", "base.group_user")
        cartable = self.task(self.request, "a").cartable_id
        self.env["sajad.cartable.member"].create(
            {"cartable_id": cartable.id, "user_id": colleague.id}
        )
        self.task(self.request, "a", colleague).action_claim()
        told = self.post(self.user_student, "When may I come?")
        self.assertIn(colleague.partner_id, told)
        self.assertNotIn(self.user_officer.partner_id, told)

    def test_student_is_told_what_an_office_says(self):
        told = self.post(self.user_officer, "Tomorrow.")
        self.assertIn(self.user_student.partner_id, told)

    def test_internal_notes_stay_inside(self):
        told = self.post(self.user_officer, "Hm.", subtype="mail.mt_note")
        self.assertNotIn(self.user_student.partner_id, told)
