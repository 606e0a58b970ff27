import io
import json
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.sajad_base.models.batch import ir_actions_report, sajad_batch_paper
from odoo.addons.sajad_report.tools import pdf_workers

from ..tools.certificate_words import to_local
from ..wizards import sajad_clearance_minutes
from .certificate_common import CertificateCommon

REPORT = "sajad_clearance.sajad_clearance_certificate_report"
MINUTES = "sajad_clearance.sajad_clearance_minutes_report"


class PrintCommon(CertificateCommon):
    def setUp(self):
        super().setUp()
        self.addCleanup(pdf_workers.close_idle)

    def print_report(self, report, records, user=None):
        Report = self.env["ir.actions.report"].with_user(user or self.user_officer)
        content, _kind = Report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(report, records.ids)
        return PdfReader(io.BytesIO(content))

    def get_text(self, reader):
        words = [w for page in reader.pages for w in page.extract_text().split()]
        return " ".join(words)


@tagged("post_install", "-at_install")
class TestCertificatePrint(PrintCommon):
    """One A4 page that a registrar would sign (rows B8, E4)."""

    def test_english(self):
        certificate = self.certify()
        reader = self.print_report(f"{REPORT}_en", certificate)
        self.assertEqual(len(reader.pages), 1)
        box = reader.pages[0].mediabox
        self.assertEqual((round(box.width), round(box.height)), (595, 842))
        text = self.get_text(reader)
        for shown in (
            "In the name of God",
            "Test University",
            "Clearance Certificate",
            certificate.name,
            "t_student",
            "Father",
            "9990000001",
            "1001",
            "1401",
            "Graduation",
            "Stage a",
            "Stage b",
            "Approved",
            "t_officer",
            "/clearance/verify",
            certificate.printed_code,
            certificate.event_hash[:24],
        ):
            self.assertIn(shown, text)
        year = certificate.name.split("-")[1]
        self.assertRegex(text, rf"\d+ \w+ 20\d\d \({year}/\d\d/\d\d\)")
        self.assertNotIn("Revoked", text)

    def test_nothing_is_a_bare_line(self):
        """What the record does not know is said in words; so is who passed it."""
        self.student.write(
            {"father_name": False, "national_id": False, "field_id": False}
        )
        self.student.foreign_id = "123456789012"
        certificate = self.certify()
        text = self.get_text(self.print_report(f"{REPORT}_en", certificate))
        self.assertNotIn(" - ", f" {text} ")
        self.assertIn("Not recorded", text)
        self.assertIn("Foreigners' ID 123456789012", text)
        self.assertNotIn("National ID", text)

    def test_persian_in_logical_order(self):
        """The paper is Persian whoever prints it, and its text can be searched."""
        self.env["res.lang"]._activate_lang("fa_IR")
        modules = self.env["ir.module.module"].search(
            [("name", "in", ("sajad_base", "sajad_clearance"))]
        )
        modules._update_translations(["fa_IR"])
        self.student.partner_id.name = "فرزین آزمون‌زاده"
        self.university.with_context(lang="fa_IR").name = "دانشگاه نمونه"
        certificate = self.certify()
        reader = self.print_report(REPORT, certificate)
        self.assertEqual(len(reader.pages), 1)
        text = self.get_text(reader).replace("\u200c", "").replace("\u200b", "")
        for shown in (
            "گواهی تسویه حساب",
            "دانشگاه نمونه",
            "فرزین آزمونزاده",
            "شماره دانشجویی",
            "امضای الکترونیکی",
            certificate.name,
        ):
            self.assertIn(shown.replace("\u200c", ""), text)
        self.assertNotIn("Clearance", text)

    def test_revoked_mark(self):
        certificate = self.certify()
        self.print_report(f"{REPORT}_en", certificate)
        certificate._revoke("Wrong person.")
        text = self.get_text(self.print_report(f"{REPORT}_en", certificate))
        self.assertIn("was revoked on", text)
        self.assertIn("no longer valid", text)
        self.assertNotIn("Wrong person", text)

    def test_kept(self):
        """A paper is laid out once for each state and language."""
        certificate = self.certify()
        for report in (REPORT, f"{REPORT}_en"):
            self.print_report(report, certificate)
        Attachment = self.env["ir.attachment"]
        domain = [
            ("res_model", "=", certificate._name),
            ("res_id", "=", certificate.id),
        ]
        kept = Attachment.search(domain)
        self.assertEqual(len(kept), 2)
        self.print_report(f"{REPORT}_en", certificate)
        self.assertEqual(Attachment.search(domain), kept)
        certificate._revoke("x")
        self.print_report(f"{REPORT}_en", certificate)
        self.assertEqual(Attachment.search_count(domain), 3)

    def test_sixteen_offices_on_one_page(self):
        names = [f"office{number}" for number in range(16)]
        process = self.make_process(
            "many",
            {name: {} for name in names},
            exclusive_group="clearance",
            matter="clearance",
        )
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process, clearance_reason="graduation")
        self.approve(request, *names)
        reader = self.print_report(f"{REPORT}_en", request.certificate_ids)
        self.assertEqual(len(reader.pages), 1)
        self.assertIn("Stage office15", self.get_text(reader))

    def test_many(self):
        """One page for each, in one call; queries do not grow."""
        requests = self.make_requests(12)
        self.get_tasks(requests, "a").action_approve()
        self.get_tasks(requests, "b").action_approve()
        certificates = requests.certificate_ids
        reader = self.print_report(f"{REPORT}_en", certificates)
        self.assertEqual(len(reader.pages), 12)
        report = self.env["ir.actions.report"].with_user(self.user_officer)
        counts = []
        for some in (certificates[:2], certificates):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            report._render_qweb_html(REPORT, some.ids)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_strangers_print_nothing(self):
        certificate = self.certify()
        with self.assertRaises(AccessError):
            self.print_report(REPORT, certificate, self.user_stranger)

    def test_buttons(self):
        request = self.make_request(self.process).with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "last office"):
            request.action_print_certificates()
        certificate = self.certify(request.with_user(self.env.user))
        action = request.action_print_certificates()
        self.assertEqual(action["report_name"], "sajad_clearance.certificate")
        self.assertEqual(action["context"]["active_ids"], certificate.ids)
        english = certificate.with_context(certificate_lang="en").action_print()
        self.assertEqual(english["report_name"], "sajad_clearance.certificate_en")

    def test_many_in_the_background(self):
        """More than one request lays out in its time are made by a job."""
        requests = self.make_requests(3)
        self.get_tasks(requests, "a").action_approve()
        self.get_tasks(requests, "b").action_approve()
        certificates = requests.certificate_ids.with_user(self.user_officer)
        for module in (sajad_batch_paper, ir_actions_report):
            self.startPatcher(patch.object(module, "PRINT_MANY", 2))
        with self.assertRaisesRegex(UserError, "More than 2 papers"):
            self.print_report(REPORT, certificates)
        action = certificates.action_print()
        self.assertEqual(action["res_model"], "sajad.batch")
        batch = self.env["sajad.batch"].browse(action["res_id"])
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            Runner = self.env["sajad.batch.run"]
            Runner.with_context(force_report_rendering=True)._cron_run()
        self.assertEqual((batch.state, batch.done_count), ("done", 3))
        (file,) = self.env["sajad.batch.result"]._get_parts(batch)
        self.assertEqual(len(PdfReader(io.BytesIO(file.raw)).pages), 3)
        self.assertIn(str(file.id), batch.action_download()["url"])

    def test_conditions(self):
        """A conditional clearance is certified as such, in both languages."""
        certificate = self.certify()
        condition = {"title": "Loan", "state": "planned", "number": False}
        condition.update(amount=48000000, date="2027-11-22")
        snapshot = {**certificate.snapshot, "conditions": [condition]}
        kept = patch.object(type(certificate), "snapshot", snapshot)
        with kept:
            text = self.get_text(self.print_report(f"{REPORT}_en", certificate))
        self.assertIn("on the following conditions", text)
        self.assertIn("Loan: 48,000,000 rials are left", text)
        self.assertIn("22 Nov 2027", text)
        text = self.get_text(self.print_report(f"{REPORT}_en", self.certify()))
        self.assertNotIn("conditions", text)

    # ------------------------------------------------------------
    # MINUTES
    # ------------------------------------------------------------

    def test_minutes(self):
        certificate = self.certify()
        requests = self.make_requests(60)
        self.get_tasks(requests, "a").action_approve()
        self.get_tasks(requests, "b").action_approve()
        requests[0].certificate_ids._revoke("x")
        Minutes = self.env["sajad.clearance.minutes"].with_user(self.user_officer)
        minutes = Minutes.create({"university_id": self.university.id})
        self.assertEqual(minutes.count, 61)
        reader = self.print_report(MINUTES, minutes)
        self.assertGreater(len(reader.pages), 1)
        box = reader.pages[0].mediabox
        self.assertGreater(box.width, box.height)
        text = self.get_text(reader)
        for shown in ("Minutes", certificate.name, "1001", "Totals", "Graduation: 61"):
            self.assertIn(shown, text)
        self.assertIn("Revoked: 1", text)
        self.assertIn(f"Page 1 of {len(reader.pages)}", text)
        minutes.with_revoked = False
        self.assertEqual(minutes.count, 60)
        action = minutes.action_print()
        self.assertEqual(action["report_name"], "sajad_clearance.minutes")
        # a long list is laid out by a job
        self.startPatcher(patch.object(sajad_clearance_minutes, "MANY", 59))
        batch = self.env["sajad.batch"].browse(minutes.action_print()["res_id"])
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            Runner = self.env["sajad.batch.run"]
            Runner.with_context(force_report_rendering=True)._cron_run()
        self.assertEqual((batch.state, batch.done_count), ("done", 1))
        self.assertTrue(batch.result_url)

    def test_minutes_of_a_period(self):
        certificate = self.certify()
        Minutes = self.env["sajad.clearance.minutes"].with_user(self.user_officer)
        day = to_local(certificate.date).date()
        found = Minutes.create({"date_from": day, "date_to": day})
        self.assertEqual(found._get_certificates(), certificate.with_env(found.env))
        empty = Minutes.create({"date_to": "2020-01-01"})
        with self.assertRaisesRegex(UserError, "no certificate"):
            empty.action_print()
        chosen = Minutes.create({"certificate_ids": certificate.ids})
        self.assertEqual(chosen.count, 1)

    def test_minutes_of_others(self):
        self.certify()
        Minutes = self.env["sajad.clearance.minutes"].with_user(self.user_stranger)
        self.assertEqual(Minutes.create({}).count, 0)


@tagged("post_install", "-at_install")
class TestCertificatePortal(PrintCommon, HttpCase):
    """Students download their certificate, officers print it by Odoo's routes."""

    def setUp(self):
        super().setUp()
        self.request_record = self.make_request(
            self.process, clearance_reason="graduation"
        )
        self.url = f"/my/requests/{self.request_record.id}"

    def download(self, lang="en"):
        self.certify(self.request_record)
        # Odoo prints nothing in tests unless it is told to
        Report = self.registry["ir.actions.report"]
        render = Report._render_qweb_pdf

        def print_all_the_same(report, *args, **kwargs):
            forced = report.with_context(force_report_rendering=True)
            return render(forced, *args, **kwargs)

        with patch.object(Report, "_render_qweb_pdf", print_all_the_same):
            return self.url_open(f"{self.url}/certificate?lang={lang}")

    def test_student(self):
        self.authenticate("t_student", "t_student")
        page = self.url_open(self.url).text
        self.assertNotIn("clearance_certificate", page)
        missing = self.url_open(f"{self.url}/certificate", allow_redirects=False)
        self.assertIn(missing.status_code, (302, 303))
        response = self.download()
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertTrue(response.content.startswith(b"%PDF-"))
        page = self.url_open(self.url).text
        self.assertIn('id="clearance_certificate"', page)
        self.assertIn(f"{self.url}/certificate", page)
        self.request_record.certificate_ids._revoke("x")
        page = self.url_open(self.url).text
        self.assertNotIn('id="clearance_certificate"', page)
        self.assertIn("clearance_certificate_revoked", page)

    def test_others(self):
        self.certify(self.request_record)
        for login in ("t_other_student", "t_stranger", "t_officer"):
            self.authenticate(login, login)
            response = self.url_open(f"{self.url}/certificate?lang=en")
            self.assertNotIn(b"%PDF", response.content, login)

    def test_link_shows_no_certificate(self):
        """Whoever has the link of a request reads it, but gets no certificate."""
        self.certify(self.request_record)
        link = self.request_record.get_portal_url()
        page = self.url_open(link).text
        self.assertIn(self.request_record.name, page)
        self.assertNotIn("clearance_certificate", page)

    @mute_logger("odoo.http")
    def test_routes(self):
        certificate = self.certify(self.request_record)
        context = json.dumps({"force_report_rendering": True})
        url = f"/report/pdf/sajad_clearance.certificate/{certificate.id}"
        for login, status in (("t_officer", 200), ("t_stranger", 403)):
            self.authenticate(login, login)
            response = self.url_open(f"{url}?context={context}")
            self.assertEqual(response.status_code, status, login)
