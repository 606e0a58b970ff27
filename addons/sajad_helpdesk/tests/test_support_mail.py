from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_portal import PNG
from odoo.addons.sajad_base.tools.clock import get_country_today

from . import mails
from .common import SupportCommon

DESK = "support@desk.example"
STUDENT = "Student <student@mail.example>"


class SupportMailCommon(SupportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Mail = cls.env["sajad.support.mail"]
        domain = cls.env["mail.alias.domain"].create({"name": "desk.example"})
        cls.env.company.alias_domain_id = domain
        cls.env["sajad.support.mailbox"].search([]).active = False
        cls.mailbox = cls.make_mailbox("support", cls.category)
        cls.user_student.partner_id.email = "student@mail.example"
        cls.user_other_student.partner_id.email = "other@mail.example"
        cls.user_technical.partner_id.email = "expert@office.example"

    @classmethod
    def make_mailbox(cls, name, category):
        cls.env["mail.alias"].search([("alias_name", "=", name)]).alias_name = False
        return cls.env["sajad.support.mailbox"].create(
            {
                "name": "Desk",
                "alias_name": name,
                "category_id": category.id,
                "role_id": cls.env.ref(
                    "sajad_helpdesk.sajad_role_support_technical"
                ).id,
            }
        )

    def receive(self, raw):
        """Let a mail come in; return its line of the list and the answers queued."""
        last = self.env["mail.mail"].search([], order="id desc", limit=1)
        before = self.Mail.search([], order="id desc", limit=1)
        self.env["mail.thread"].message_process(None, raw)
        mail = self.Mail.search([("id", ">", before.id or 0)])
        sent = self.env["mail.mail"].search([("id", ">", last.id or 0)])
        return mail, sent.filtered(lambda m: "auto-replied" in (m.headers or ""))

    def send(self, sender=STUDENT, to=DESK, **values):
        return self.receive(mails.make_mail(sender, to, **values))

    def assertRefused(self, found, reason, answered=True):
        mail, answers = found
        self.assertEqual((mail.result, mail.reason), ("refused", reason))
        self.assertEqual(len(answers), int(answered))
        return mail

    def solve(self, request):
        tasks = request.sudo().task_ids.filtered(
            lambda t: t.current and t.state == "ready"
        )
        tasks.with_user(self.user_technical).action_approve()
        request.invalidate_recordset()


@tagged("post_install", "-at_install")
class TestSupportMailIn(SupportMailCommon):
    """A mail to a desk becomes a request, or an expert sees why not (row D1)."""

    def test_becomes_the_request_of_its_sender(self):
        mail, answers = self.send(
            subject="ورود", files=[("a.png", PNG, "image", "png")]
        )
        request = mail.request_id
        self.assertEqual(mail.result, "request")
        self.assertFalse(answers, "the notice of a request tells it")
        self.assertEqual(request.student_id, self.student)
        self.assertEqual(request.support_subject, "ورود")
        self.assertEqual(request.note, mails.TEXT)
        self.assertBoard(request, state="new", line="technical")
        self.assertEqual(request._get_portal_files().mapped("name"), ["a.png"])
        message = request.message_ids.filtered(lambda m: m.message_type == "comment")
        self.assertEqual(message.author_id, self.user_student.partner_id)
        self.assertFalse(mail.is_open)

    def ask_more(self, *required):
        """Let the category of the desk ask more than a mail says."""
        self.category.write(
            {
                "form_definition": [
                    {"name": "place", "string": "Which page", "type": "char"},
                    {
                        "name": "shot",
                        "string": "Picture",
                        "type": "char",
                        "written_as": "file",
                    },
                ],
                "required_properties": list(required),
            }
        )

    def test_what_the_category_asks_is_asked_for(self):
        """The acknowledgement says what is missing, with the page to fill it in."""
        self.ask_more("place")
        request = self.send(subject="ورود")[0].request_id
        self.assertEqual(request.support_missing, "Which page")
        self.env["mail.mail"].search([]).unlink()
        self.env["sajad.notice"].search([("state", "=", "queued")])._send()
        person = self.user_student.partner_id
        told = self.env["mail.mail"].search([("recipient_ids", "in", person.ids)])
        self.assertIn("Which page", told.body_html)
        path = f"{request.access_url}#sajad_support_missing"
        self.assertIn(path, told.body_html)
        request.with_user(self.user_student).sudo()._portal_complete(
            {"place": "Debts"}, self.env["ir.attachment"]
        )
        self.assertFalse(request.support_missing)
        message = request.message_ids[:1]
        self.assertEqual(message.author_id, person)
        self.assertIn("Debts", message.body)
        with self.assertRaises(UserError):
            request.with_user(self.user_student).sudo()._portal_complete(
                {"place": "Again"}, self.env["ir.attachment"]
            )

    def test_picture_of_the_mail_is_the_picture_that_is_asked(self):
        self.ask_more("shot")
        files = [("a.png", PNG, "image", "png")]
        request = self.send(subject="ورود", files=files)[0].request_id
        self.assertFalse(request.support_missing)
        request = self.send(subject="خطا")[0].request_id
        self.assertEqual(request.support_missing, "Picture")

    def test_same_mail_twice(self):
        raw = mails.make_mail(STUDENT, DESK, Message_Id="<twice@mail.example>")
        first, _answers = self.receive(raw)
        self.assertTrue(first.request_id)
        self.assertFalse(self.receive(raw)[0])

    def test_unknown_sender_is_answered_and_kept(self):
        found = self.send(
            "Somebody <who@else.example>",
            files=[
                ("a.png", PNG, "image", "png"),
                ("a.exe", b"MZ", "application", "x"),
            ],
        )
        mail = self.assertRefused(found, "unknown")
        self.assertTrue(mail.is_open)
        self.assertIn("/my/support", found[1].body_html)
        self.assertEqual(found[1].email_to, "who@else.example")
        self.assertIn(mails.TEXT, mail.message_ids[:1].body)
        self.assertEqual(self.get_files(mail).mapped("name"), ["a.png"])

    def get_files(self, record):
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["ir.attachment"].search(domain)

    def test_several_people_with_one_address(self):
        self.user_other_student.partner_id.email = "student@mail.example"
        self.assertRefused(self.send(), "ambiguous")
        # an answer is of the one whose request it is
        request = self.ask()
        mail, _answers = self.send(subject=f"Re: {request.name}")
        self.assertEqual((mail.result, mail.request_id), ("reply", request))

    def test_staff_and_institution(self):
        mail, _answers = self.send("expert@office.example")
        self.assertEqual(mail.request_id.requester_kind, "staff")
        member = self.make_user("t_member", "base.group_portal")
        member.partner_id.email = "member@body.example"
        institution = self.make_institution("I1", member)
        mail, _answers = self.send("member@body.example")
        self.assertEqual(mail.request_id.institution_id, institution)
        self.assertEqual(mail.request_id.partner_id, member.partner_id)

    def test_outside_the_call(self):
        self.process.call_end = get_country_today() - timedelta(days=3)
        found = self.send()
        mail = self.assertRefused(found, "closed")
        self.assertTrue(mail.answer)
        self.assertTrue(mail.is_open)

    def test_programs_open_nothing_and_get_no_answer(self):
        for headers in (
            {"Auto_Submitted": "auto-replied (vacation)"},
            {"Auto_Submitted": "auto-generated"},
            {"Precedence": "bulk"},
            {"Precedence": "auto_reply"},
            {"X_Auto_Response_Suppress": "All"},
            {"X_Autoreply": "yes"},
            {"List_Id": "<list.example>"},
            {"subject": "پاسخ خودکار: ورود"},
            {"subject": "Out of Office: x"},
            {"sender": "no-reply@shop.example"},
            {"sender": DESK},
        ):
            with self.subTest(headers):
                mail = self.assertRefused(self.send(**headers), "automatic", False)
                self.assertFalse(mail.request_id)
        self.assertTrue(self.send(Auto_Submitted="no")[0].request_id)

    def test_forged_sender(self):
        header = "mx.desk.example; spf=fail; dmarc=fail header.from=mail.example"
        mail = self.assertRefused(
            self.send(Authentication_Results=header), "forged", False
        )
        self.assertTrue(mail.is_open)

    def test_loop_of_two_programs_stops(self):
        answers = [
            len(self.send("robot@else.example", subject=f"{n}")[1]) for n in range(6)
        ]
        self.assertEqual(answers, [1, 1, 1, 0, 0, 0])

    def test_files_that_cannot_be_taken_are_named(self):
        mail, answers = self.send(
            files=[
                ("a.png", PNG, "image", "png"),
                ("winmail.dat", b"\x78\x9f\x3e\x22xx", "application", "ms-tnef"),
                ("virus.exe", b"MZ", "application", "octet-stream"),
                ("smime.p7s", b"x", "application", "pkcs7-signature"),
            ]
        )
        request = mail.request_id
        self.assertEqual(request._get_portal_files().mapped("name"), ["a.png"])
        self.assertIn("virus.exe", answers.body_html)
        self.assertIn("winmail.dat", answers.body_html)
        self.assertIn("Outlook", answers.body_html)
        self.assertNotIn("smime.p7s", answers.body_html)

    def test_mail_within_the_mail_is_kept_as_eml(self):
        inner = EmailMessage(policy=SMTP)
        inner["Subject"], inner["From"] = "Bank", "bank@bank.example"
        inner.set_content("What the bank says")
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = STUDENT, DESK, "Fwd"
        message["Message-Id"] = "<forward@mail.example>"
        message.set_content("See what the bank says.")
        message.add_attachment(inner)
        mail, _answers = self.receive(message.as_bytes())
        self.assertEqual(mail.request_id.note, "See what the bank says.")
        files = self.get_files(mail)
        self.assertEqual(files.mapped("name"), ["Bank.eml"])
        self.assertIn(b"What the bank says", files.raw)

    def test_wrong_charset(self):
        for charset, label in (
            ("utf-8", "us-ascii"),
            ("utf-8", "iso-8859-17"),
            ("cp1256", "utf-8"),
            ("cp1256", "windows-1256"),
        ):
            with self.subTest(f"{charset} said to be {label}"):
                text = "سلام من وارد نشدم"
                raw = mails.mislabel(STUDENT, DESK, charset, text, label)
                mail, _answers = self.receive(raw)
                self.assertEqual(mail.request_id.note, text)

    def test_programs_of_people(self):
        """What stands above the mail that is answered is the word of its sender."""
        for name in ("OUTLOOK", "ZIMBRA", "GMAIL", "ROUNDCUBE", "BELOW"):
            with self.subTest(name):
                text = getattr(mails, name).format(text=mails.TEXT)
                mail, _answers = self.send(text=text)
                self.assertIn(mails.TEXT, mail.request_id.note)
                self.assertNotIn("پیشین", mail.request_id.note)
                # nothing is lost: experts find the whole
                self.assertIn("پیشین", mail.message_ids[:1].body)

    def test_address_is_latin(self):
        for name in ("پشتیبانی", "a b", "a@b", "??"):
            with self.assertRaisesRegex(ValidationError, "Latin"):
                self.mailbox.alias_name = name
            with self.assertRaisesRegex(ValidationError, "Latin"):
                self.make_mailbox(name, self.category)

    def test_list_is_the_experts(self):
        mail, _answers = self.send("who@else.example")
        self.assertTrue(mail.with_user(self.user_technical).has_access("read"))
        mail.with_user(self.user_technical).action_looked()
        self.assertFalse(mail.is_open)
        for user in (self.user_student, self.user_officer, self.user_stranger):
            self.assertFalse(mail.with_user(user).has_access("read"))


@tagged("post_install", "-at_install")
class TestSupportMailReply(SupportMailCommon):
    """Answers by mail reach the request of their sender, and nobody else's (row D1)."""

    def setUp(self):
        super().setUp()
        self.request = self.ask(support_subject="Cannot sign in")
        self.said = self.say_as_expert("Which browser?")

    def say_as_expert(self, text):
        return self.request.with_user(self.user_technical).message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def reply(self, sender=STUDENT, **values):
        reference = self.said.sudo().message_id
        found = self.send(sender, References=reference, In_Reply_To=reference, **values)
        self.request.invalidate_recordset()
        return found

    def get_words(self):
        return self.request.message_ids.filtered(
            lambda m: m.author_id == self.user_student.partner_id
        )

    def wait(self):
        task = self.task(self.request, "technical", self.user_technical)
        self.engine.with_user(self.user_technical)._return_to_student(task, "Which?")
        self.assertBoard(self.request, state="waiting")

    def test_by_reference_and_by_number(self):
        self.assertEqual(self.reply()[0].request_id, self.request)
        number = self.request.name.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        mail, _answers = self.send(subject=f"پاسخ: درخواست {number}")
        self.assertEqual((mail.result, mail.request_id), ("reply", self.request))
        self.assertEqual(len(self.get_words()), 2)

    def test_answers_who_waits(self):
        self.wait()
        self.reply()
        self.assertBoard(self.request, state="progress")

    def test_programs_answer_nothing_and_open_nothing(self):
        self.wait()
        for headers in (
            {"Auto_Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"X_Auto_Response_Suppress": "OOF"},
        ):
            self.assertRefused(self.reply(**headers), "automatic", False)
        self.assertBoard(self.request, state="waiting")
        self.request.with_user(self.user_student)._portal_answer("Firefox")
        self.solve(self.request)
        self.assertRefused(
            self.reply(Auto_Submitted="auto-replied"), "automatic", False
        )
        self.assertBoard(self.request, state="solved")
        self.assertEqual(len(self.get_words()), 1)

    def test_opens_again_within_the_window(self):
        self.solve(self.request)
        self.reply(text="Thank you very much!")
        self.assertBoard(self.request, state="solved")
        self.reply()
        self.assertBoard(self.request, state="progress")

    def test_after_the_window_the_way_is_told(self):
        self.solve(self.request)
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            found = self.reply()
        mail = self.assertRefused(found, "closed")
        self.assertTrue(mail.is_open)
        self.assertIn(f"former={self.request.id}", found[1].body_html)
        self.assertFalse(self.get_words())
        self.assertBoard(self.request, state="solved")

    def test_somebody_else_adds_nothing(self):
        for sender in ("other@mail.example", "who@else.example"):
            self.assertRefused(self.reply(sender), "stranger")
        # whoever knows a number makes a request of the own
        mail, _answers = self.send("other@mail.example", subject=self.request.name)
        self.assertEqual(mail.result, "request")
        self.assertNotEqual(mail.request_id, self.request)
        self.assertFalse(self.get_words())
        self.assertEqual(len(self.request.message_ids - self.said), 0)

    def test_former_member_of_an_institution(self):
        member = self.make_user("t_member", "base.group_portal")
        member.partner_id.email = "member@body.example"
        institution = self.make_institution("I1", member)
        self.request = self.ask(institution.with_user(member).sudo())
        self.said = self.say_as_expert("Which?")
        self.assertEqual(self.reply("member@body.example")[0].result, "reply")
        yesterday = get_country_today() - timedelta(days=1)
        institution.member_ids.write({"date_from": yesterday, "date_to": yesterday})
        self.assertRefused(self.reply("member@body.example"), "stranger")

    def test_expert_answers_by_mail(self):
        mail, _answers = self.reply("expert@office.example", text="Try again")
        self.assertEqual(mail.result, "reply")
        message = self.request.message_ids[:1]
        self.assertEqual(message.author_id, self.user_technical.partner_id)
        self.assertFalse(message.subtype_id.internal)
        # of another university
        self.user_stranger.partner_id.email = "stranger@office.example"
        self.assertRefused(self.reply("stranger@office.example"), "stranger")

    def test_answer_to_a_note_stays_inside(self):
        self.said = self.request.with_user(self.user_technical).message_post(
            body="Hm.", subtype_xmlid="mail.mt_note"
        )
        self.reply("expert@office.example", text="Yes, hm.")
        self.assertTrue(self.request.message_ids[:1].subtype_id.internal)

    def test_other_requests_are_guarded_as_well(self):
        process = self.make_process("mail", {"a": {}})
        self.make_cartables(process, self.university, self.user_officer)
        self.request = self.make_request(process)
        self.said = self.request.with_user(self.user_officer).message_post(
            body="Come.", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertRefused(self.reply(Precedence="bulk"), "automatic", False)
        self.assertRefused(self.reply("other@mail.example"), "stranger")
        self.assertEqual(self.reply()[0].result, "reply")
        told = self.get_words().notified_partner_ids
        self.assertIn(self.user_officer.partner_id, told)


@tagged("post_install", "-at_install")
class TestSupportMailOut(SupportMailCommon):
    """What an office says goes out with the number and a way to answer (row D1)."""

    def setUp(self):
        super().setUp()
        self.request = self.ask(support_subject="Cannot sign in")
        self.env["mail.mail"].search([]).unlink()

    def get_mails(self):
        return self.env["mail.mail"].search([])

    def test_conversation(self):
        self.request.with_user(self.user_technical).message_post(
            body="Which browser?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        mail = self.get_mails()
        self.assertIn(self.user_student.partner_id, mail.recipient_ids)
        self.assertIn(DESK, mail.reply_to)
        self.assertIn(self.request.name, mail.subject)
        self.assertIn("reply to this mail", mail.body_html)

    def test_notes_never_go_out(self):
        self.request.with_user(self.user_technical).message_post(
            body="Ask him again.", subtype_xmlid="mail.mt_note"
        )
        self.assertNotIn(self.user_student.partner_id, self.get_mails().recipient_ids)

    def test_answered_asks_for_a_rating(self):
        self.solve(self.request)
        self.env["sajad.notice"].search([("state", "=", "queued")])._send()
        mail = self.get_mails().filtered(lambda m: "/support/rate/" in m.body_html)
        token = self.request._get_open_rating().access_token
        self.assertIn(token, mail.body_html)
        self.assertIn(DESK, mail.reply_to)

    def answer(self, outcome, body="Dear {name},\nclear the cache.", request=None):
        """Answer as the dialog does; return the mails that reach the requester."""
        request = request or self.request
        problems = request.with_user(self.user_technical)._support_answer(
            outcome, body, [("steps.txt", b"1. Clear it.")]
        )
        self.assertFalse(problems)
        self.env["sajad.notice"].search([("state", "=", "queued")])._send()
        person = self.user_student.partner_id
        return self.get_mails().filtered(lambda mail: person in mail.recipient_ids)

    def test_one_mail_for_one_answer(self):
        """Whatever the answer brings about, its text and files come once."""
        self.env["sajad.notice"].search([])._send()
        name = self.student.partner_id.name
        for outcome in ("answer", "wait", "solve"):
            with self.subTest(outcome):
                self.get_mails().unlink()
                mail = self.answer(outcome)
                self.assertEqual(len(mail), 1)
                self.assertIn("clear the cache.", mail.body_html)
                self.assertIn(name, mail.body_html)
                self.assertNotIn("{name}", mail.body_html)
                self.assertEqual(mail.attachment_ids.mapped("name"), ["steps.txt"])
                self.assertIn(DESK, mail.reply_to)
                if outcome == "wait":
                    self.engine._answer(self.request, "It is cleared.")
        # history has the words of the person, too
        reason = self.request.event_ids.filtered(lambda e: e.kind == "approved").reason
        self.assertIn(name, reason)

    def test_what_others_are_told_stays(self):
        """Colleagues who follow a request read the answer as they did."""
        self.request.message_subscribe(self.user_second.partner_id.ids)
        self.answer("solve")
        told = self.get_mails().recipient_ids
        self.assertIn(self.user_second.partner_id, told)

    def test_merged_is_told_once(self):
        main = self.ask(support_subject="The same")
        self.env["sajad.notice"].search([])._send()
        self.get_mails().unlink()
        self.request.with_user(self.user_technical)._support_merge(
            main.with_user(self.user_technical)
        )
        self.env["sajad.notice"].search([("state", "=", "queued")])._send()
        person = self.user_student.partner_id
        mails = self.get_mails().filtered(lambda mail: person in mail.recipient_ids)
        self.assertEqual(len(mails), 1)
        self.assertIn(main.name, mails.body_html)
