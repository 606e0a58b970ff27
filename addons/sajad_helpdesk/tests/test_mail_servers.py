from email import message_from_bytes
from email.policy import default
from io import BytesIO
from unittest.mock import patch

from lxml import html
from PIL import Image

from odoo.tests import tagged

from . import mails, raw_mails
from .mail_servers import PASSWORD, ImapServer, SmtpServer
from .test_support_mail import DESK, STUDENT, SupportMailCommon

PROGRAMS = (raw_mails.from_outlook, raw_mails.from_zimbra, raw_mails.from_roundcube)
SUBJECT = "مشکل ورود به سامانه"


def make_picture():
    """Return a picture that is no emblem of a signature."""
    out = BytesIO()
    Image.effect_noise((160, 160), 60).save(out, "png")
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestMailServers(SupportMailCommon):
    """Mails go through an IMAP and an SMTP server as in production (row D1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        domain = [("name", "in", ("sajad_base", "sajad_helpdesk"))]
        modules = cls.env["ir.module.module"].search(domain)
        modules._update_translations(["fa_IR"])
        (cls.user_student | cls.user_technical).lang = "fa_IR"
        cls.imap = cls.enterClassContext(ImapServer())
        cls.smtp = cls.enterClassContext(SmtpServer())
        cls.env["ir.mail_server"].search([]).active = False
        cls.env["ir.mail_server"].create(
            {
                "name": "Loopback",
                "smtp_host": "127.0.0.1",
                "smtp_port": cls.smtp.port,
                "smtp_encryption": "none",
            }
        )
        cls.env["fetchmail.server"].search([]).active = False
        cls.incoming = cls.env["fetchmail.server"].create(
            {
                "name": "Loopback",
                "server_type": "imap",
                "server": "127.0.0.1",
                "port": cls.imap.port,
                "user": "desk",
                "password": PASSWORD,
            }
        )
        cls.incoming.button_confirm_login()
        cls.picture = make_picture()

    def setUp(self):
        super().setUp()
        self.imap.box.clear()
        self.smtp.sent.clear()
        self.env["mail.mail"].search([]).unlink()

    def fetch(self, *contents):
        """Let mails arrive and Odoo fetch them; return their lines of the list."""
        before = self.Mail.search([], order="id desc", limit=1).id or 0
        for content in contents:
            self.imap.put(content)
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.incoming.with_env(self.env(cr=cr)).fetch_mail()
        self.assertTrue(all(mail["seen"] for mail in self.imap.box))
        return self.Mail.search([("id", ">", before)], order="id")

    def deliver(self):
        """Send what is queued; return {address: the last mail that it got}."""
        self.env["sajad.notice"].search([("state", "=", "queued")])._send()
        self.env.flush_all()
        Server = type(self.env["ir.mail_server"])
        with patch.object(Server, "_disable_send", return_value=False):
            for mail in self.env["mail.mail"].search([("state", "=", "outgoing")]):
                mail.send(raise_exception=True)
        found = {}
        for _sender, recipients, content in self.smtp.sent:
            message = message_from_bytes(content, policy=default)
            found.update(dict.fromkeys(recipients, message))
        return found

    def say_as_expert(self, request, text):
        request.with_user(self.user_technical).message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def get_files(self, message):
        return message.attachment_ids.mapped("name")

    def test_request_is_born_of_each_program(self):
        for write in PROGRAMS:
            with self.subTest(write.__name__):
                mail = self.fetch(
                    write(STUDENT, DESK, SUBJECT, mails.TEXT, self.picture)
                )
                request = mail.request_id
                self.assertEqual(mail.result, "request", mail.answer)
                self.assertEqual(request.support_subject, SUBJECT)
                self.assertIn(mails.TEXT, request.note.replace("ي", "ی"))
                self.assertNotIn("پیشین", request.note)
                names = request._get_portal_files().mapped("name")
                self.assertIn(raw_mails.NAME, names)
                is_outlook = write is raw_mails.from_outlook
                self.assertEqual(len(names), 1 + is_outlook, names)
                self.assertEqual("winmail.dat" in (mail.answer or ""), is_outlook)

    def test_picture_without_a_name(self):
        out = BytesIO()
        Image.open(BytesIO(self.picture)).save(out, "jpeg")
        raw = raw_mails.from_telephone(
            STUDENT, DESK, SUBJECT, mails.TEXT, out.getvalue()
        )
        mail = self.fetch(raw)
        self.assertEqual((mail.result, mail.answer), ("request", False))
        names = mail.request_id._get_portal_files().mapped("name")
        self.assertEqual(names, ["image.jpg"])
        self.assertIn(mails.TEXT, mail.request_id.note)

    def test_round_trip(self):
        """Our answer goes out, and what each program answers to it finds its way."""
        request = self.fetch(
            raw_mails.from_zimbra(STUDENT, DESK, SUBJECT, mails.TEXT, self.picture)
        ).request_id
        for number, write in enumerate(PROGRAMS):
            self.smtp.sent.clear()
            self.say_as_expert(request, f"کدام مرورگر؟ {number}")
            answer = self.deliver()["student@mail.example"]
            text = f"فایرفاکس {number}"
            mail = self.fetch(
                write(
                    STUDENT,
                    answer["Reply-To"],
                    "Re: " + answer["Subject"],
                    text,
                    self.picture,
                    *raw_mails.to_answer(answer),
                )
            )
            self.assertEqual((mail.result, mail.request_id), ("reply", request))
            said = request.message_ids[:1]
            self.assertIn(text, said.body.replace("ي", "ی"))
            self.assertNotIn("پیشین", said.body)
            self.assertEqual(said.author_id, self.user_student.partner_id)
            self.assertIn(raw_mails.NAME, self.get_files(said))
        self.assertEqual(self.Mail.search_count([("request_id", "=", request.id)]), 4)

    def test_what_goes_out(self):
        request = self.ask(support_subject=SUBJECT)
        notice = self.deliver()["student@mail.example"]
        # a program wrote that the request has arrived, and programs do not answer it
        self.assertEqual(notice["Auto-Submitted"], "auto-generated")
        self.say_as_expert(request, "کدام مرورگر؟")
        answer = self.deliver()["student@mail.example"]
        self.assertFalse(answer["Auto-Submitted"], "a person wrote it")
        for message in (notice, answer):
            self.assertIn(DESK, message["Reply-To"])
            digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
            self.assertIn(request.name, message["Subject"].translate(digits))
            self.assertIn(f"{request.id}-sajad.request", answer["References"])
            self.assertPersian(message)

    def assertPersian(self, message):
        """Check that a mail program shows a mail from right to left."""
        page = html.fromstring(message.get_body(("html",)).get_content())
        around = page.xpath("descendant-or-self::*[@dir][1]")[0]
        self.assertEqual(around.get("dir"), "rtl")
        self.assertTrue(around.get("lang", "").startswith("fa"))
        self.assertTrue(message.get_body(("plain",)).get_content().strip())

    def test_refusal_is_answered_by_a_program(self):
        self.fetch(mails.make_mail("who@else.example", DESK))
        answer = self.deliver()["who@else.example"]
        self.assertEqual(answer["Auto-Submitted"], "auto-replied")
        self.assertIn(DESK, answer["Reply-To"])
        self.assertPersian(answer)

    def test_programs_open_nothing(self):
        request = self.ask(support_subject=SUBJECT)
        self.say_as_expert(request, "کدام مرورگر؟")
        answer = self.deliver()["student@mail.example"]
        task = self.task(request, "technical", self.user_technical)
        self.engine.with_user(self.user_technical)._return_to_student(task, "کدام؟")
        self.deliver()
        self.smtp.sent.clear()
        writers = (raw_mails.accept_meeting, raw_mails.stay_away, raw_mails.bounce)
        contents = [write("student@mail.example", DESK) for write in writers]
        contents += [
            write("student@mail.example", DESK, *raw_mails.to_answer(answer))
            for write in writers
        ]
        before = self.env["sajad.request"].search_count([])
        found = self.fetch(*contents)
        self.assertFalse(found.filtered(lambda m: m.reason != "automatic"))
        self.assertEqual(self.env["sajad.request"].search_count([]), before)
        self.assertBoard(request, state="waiting")
        self.assertFalse(self.deliver(), "programs get no answer")

    def test_one_that_fails_keeps_no_other_out(self):
        broken = b"From: =?x\r\nContent-Type: multipart/mixed\r\n\r\n\xff\xfe"
        good = raw_mails.from_roundcube(
            STUDENT, DESK, SUBJECT, mails.TEXT, self.picture
        )
        found = self.fetch(broken, good)
        self.assertEqual(found[-1:].result, "request")
        self.assertFalse(self.fetch(), "nothing is fetched twice")
