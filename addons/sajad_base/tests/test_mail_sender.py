from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools.mail import email_split_tuples

from odoo.addons.mail.tests.common import MockEmail

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestMailSender(SajadCommon, MockEmail):
    """In whose name mails go out, one test for each kind (row A11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.university.write(
            {"mail_address": "noreply@tu.example", "mail_reply_to": "help@tu.example"}
        )
        cls.other_university.mail_name = "Other Services"
        cls.organization.mail_address = "noreply@organization.example"
        cls.process = cls.make_process("sender", {"a": {}})
        cls.people = cls.user_student | cls.user_other_student | cls.user_liaison
        cls.people |= cls.user_officer | cls.user_auditor
        for user in cls.people:
            user.email = f"{user.login}@example.com"
        cls.env["sajad.notice"].search([("state", "=", "queued")]).state = "sent"
        # a job commits after each batch, which a test must not
        Cron = cls.env.registry["ir.cron"]
        cls.startClassPatcher(patch.object(Cron, "_commit_progress", return_value=60))

    def send(self):
        """Send what is queued; return what leaves, by the address of who gets it."""
        self.env["sajad.notice"]._cron_send()
        mails = self.env["mail.mail"].search([("state", "=", "outgoing")])
        with self.mock_mail_gateway():
            mails.send()
        return self.read_mails()

    def read_mails(self):
        """Return {address of who gets it: (sender, address, reply to, body)}."""
        read = {}
        for mail in self._mails:
            (name, address), (_name, answers) = (
                email_split_tuples(mail[key])[0] for key in ("email_from", "reply_to")
            )
            for to in mail["email_to"]:
                read[email_split_tuples(to)[0][1]] = (
                    name,
                    address,
                    answers,
                    mail["body"],
                )
        return read

    def assertOwn(self, mail):
        """The mail is the university's, and nothing in it is of anybody else."""
        name, address, answers, body = mail
        self.assertEqual(name, "Test University")
        self.assertEqual(address, "noreply@tu.example")
        self.assertEqual(answers, "help@tu.example")
        self.assertNotIn(self.env.company.name, body)
        self.assertNotIn("Other Services", body)
        # it closes with the line of the university, never with the program's
        self.assertIn("Test University", body)
        self.assertNotIn("Odoo", body)
        self.assertNotIn("odoo.com?utm_source", body)

    def test_request(self):
        self.make_request(self.process)
        self.make_request(self.process, self.other_student)
        mails = self.send()
        self.assertOwn(mails["t_student@example.com"])
        self.assertOwn(mails["t_liaison@example.com"])
        name, address, answers, body = mails["t_other_student@example.com"]
        # what it does not say, the Organization says for it
        self.assertEqual(name, "Other Services")
        self.assertEqual(address, "noreply@organization.example")
        self.assertEqual(answers, "noreply@organization.example")
        self.assertIn("Other Services", body)

    def test_letters_are_not_mixed(self):
        """Who is the liaison of two universities gets a letter of each."""
        self.other_university.liaison_ids = self.user_liaison
        self.make_request(self.process)
        self.make_request(self.process, self.other_student)
        self.env["sajad.notice"]._cron_send()
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "=", self.user_liaison.partner_id.id)]
        )
        names = {email_split_tuples(mail.email_from)[0][0] for mail in mails}
        self.assertEqual(names, {"Test University", "Other Services"})

    def test_work(self):
        self.make_cartables(self.process, self.university, self.user_officer)
        self.make_request(self.process)
        self.user_officer.sajad_notice_mode = "now"
        self.assertOwn(self.send()["t_officer@example.com"])
        # whoever works at two of them is written to by the Organization
        self.make_cartables(self.process, self.other_university, self.user_officer)
        self.make_request(self.process, self.other_student)
        # what comes within the second of a mail is told with the next one
        self.user_officer.sajad_notice_date = False
        mail = self.send()["t_officer@example.com"]
        self.assertEqual(mail[0], self.organization.name)
        self.assertEqual(mail[1], "noreply@organization.example")

    def test_reminder(self):
        gap = self.env["sajad.cartable.gap"].search(
            [
                ("process_id", "=", self.process.id),
                ("university_id", "=", self.university.id),
            ]
        )
        gap.with_user(self.user_organization).action_remind()
        mail = self.send()["t_liaison@example.com"]
        self.assertEqual(mail[0], self.organization.name)

    def test_invitation(self):
        student = self.make_student("4004", self.university)
        student.email = "4004@example.com"
        student.with_user(self.user_liaison).action_create_accounts()
        self.assertOwn(self.send()["4004@example.com"])

    def test_account_of_staff(self):
        """Who is made by an administrator of accounts is invited by a letter too."""
        values = {"name": "New", "login": "t_new", "email": "new@example.com"}
        Users = self.env["res.users"].with_context(no_reset_password=False)
        Users.create(values)
        name, _address, _answers, body = self.send()["new@example.com"]
        self.assertEqual(name, self.organization.name)
        self.assertIn("t_new", body)
        self.assertIn("/web/signup", body)
        self.assertNotIn("Odoo", body)

    def test_password(self):
        self.user_student.action_reset_password()
        mail = self.send()["t_student@example.com"]
        self.assertOwn(mail)
        self.assertIn("/web/reset_password", mail[3])
        self.assertIn("t_student", mail[3])
        self.assertNotIn("Odoo", mail[3])
        # valid four hours, as the clock of the person says it
        self.user_student.tz = "Asia/Tokyo"
        with freeze_time("2026-11-22 20:30:00"):
            self.user_student.action_reset_password()
            body = self.send()["t_student@example.com"][3]
        self.assertIn("09:30", body)
        # an administrator's own, too: nobody else asks for it
        self.user_auditor.with_user(self.user_auditor).sudo().action_reset_password()
        self.assertIn("t_auditor@example.com", self.send())

    def test_security(self):
        with self.mock_mail_gateway():
            self.user_student._notify_security_setting_update("Subject", "Changed")
        mail = self.read_mails()["t_student@example.com"]
        self.assertOwn(mail)
        # Odoo's second factor is explained on its own pages, in English
        self.assertNotIn("odoo.com", mail[3])

    def test_no_program_signs(self):
        """Mails of Odoo itself close without a word of it, in any language."""
        self.env["res.lang"]._activate_lang("fa_IR")
        for name in (
            "mail_notification_layout",
            "mail_notification_light",
            "mail_notification_invite",
            "mail_notification_layout_with_responsible_signature",
        ):
            with self.subTest(name):
                arch = self.env.ref(f"mail.{name}").get_combined_arch()
                self.assertNotIn("odoo.com", arch)
                self.assertIn("company.name", arch)
        templates = self.env["mail.template"].search([("model", "=", "res.users")])
        # notices invite (`test_account_of_staff`)
        for template in templates - self.env.ref("auth_signup.set_password_email"):
            for lang in ("en_US", "fa_IR"):
                with self.subTest(template.name, lang=lang):
                    self.user_student.lang = lang
                    body = template._render_field(
                        "body_html",
                        self.user_student.ids,
                        compute_lang=True,
                        options={"post_process": True},
                    )[self.user_student.id]
                    self.assertTrue(body)
                    self.assertNotIn("odoo.com", body)

    def test_comment(self):
        """What a person writes leaves in the name of person and university."""
        self.make_cartables(self.process, self.university, self.user_officer)
        request = self.make_request(self.process)
        with self.mock_mail_gateway():
            request.with_user(self.user_officer).message_post(
                body="Please come.",
                partner_ids=self.user_student.partner_id.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        name, address, answers, body = self.read_mails()["t_student@example.com"]
        self.assertEqual(name, "t_officer (Test University)")
        self.assertEqual(address, "noreply@tu.example")
        self.assertEqual(answers, "help@tu.example")
        self.assertNotIn(self.env.company.name, body)

    def test_site(self):
        """Pages are called as the Organization is, and never Odoo."""
        self.organization.mail_name = "Student Affairs"
        self.assertEqual(self.env.ref("base.main_company").name, "Student Affairs")
        self.university.mail_name = "TU"
        self.assertEqual(self.env.ref("base.main_company").name, "Student Affairs")

    def test_no_address(self):
        for address in ("nobody", "a@b", "a b@c.ir", "a@c.ir, d@e.ir"):
            with self.subTest(address), self.assertRaises(ValidationError):
                self.university.mail_reply_to = address
