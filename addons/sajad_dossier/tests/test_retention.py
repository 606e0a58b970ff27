from unittest.mock import patch

from lxml import etree
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged, users
from odoo.tools import mute_logger

from odoo.addons.sajad_dossier.models.retention import sajad_dossier_destruction

from .common import DossierCommon, make_jpg


@tagged("post_install", "-at_install")
class TestRetention(DossierCommon):
    """Papers go when their time is over, two agree, and nothing keeps them (row C2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_second = cls.make_user("t_second", "sajad_base.group_sajad_officer")
        cls.cartable_central.member_ids = [
            Command.create({"user_id": cls.user_second.id})
        ]
        cls.birth = cls.add("birth")
        cls.photo = cls.add("photo", make_jpg(300, 400), "photo.jpg")
        cls.rule = cls.env["sajad.dossier.retention"].create(
            {"type_id": cls.birth.type_id.id, "years": 5, "basis": "Regulation 12"}
        )
        # 30 Esfand 1403, which 1408 has, too
        cls.dossier.write({"end_kind": "graduated", "date_end": "2025-03-20"})

    def make_list(self, user=None):
        Destruction = self.env["sajad.dossier.destruction"]
        return Destruction.with_user(user or self.user_central).create(
            {"university_id": self.university.id}
        )

    def test_due_by_the_persian_calendar(self):
        """Five years after the end of the study, and not a day before."""
        for day, expected in (("2030-03-19", 0), ("2030-03-20", 1)):
            with self.subTest(day), freeze_time(day):
                self.assertEqual(self.make_list().line_count, expected)

    def test_leap_day(self):
        """30 Esfand becomes 1 Farvardin where there is none."""
        self.rule.years = 1
        with freeze_time("2030-01-01"):
            line = self.make_list().line_ids
            self.assertEqual(line.date_due, fields.Date.to_date("2026-03-21"))

    @freeze_time("2040-01-01")
    def test_which_rule(self):
        """The type comes before all types, the end before any end; 0 is for ever."""
        Retention = self.env["sajad.dossier.retention"]
        Retention.create({"years": 2, "basis": "All"})
        self.assertEqual(self.make_list().line_ids.document_id, self.birth | self.photo)
        Retention.create({"end_kind": "graduated", "years": 0, "basis": "Graduates"})
        due = Retention._find_due(self.university, 10, self.dossier.document_ids)
        self.assertEqual(list(due), self.birth.ids)
        Retention.create(
            {
                "type_id": self.birth.type_id.id,
                "end_kind": "graduated",
                "years": 0,
                "basis": "Births of graduates",
            }
        )
        self.assertFalse(
            Retention._find_due(self.university, 10, self.dossier.document_ids)
        )

    @freeze_time("2040-01-01")
    def test_two_people(self):
        """Who proposes does not approve; what goes leaves its description."""
        version = self.birth.version_id
        digest, size = version.sha256, version.size
        attachment = version.attachment_id
        record = self.make_list()
        record.action_propose()
        notice = self.env["sajad.notice"].search([("kind", "=", "destruction")])
        self.assertEqual(notice.partner_id, self.user_second.partner_id)
        with self.assertRaisesRegex(AccessError, "somebody else approves"):
            record.action_approve()
        record.with_user(self.user_second).action_approve()
        self.assertEqual(record.state, "done")
        self.assertEqual(record.line_ids.outcome, "gone")
        self.assertEqual(record.line_ids.checksums, digest)
        self.assertFalse(attachment.exists())
        self.assertTrue(self.birth.date_destroyed)
        self.assertEqual((version.sha256, version.size), (digest, size))
        with self.assertRaisesRegex(UserError, "were destroyed"):
            self.birth.with_user(self.user_officer).action_look()
        self.assertFalse(self.photo.date_destroyed)
        with self.assertRaises(UserError):
            record.with_user(self.user_second).action_approve()
        # it is on no list again
        self.assertFalse(self.make_list().line_count)

    @freeze_time("2040-01-01")
    def test_a_stay_keeps_everything(self):
        """At any moment before the file is gone, and until each stay is lifted."""
        Stay = self.env["sajad.dossier.stay"].with_user(self.user_officer)
        record = self.make_list()
        record.action_propose()
        stays = Stay.create(
            [
                {"dossier_id": self.dossier.id, "number": n, "reason": "Court"}
                for n in ("1", "2")
            ]
        )
        self.assertTrue(self.dossier.is_stayed)
        record.with_user(self.user_second).action_approve()
        self.assertEqual((record.state, record.line_ids.outcome), ("done", "kept"))
        self.assertIn("stay", record.line_ids.reason)
        self.assertTrue(self.birth.version_id.attachment_id)
        # nor by removing what it hangs on
        for kept in (self.birth, self.birth.version_id, self.dossier):
            with self.subTest(kept._name), self.assertRaises(UserError):
                kept.unlink()
        self.assertTrue(self.birth.version_id.attachment_id.exists())
        stays[0].action_release("Ended")
        self.assertFalse(self.make_list().line_count)
        stays[1].action_release("Ended")
        self.assertEqual(self.make_list().line_count, 1)
        with self.assertRaises(UserError):
            stays[0].action_release("Again")
        with self.assertRaises(AccessError):
            stays.unlink()
        with self.assertRaises(AccessError):
            stays.reason = "other"

    @freeze_time("2040-01-01")
    def test_refused_and_kept(self):
        record = self.make_list()
        with self.assertRaises(UserError):
            record.line_ids.action_keep(" ")
        record.line_ids.action_keep("A book is written about it")
        with self.assertRaisesRegex(UserError, "nothing on the list"):
            record.action_propose()
        self.rule.type_id = self.photo.type_id
        record.action_fill()
        record.action_propose()
        with self.assertRaises(UserError):
            record.action_fill()
        record.with_user(self.user_second).action_refuse("Not this year")
        self.assertEqual(record.state, "refused")
        self.assertEqual(record.refuse_reason, "Not this year")
        self.assertTrue(self.photo.version_id.attachment_id)

    @freeze_time("2040-01-01")
    def test_many_in_the_background(self):
        """A long list goes in parts, each of which is kept."""
        self.patch(sajad_dossier_destruction, "FEW", 0)
        record = self.make_list()
        record.action_propose()
        action = record.with_user(self.user_second).action_approve()
        self.assertEqual(action["res_model"], "sajad.batch")
        self.assertEqual(record.state, "running")
        # it was stopped in the middle: a second person goes on, and nobody else
        self.env["sajad.batch"].browse(action["res_id"]).action_stop()
        with self.assertRaises(AccessError):
            record.action_go_on()
        record.with_user(self.user_second).action_go_on()
        with patch.object(self.registry["ir.cron"], "_commit_progress") as progress:
            progress.return_value = 60
            self.env["sajad.batch.run"]._cron_run()
        self.assertEqual((record.state, record.line_ids.outcome), ("done", "gone"))

    @freeze_time("2040-01-01")
    def test_who_may(self):
        """The university's office alone; supervisors, faculties and auditors not."""
        record = self.make_list()
        for user in (self.user_officer, self.user_stranger, self.user_admin):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.make_list(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                record.with_user(user).action_propose()
        with self.assertRaises(AccessError):
            record.with_user(self.user_auditor).action_propose()
        with self.assertRaises(AccessError):
            record.state = "running"
        with self.assertRaises(AccessError):
            record.line_ids.unlink()
        with self.assertRaises(AccessError):
            record.unlink()

    def test_nobody_else_destroys(self):
        """Not with a key of the context, not with elevated rights, not by removing
        the addon."""
        attachment = self.birth.version_id.attachment_id
        for env in (self.env, self.env["base"].with_user(self.user_admin).env):
            files = attachment.with_env(env).sudo()
            forged = files.with_context(sajad_dossier_door=True)
            for records in (files, forged):
                with self.assertRaises(AccessError):
                    records.unlink()
        module = self.env.ref("base.module_sajad_dossier")
        with self.assertRaisesRegex(UserError, "papers in the dossiers"):
            module.button_uninstall()
        with self.assertRaisesRegex(UserError, "papers in the dossiers"):
            self.env.ref("base.module_sajad_base").button_uninstall()

    def assertStays(self, owner):
        """Whoever removes it is refused, by a rule or by the database."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                owner.sudo().unlink()
                self.env.flush_all()
        except (UserError, RedirectWarning, IntegrityError):
            return
        self.fail(f"{owner._name} was removed")

    def test_nothing_goes_with_something_else(self):
        """Neither the student, nor the person, nor a faculty takes papers along."""
        attachment = self.birth.version_id.attachment_id
        student = self.dossier.student_id
        for owner in (student, student.partner_id, self.faculty, self.university):
            with self.subTest(owner._name):
                self.assertStays(owner)
            self.env.invalidate_all(flush=False)
            self.assertTrue(self.birth.exists())
            self.assertTrue(attachment.exists())

    def test_on_a_telephone(self):
        """Each paper is a card that says all, and a list of nothing says so."""
        arch = self.env["sajad.dossier.destruction"].get_view(view_type="form")["arch"]
        form = etree.fromstring(arch)
        views = form.xpath("//field[@name='line_ids']/*")
        self.assertEqual([view.tag for view in views], ["list", "kanban"])
        columns, card = ({n.get("name") for n in view.iter("field")} for view in views)
        # the number stands in the name of the dossier, the end of the study in it
        self.assertEqual(columns - card, {"student_number", "date_end"})
        keep = [view.xpath(".//button")[0].get("name") for view in views]
        self.assertEqual(keep[0], keep[1])
        empty = form.xpath("//div[@role='status'][contains(@invisible, 'line_count')]")
        self.assertIn("Look again", empty[0].text)

    @users("t_central")
    @freeze_time("2040-01-01")
    def test_printed(self):
        record = self.make_list()
        html = self.env["ir.actions.report"]._render_qweb_html(
            "sajad_dossier.sajad_dossier_destruction_sheet", record.ids
        )[0]
        self.assertIn(b"Regulation 12", html)
        self.assertIn(b"List of Destruction", html)
