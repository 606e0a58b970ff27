import json
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users
from odoo.tools import SQL

from ..wizards import sajad_clearance_revoke
from .certificate_common import CertificateCommon


@tagged("post_install", "-at_install")
class TestCertificate(CertificateCommon):
    """The certificate is issued by the engine, frozen, and revocable (row B8)."""

    def test_issued_with_the_last_decision(self):
        request = self.make_request(self.process, clearance_reason="graduation")
        self.approve(request, "a")
        self.assertFalse(request.certificate_ids)
        self.approve(request, "b")
        certificate = request.certificate_ids
        self.assertEqual(request.state, "done")
        self.assertRecordValues(
            certificate,
            [
                {
                    "state": "valid",
                    "student_id": self.student.id,
                    "student_name": self.student.name,
                    "student_number": "1001",
                    "university_id": self.university.id,
                    "clearance_reason": "graduation",
                    "sequence": 1,
                }
            ],
        )
        self.assertRegex(certificate.name, r"^TU-1[34]\d\d-00001$")
        self.assertRegex(certificate.token, r"^[\w-]{32}$")
        self.assertTrue(certificate.is_chain_intact)
        self.assertEqual(certificate.last_event_id, max(request.event_ids.ids))

    def test_other_processes_have_none(self):
        process = self.make_process("other", {"a": {}})
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        self.approve(request, "a")
        self.assertEqual(request.state, "done")
        self.assertFalse(request.certificate_ids)

    def test_refused_has_none(self):
        process = self.make_process(
            "refusing",
            {"a": {"allow_refuse": True}},
            exclusive_group="clearance",
            matter="clearance",
        )
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        task = self.task(request, "a", self.user_officer)
        self.assertFalse(task.env["sajad.engine"]._decide(task, "refused", "no"))
        self.assertEqual(request.state, "refused")
        self.assertFalse(request.certificate_ids)

    def test_numbers_have_no_gaps(self):
        """One register for each university and Jalali year."""
        with freeze_time("2026-03-20 08:00:00"):
            first = self.certify()
        self.make_cartables(self.process, self.other_university, self.user_officer)
        with freeze_time("2026-03-21 08:00:00"):
            requests = self.make_requests(3)
            self.get_tasks(requests, "a").action_approve()
            self.get_tasks(requests, "b").action_approve()
            other = self.certify(self.make_request(self.process, self.other_student))
        self.assertEqual(first.name, "TU-1404-00001")
        self.assertEqual(
            sorted(requests.certificate_ids.mapped("name")),
            ["TU-1405-00001", "TU-1405-00002", "TU-1405-00003"],
        )
        self.assertEqual(other.name, "OU-1405-00001")

    def test_signatures_are_frozen(self):
        substitute = self.make_user("t_sub", "sajad_base.group_sajad_officer")
        self.env["sajad.cartable.member"].create(
            {
                "cartable_id": self.cartables[1].id,
                "user_id": substitute.id,
                "kind": "substitute",
                "on_behalf_of_id": self.user_officer.id,
            }
        )
        request = self.make_request(self.process)
        task = self.task(request, "a", self.user_officer)
        task.env["sajad.engine"]._decide(task, "approved", "Two books came back.")
        self.approve(request, "b", user=substitute)
        certificate = request.certificate_ids
        before = dict(certificate.snapshot)
        first, second = certificate.snapshot["signatures"]
        self.assertEqual(first["stage"]["en_US"], "Stage a")
        self.assertEqual(
            (first["who"], first["on_behalf_of"], first["outcome"], first["note"]),
            (self.user_officer.name, False, "approved", "Two books came back."),
        )
        self.assertEqual(first["date"], fields.Datetime.to_string(task.date_done))
        self.assertEqual(
            (second["who"], second["on_behalf_of"]),
            (substitute.name, self.user_officer.name),
        )
        # people and offices are renamed later; the paper says what was true
        substitute.name = "Renamed"
        self.student.partner_id.name = "Renamed"
        self.university.name = "Renamed"
        self.process.stage_ids.name = "Renamed"
        self.env.invalidate_all()
        self.assertEqual(certificate.snapshot, before)
        self.assertNotIn("Renamed", json.dumps(certificate._get_print_values()))

    def test_nobody_writes(self):
        certificate = self.certify()
        for user in (self.user_officer, self.user_liaison, self.user_admin):
            mine = certificate.with_user(user)
            with self.subTest(user.login):
                for vals in ({"state": "revoked"}, {"student_name": "X"}):
                    with self.assertRaises(AccessError):
                        mine.write(vals)
                with self.assertRaises(AccessError):
                    mine.copy()
                with self.assertRaises(AccessError):
                    mine.unlink()
        with self.assertRaisesRegex(AccessError, "never changes"):
            certificate.sudo().write({"student_name": "X"})
        with self.assertRaisesRegex(AccessError, "never deleted"):
            certificate.sudo().unlink()

    def test_undo_revokes_and_a_later_end_issues_anew(self):
        certificate = self.certify()
        request = certificate.request_id
        self.task(request, "b", self.user_officer).action_undo()
        self.assertEqual(request.state, "running")
        self.assertEqual(certificate.state, "revoked")
        self.assertEqual(certificate.revoked_by_id, self.user_officer)
        self.assertTrue(certificate.date_revoked)
        self.assertTrue(certificate.revoke_reason)
        self.approve(request, "b")
        new = request.certificate_ids - certificate
        self.assertEqual(new.state, "valid")
        self.assertEqual(new.sequence, certificate.sequence + 1)
        self.assertNotEqual(new.token, certificate.token)
        self.assertTrue(certificate.is_chain_intact)
        self.assertTrue(new.is_chain_intact)
        self.assertNotEqual(new.event_hash, certificate.event_hash)

    def test_changed_history_is_seen(self):
        certificate = self.certify()
        event = certificate.request_id.event_ids[1]
        self.env.cr.execute("ALTER TABLE sajad_event DISABLE TRIGGER USER")
        self.env.execute_query(
            SQL(
                "UPDATE sajad_event SET date = date - interval '1 day' "
                "WHERE id = %s RETURNING id",
                event.id,
            )
        )
        self.env.invalidate_all()
        self.assertFalse(certificate.is_chain_intact)

    # ------------------------------------------------------------
    # REVOKE
    # ------------------------------------------------------------

    @users("t_liaison", "t_admin")
    def test_revoke(self):
        certificate = self.certify(self.make_request(self.process)).with_env(self.env)
        self.assertTrue(certificate.can_revoke)
        wizard = Form.from_action(self.env, certificate.action_revoke())
        self.assertEqual(wizard.count, 1)
        wizard.reason = "Issued for the wrong person."
        wizard.save().action_revoke()
        self.assertEqual(certificate.state, "revoked")
        self.assertEqual(certificate.revoked_by_id, self.env.user)
        self.assertEqual(certificate.revoke_reason, "Issued for the wrong person.")
        self.assertFalse(certificate.can_revoke)
        notice = self.get_notice(certificate, "certificate_revoked")
        self.assertIn("no longer valid", notice._prepare_mail_values()["body_html"])
        again = self.env["sajad.clearance.revoke"].create(
            {"certificate_ids": certificate.ids, "reason": "x"}
        )
        with self.assertRaisesRegex(UserError, "revoked already"):
            again.action_revoke()

    def test_revoke_many(self):
        self.startPatcher(patch.object(sajad_clearance_revoke, "MANY", 0))
        certificate = self.certify(self.make_request(self.process))
        Wizard = self.env["sajad.clearance.revoke"].with_user(self.user_liaison)
        values = {"certificate_ids": certificate.ids, "reason": "Issued too early."}
        action = Wizard.create(values).action_revoke()
        self.assertEqual(certificate.state, "valid")
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["sajad.batch.run"]._cron_run()
        self.assertEqual(certificate.state, "revoked")
        self.assertEqual(certificate.revoked_by_id, self.user_liaison)
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual((batch.state, batch.done_count), ("done", 1))

    def get_notice(self, certificate, kind):
        domain = [("request_id", "=", certificate.request_id.id), ("kind", "=", kind)]
        return self.env["sajad.notice"].sudo().search(domain)

    def test_student_is_told(self):
        notice = self.get_notice(self.certify(), "done")
        self.assertEqual(notice.partner_id, self.student.partner_id)
        self.assertIn(
            "certificate is ready", notice._prepare_mail_values()["body_html"]
        )

    def test_code_is_shown_as_printed(self):
        certificate = self.certify()
        self.assertRegex(certificate.printed_code, r"^\w{5}-\w{5}$")
        self.assertEqual(certificate.printed_code.replace("-", ""), certificate.code)
        arch = certificate.get_view(view_type="form")["arch"]
        shown = etree.fromstring(arch).xpath("//field[@name='printed_code']")
        self.assertEqual(shown[0].get("class"), "o_sajad_latin")

    def test_numbers_keep_latin_digits(self):
        """In the dialog, too, that revokes them."""
        arch = self.env["sajad.clearance.revoke"].get_view(view_type="form")["arch"]
        number = etree.fromstring(arch).xpath("//list/field[@name='name']")
        self.assertEqual(number[0].get("class"), "o_sajad_latin")

    def test_who_may_not_revoke(self):
        certificate = self.certify()
        stranger = self.make_user("t_liaison2", "sajad_base.group_sajad_liaison")
        self.other_university.liaison_ids = stranger
        for user in (stranger, self.user_officer, self.user_auditor, self.user_student):
            with self.subTest(user.login), self.assertRaises(AccessError):
                wizard = self.env["sajad.clearance.revoke"].with_user(user)
                wizard.create(
                    {"certificate_ids": certificate.ids, "reason": "x"}
                ).action_revoke()
        self.assertEqual(certificate.state, "valid")
        self.assertFalse(certificate.with_user(self.user_officer).can_revoke)

    def test_a_reason_is_asked(self):
        certificate = self.certify().with_user(self.user_liaison)
        wizard = certificate.env["sajad.clearance.revoke"].create(
            {"certificate_ids": certificate.ids, "reason": "  "}
        )
        with self.assertRaisesRegex(UserError, "reason"):
            wizard.action_revoke()

    # ------------------------------------------------------------
    # SETS
    # ------------------------------------------------------------

    def count_issue(self, count):
        requests = self.make_requests(count, f"q{count}-")
        self.get_tasks(requests, "a").action_approve()
        tasks = self.get_tasks(requests, "b")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        tasks.action_approve()
        self.env.flush_all()
        self.assertEqual(len(requests.certificate_ids), count)
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow(self):
        """Certificates of five hundred cost what those of one do, and inserts."""
        self.count_issue(2)
        one = self.count_issue(1)
        self.assertLessEqual(one, 45)
        self.assertLessEqual(self.count_issue(20), one + 5)
        self.assertLessEqual(self.count_issue(500), one + 5 + 500 // 25)

    def test_search(self):
        """Found by number or person, in any digits and letters."""
        certificate = self.certify()
        Certificate = self.env["sajad.clearance.certificate"].with_user(
            self.user_officer
        )
        for text in ("tu-1", "۱۰۰۱", "t_STUDENT"):
            found = Certificate.search([("search_key", "ilike", text)])
            self.assertIn(certificate, found, text)
