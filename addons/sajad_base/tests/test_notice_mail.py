import re
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail

from ..models.notice.sajad_notice_mail import PERSIAN_DIGITS
from .common import OFFICER, SajadCommon

NOW = datetime(2026, 11, 22, 9, 0)


@tagged("post_install", "-at_install")
class TestNoticeMail(SajadCommon, MockEmail):
    """What becomes a mail, to whom, and how often."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.process = cls.make_process("mail", {"a": {}, "b": {"after": ["a"]}})
        cls.role_a, cls.role_b = cls.process.stage_ids.role_id
        for user in cls.user_student | cls.user_liaison | cls.user_officer:
            user.email = f"{user.login}@example.com"
        # demo data, and the classes before, have notices of their own
        cls.env["sajad.notice"].search([("state", "=", "queued")]).state = "sent"
        cls.env["res.users"].search([]).sajad_notice_date = NOW
        # a job commits after each batch, which a test must not
        Cron = cls.env.registry["ir.cron"]
        cls.startClassPatcher(patch.object(Cron, "_commit_progress", return_value=60))

    def send(self):
        """Send what is queued; return the new mails."""
        before = self.env["mail.mail"].search([])
        self.env["sajad.notice"]._cron_send()
        return self.env["mail.mail"].search([]) - before

    def get_notices(self, request, kind):
        return self.env["sajad.notice"].search(
            [("request_id", "=", request.id), ("kind", "=", kind)]
        )

    # ------------------------------------------------------------
    # LETTERS
    # ------------------------------------------------------------

    def test_each_kind_has_its_text(self):
        """Of the addon that adds the kind, which nobody has to name."""
        for kind, _label in self.env["sajad.notice"]._fields["kind"].selection:
            notice = self.env["sajad.notice"].new({"kind": kind})
            with self.subTest(kind=kind):
                self.assertTrue(self.env.ref(notice._get_text_template()))

    def test_one_mail_per_request_of_a_student(self):
        first = self.make_request(self.process)
        self.make_cartables(self.process, self.university, self.user_officer)
        other = self.make_request(self.make_process("other", {"x": {}}))
        mails = self.send().filtered(
            lambda m: m.recipient_ids == self.user_student.partner_id
        )
        self.assertEqual(
            {mail.res_id for mail in mails}, {first.id, other.id}, mails.mapped("body")
        )
        kinds = self.env["sajad.notice"].search([("request_id", "=", first.id)])
        student = kinds.filtered(lambda n: n.partner_id == self.student.partner_id)
        self.assertEqual(student.mapped("kind"), ["submitted", "suspended", "resumed"])
        self.assertEqual(len(student.mail_id), 1)
        body = student.mail_id.body_html
        self.assertIn("was received", body)
        self.assertIn("goes on", body)
        self.assertEqual(body.count("Dear"), 1)

    def test_one_mail_for_all_gaps_of_a_liaison(self):
        for code in ("g1", "g2", "g3"):
            self.make_request(self.make_process(code, {code: {}}))
        mails = self.send().filtered(
            lambda m: m.recipient_ids == self.user_liaison.partner_id
        )
        self.assertEqual(len(mails), 1)
        for code in ("g1", "g2", "g3"):
            self.assertIn(f"Stage {code}", mails.body_html)
        self.assertIn("/odoo/sajad-requests", mails.body_html)

    def test_nothing_is_mailed_twice(self):
        self.make_request(self.process)
        self.assertTrue(self.send())
        self.assertFalse(self.send())

    def test_links(self):
        """Students are led to the portal, officers into the backend."""
        request = self.make_request(self.process)
        mails = self.send()
        student = mails.filtered(
            lambda m: m.recipient_ids == self.user_student.partner_id
        )
        liaison = mails - student
        base = request.get_base_url()
        self.assertIn(f'href="{base}/my/requests/{request.id}"', student.body_html)
        self.assertIn(
            f'href="{base}/odoo/sajad-requests/{request.id}"', liaison.body_html
        )

    def test_language_of_the_person(self):
        self.user_student.lang = "fa_IR"
        modules = self.env["ir.module.module"].search([("name", "=", "sajad_base")])
        modules._update_translations(["fa_IR"])
        request = self.make_request(self.process)
        mails = self.send()
        persian = mails.filtered(
            lambda m: m.recipient_ids == self.user_student.partner_id
        )
        english = mails - persian
        self.assertIn('dir="rtl"', persian.body_html)
        self.assertIn('lang="fa-IR"', persian.body_html)
        self.assertIn("درخواست", persian.body_html)
        self.assertNotIn("Dear", persian.body_html)
        self.assertIn('dir="ltr"', english.body_html)
        self.assertIn("Dear", english.body_html)
        number = request.name.translate(PERSIAN_DIGITS)
        self.assertIn(number, persian.subject)
        self.assertIn(number, persian.body_html)
        self.assertIn(request.name, english.subject)
        self.assertIn("درخواست", persian.subject)

    def test_persian_unless_chosen(self):
        self.user_student.partner_id.lang = False
        request = self.make_request(self.process)
        notice = self.get_notices(request, "submitted")
        self.assertEqual(notice._get_lang_of(notice.partner_id), "fa_IR")

    def test_every_kind_has_a_text(self):
        """In Persian too: a mail never comes without words."""
        request = self.make_request(self.process)
        task = self.task(request, "a")
        Notice = self.env["sajad.notice"]
        for kind, _label in Notice._fields["kind"].selection:
            notice = Notice._queue(
                kind, self.user_student.partner_id, request, task, note="A note"
            )
            for lang in ("en_US", "fa_IR"):
                values = notice.with_context(lang=lang)._prepare_mail_values()
                with self.subTest(f"{kind} {lang}"):
                    self.assertTrue(values["subject"])
                    self.assertIn("A note", values["body_html"])

    def test_reminder_of_a_page_of_its_own(self):
        notice = (
            self.env["sajad.notice"]
            .with_user(self.user_organization)
            ._queue(
                "reminder",
                self.user_liaison.partner_id,
                note="Two offices have nobody.\nPlease ask for cartables.",
                path="/odoo/sajad-cartables",
            )
        )
        self.assertFalse(notice.request_id)
        mail = self.send()
        self.assertEqual(mail.recipient_ids, self.user_liaison.partner_id)
        self.assertIn("Two offices have nobody.", mail.body_html)
        self.assertIn('/odoo/sajad-cartables"', mail.body_html)
        self.assertFalse(mail.model)

    # ------------------------------------------------------------
    # WHO GETS NONE
    # ------------------------------------------------------------

    def test_without_address(self):
        """The request says whom no mail reached."""
        self.user_student.email = False
        request = self.make_request(self.process)
        mails = self.send()
        self.assertEqual(mails.recipient_ids, self.user_liaison.partner_id)
        notice = self.get_notices(request, "submitted")
        self.assertEqual((notice.state, notice.drop_reason), ("dropped", "address"))
        self.make_cartables(self.process, self.university, self.user_officer)
        seen = request.with_user(self.user_officer).notice_ids
        self.assertIn(notice, seen)

    def test_closed_accounts(self):
        self.user_student.active = False
        request = self.make_request(self.process)
        self.send()
        notice = self.get_notices(request, "submitted")
        self.assertEqual((notice.state, notice.drop_reason), ("dropped", "archived"))

    def test_not_of_the_own_doing(self):
        notice = (
            self.env["sajad.notice"]
            .with_user(self.user_liaison)
            ._queue("reminder", self.user_liaison.partner_id, note="x")
        )
        self.assertEqual((notice.state, notice.drop_reason), ("dropped", "self"))
        self.assertFalse(self.send())

    def test_receipt_of_the_own_request(self):
        """Whoever asks has it in writing, at work too."""
        as_student = self.engine.with_user(self.user_student).sudo()
        request = self.make_request(self.process, submit=False)
        as_student._submit(request.with_env(as_student.env))
        self.assertEqual(self.get_notices(request, "submitted").state, "queued")
        Notice = self.env["sajad.notice"].with_user(self.user_officer)
        own = self.make_request(
            self.make_process("own", {"x": {}}),
            partner_id=self.user_officer.partner_id.id,
        )
        notices = Notice._queue("done", self.user_officer.partner_id, own)
        notices |= Notice._queue("gap", self.user_officer.partner_id, request)
        self.assertEqual(notices.mapped("state"), ["queued", "dropped"])

    def test_one_door(self):
        """Nobody else writes notices or mails.

        But answers to addresses that belong to no account: a notice has a person.
        """
        door = re.compile(r"\[.(sajad\.notice|mail\.mail).\](?s:.{0,40}?)create")
        found = set()
        for addon in Path(__file__).parents[2].glob("sajad_*"):
            for path in addon.rglob("*.py"):
                if "tests" not in path.parts and door.search(path.read_text()):
                    found.add(path.name)
        self.assertEqual(
            found - {"sajad_support_mail_answer.py"}, {"sajad_notice_mail.py"}
        )

    # ------------------------------------------------------------
    # THE MAIL SERVER
    # ------------------------------------------------------------

    def test_dead_mail_server(self):
        """Work goes on, and the mail is tried again for some days."""
        self.make_cartables(self.process, self.university, self.user_officer)
        request = self.make_request(self.process)
        Server = self.env.registry["ir.mail_server"]
        mails = self.send()
        with (
            patch.object(Server, "_connect__", side_effect=OSError("dead")),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            mails.send()
        self.assertEqual(mails.mapped("state"), ["exception"] * len(mails))
        self.approve(request, "a", "b")
        self.assertEqual(request.state, "done")
        self.assertTrue(self.send())
        self.assertEqual(mails.mapped("state"), ["exception"] * len(mails))
        with freeze_time("2026-11-22 10:00"):
            self.env.cr.execute(
                "UPDATE mail_mail SET write_date = %s, create_date = %s WHERE id IN %s",
                (NOW, NOW, tuple(mails.ids)),
            )
            mails.invalidate_recordset()
            self.send()
        self.assertEqual(mails.mapped("state"), ["outgoing"] * len(mails))

    # ------------------------------------------------------------
    # WORK IN THE CARTABLE
    # ------------------------------------------------------------

    def tell(self, when, mode=None):
        """Run the job at a time; return the work notices that it queued."""
        if mode:
            self.user_officer.sajad_notice_mode = mode
        with freeze_time(when):
            return (
                self.env["sajad.notice"]
                ._queue_work()
                .filtered(lambda n: n.partner_id == self.user_officer.partner_id)
            )

    def make_work(self, when, count=1):
        with freeze_time(when):
            for _number in range(count):
                student = self.make_student(self._get_number(), self.university)
                self.make_request(self.process, student)

    def _get_number(self):
        return str(self.env["sajad.student"].search([], order="id desc", limit=1).id)

    def test_soon(self):
        self.make_cartables(self.process, self.university, self.user_officer)
        self.make_work("2026-11-22 09:10", 3)
        notice = self.tell("2026-11-22 09:15", "now")
        self.assertEqual((notice.new_count, notice.late_count), (3, 0))
        self.assertFalse(self.tell("2026-11-22 09:20"))
        self.make_work("2026-11-22 09:21")
        self.assertEqual(self.tell("2026-11-22 09:25").new_count, 1)

    def test_daily(self):
        self.make_cartables(self.process, self.university, self.user_officer)
        self.user_officer.tz = "Asia/Tehran"
        self.make_work("2026-11-22 09:10", 3)
        self.assertFalse(self.tell("2026-11-22 09:15", "daily"))
        self.assertFalse(self.tell("2026-11-23 03:29"))  # 6:59 in Tehran
        self.make_work("2026-11-23 03:30")
        self.assertEqual(self.tell("2026-11-23 03:31").new_count, 4)
        self.assertFalse(self.tell("2026-11-23 12:00"))

    def test_never(self):
        self.make_cartables(self.process, self.university, self.user_officer)
        self.make_work("2026-11-22 09:10", 3)
        self.assertFalse(self.tell("2026-11-25 09:15", "none"))

    def test_late(self):
        self.make_cartables(self.process, self.university, self.user_officer)
        self.make_work("2026-11-22 09:10", 2)
        self.tell("2026-11-22 09:15", "now")
        tasks = self.env["sajad.task"].search(
            [("cartable_id.member_ids.user_id", "=", self.user_officer.id)]
        )
        ready = tasks.filtered(lambda t: t.state == "ready")
        ready[0].sudo().date_due = datetime(2026, 11, 22, 11, 0)
        self.env.flush_all()
        self.assertFalse(self.tell("2026-11-22 10:59"))
        notice = self.tell("2026-11-22 11:05")
        self.assertEqual((notice.new_count, notice.late_count), (0, 1))
        self.assertFalse(self.tell("2026-11-22 12:00"))
        with freeze_time("2026-11-22 11:06"):
            values = notice._prepare_mail_values()
        self.assertIn("Stage a", values["body_html"])
        self.assertIn("/odoo/sajad-inbox", values["body_html"])

    def test_own_decisions_are_no_news(self):
        self.make_cartables(self.process, self.university, self.user_officer)
        with freeze_time("2026-11-22 09:10"):
            request = self.make_request(self.process)
        self.tell("2026-11-22 09:15", "now")
        with freeze_time("2026-11-22 09:20"):
            self.approve(request, "a")
        self.assertStates(request, b="ready")
        self.assertFalse(self.tell("2026-11-22 09:25"))

    def test_supervisors_and_former_members_are_not_told(self):
        cartables = self.make_cartables(
            self.process, self.university, self.user_officer
        )
        self.env["sajad.cartable.member"].create(
            [
                {
                    "cartable_id": cartable.id,
                    "user_id": self.user_supervisor.id,
                    "kind": "supervisor",
                }
                for cartable in cartables
            ]
        )
        self.user_supervisor.sajad_notice_mode = "now"
        self.make_work("2026-11-22 09:10")
        with freeze_time("2026-11-22 09:15"):
            notices = self.env["sajad.notice"]._queue_work()
        self.assertNotIn(self.user_supervisor.partner_id, notices.partner_id)

    def test_preference_is_ones_own(self):
        mine = self.user_officer.with_user(self.user_officer)
        mine.sajad_notice_mode = "none"
        self.assertEqual(self.user_officer.sajad_notice_mode, "none")

    # ------------------------------------------------------------
    # MANY
    # ------------------------------------------------------------

    def make_many(self, count):
        """Queue a notice for each of `count` people."""
        request = self.make_request(self.process)
        partners = self.env["res.partner"].create(
            [
                {"name": f"P{n}", "email": f"p{n}@example.com", "lang": "en_US"}
                for n in range(count)
            ]
        )
        notices = self.env["sajad.notice"]._queue(
            "gap", partners, request, self.task(request, "a")
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return notices

    def test_queries_do_not_grow(self):
        """But for the rows that Odoo itself writes per mail."""
        self.make_many(5)._send()
        found = []
        for count in (20, 200):
            notices = self.make_many(count)
            start = self.env.cr.sql_log_count
            notices._send()
            self.env.flush_all()
            found.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(found[1] - found[0], 200 // 25, found)

    def test_five_hundred_become_mails_in_batches(self):
        notices = self.make_many(500)
        mails = self.send()
        self.assertEqual(len(mails & notices.mail_id), 500)
        self.assertEqual(set(notices.mapped("state")), {"sent"})

    def test_queueing_work_does_not_grow(self):
        users = self.env["res.users"].create(
            [
                {
                    "name": f"o{n}",
                    "login": f"t_many_{n}",
                    "email": f"o{n}@example.com",
                    "group_ids": [Command.set([self.env.ref(OFFICER).id])],
                    "sajad_notice_mode": "now",
                }
                for n in range(30)
            ]
        )
        cartable = self.make_cartable(
            self.role_a, self.process, self.university, self.user_officer
        )
        self.env["sajad.cartable.member"].create(
            [
                {
                    "cartable_id": cartable.id,
                    "user_id": user.id,
                    "kind": "substitute",
                    "on_behalf_of_id": self.user_officer.id,
                }
                for user in users
            ]
        )
        users.sajad_notice_date = NOW
        self.make_work("2026-11-22 09:10", 2)
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time("2026-11-22 09:15"), self.assertQueryCount(20):
            notices = self.env["sajad.notice"]._queue_work()
            self.env.flush_all()
        self.assertLessEqual(users.partner_id, notices.partner_id)
        mine = notices.filtered(lambda n: n.partner_id in users.partner_id)
        start = self.env.cr.sql_log_count
        mine._send()
        self.assertLess(self.env.cr.sql_log_count - start, 60)
