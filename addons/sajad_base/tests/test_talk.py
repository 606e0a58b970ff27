from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.request import sajad_upload_quota
from .common import SajadCommon
from .test_portal import PDF as PDF_CONTENT


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

    def test_card_says_that_the_student_wrote(self):
        work = self.task(self.request, "a", self.user_officer)
        self.assertFalse(work.has_question)
        self.post(self.user_student, "When may I come?")
        work.invalidate_recordset(["has_question"])
        self.assertTrue(work.has_question)
        self.post(self.user_officer, "Hm.", subtype="mail.mt_note")
        work.invalidate_recordset(["has_question"])
        self.assertTrue(work.has_question, "a note inside the office is no answer")
        self.post(self.user_officer, "Tomorrow.")
        work.invalidate_recordset(["has_question"])
        self.assertFalse(work.has_question)

    def test_office_sees_a_notice_in_the_client(self):
        seen = []

        def send(record, kind, payload, **kwargs):
            if kind == "simple_notification":
                seen.append((record.login, payload["message"]))

        with patch.object(self.registry["res.users"], "_bus_send", send):
            self.post(self.user_student, "When may I come?")
        subject = self.request._message_compute_subject()
        self.assertEqual(seen, [(self.user_officer.login, subject)])

    def test_subject_names_person_and_service(self):
        subject = self.request._message_compute_subject()
        for part in (self.student.name, self.process.name, self.request.name):
            self.assertIn(part, subject)

    def test_nothing_that_was_said_is_deleted(self):
        self.post(self.user_officer, "Tomorrow.")
        message = self.request.message_ids[:1]
        with self.assertRaises(UserError):
            self.request.with_user(self.user_officer)._message_update_content(
                message, body=""
            )

    # ------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------

    def comment(self, user=None, **values):
        # as the page of the request posts it
        request_sudo = self.request.with_user(user or self.user_student).sudo()
        return request_sudo.message_post(
            body="See the file.", message_type="comment", **values
        )

    def test_file_sent_with_the_comment_itself(self):
        """Nobody goes around the check of the page; the request waits for nothing."""
        for name, content in (("a.exe", b"MZ"), ("a.pdf", "no paper"), ("a.pdf", b"")):
            with self.subTest(name), self.assertRaises(UserError):
                self.comment(attachments=[[name, content]])
        message = self.comment(attachments=[("a.pdf", PDF_CONTENT)])
        self.assertEqual(message.sudo().attachment_ids.raw, PDF_CONTENT)

    def test_files_sent_before_count_when_the_comment_is_posted(self):
        self.startPatcher(patch.object(sajad_upload_quota, "RECORD_FILES", 2))
        values = {"name": "a.pdf", "raw": PDF_CONTENT}
        values |= {"res_model": "mail.compose.message", "res_id": 0}
        Attachment_sudo = self.env["ir.attachment"].with_user(self.user_student).sudo()
        files = Attachment_sudo.create([values] * 3)
        with self.assertRaisesRegex(UserError, "No more files"):
            self.comment(attachment_ids=files.ids)
        self.comment(attachment_ids=files[:2].ids)
        with self.assertRaisesRegex(UserError, "No more files"):
            self.comment(attachments=[("a.pdf", PDF_CONTENT)])
        # staff are known by name
        self.comment(self.user_officer, attachments=[("a.pdf", PDF_CONTENT)])
