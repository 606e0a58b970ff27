import io
import json
import zipfile
from unittest.mock import patch

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.batch import (
    ir_actions_report,
    sajad_batch_list,
    sajad_batch_paper,
    sajad_batch_result,
    sajad_batch_run,
)
from .common import SajadCommon

REPORT = "sajad_base.sajad_request_sheet_report"


@tagged("post_install", "-at_install")
class TestBatchResult(SajadCommon, HttpCase):
    """Prints and lists that are made in the background (row A10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for module in (sajad_batch_paper, ir_actions_report):
            cls.startClassPatcher(patch.object(module, "PRINT_MANY", 3))
        cls.startClassPatcher(patch.object(sajad_batch_run, "CHUNK", 2))
        cls.startClassPatcher(patch.object(sajad_batch_list, "EXPORT_MANY", 3))
        cls.startClassPatcher(patch.object(sajad_batch_list, "CHUNK", 2))
        Cron = type(cls.env["ir.cron"])
        cls.startClassPatcher(patch.object(Cron, "_commit_progress", return_value=60))
        cls.report = cls.env.ref(REPORT)
        process = cls.make_process("paper", {"a": {}})
        cls.make_cartables(process, cls.university, cls.user_officer)
        cls.requests = cls.env["sajad.request"]
        for number in range(5):
            student = cls.make_student(f"77{number}", cls.university)
            cls.requests |= cls.make_request(process, student)

    def run_jobs(self, action):
        Runner = self.env["sajad.batch.run"]
        Runner.with_context(force_report_rendering=True)._cron_run()
        return self.env["sajad.batch"].browse(action["res_id"])

    def print_many(self, records=None, user=None):
        Paper = self.env["sajad.batch.paper"].with_user(user or self.user_officer)
        ids = (self.requests if records is None else records).ids
        return Paper.print_many(self.report.id, ids)

    def get_file(self, batch, user=None):
        self.authenticate(*[(user or self.user_officer).login] * 2)
        return self.url_open(batch.result_url)

    # ------------------------------------------------------------
    # PAPERS
    # ------------------------------------------------------------

    def test_few_at_once(self):
        self.assertFalse(self.print_many(self.requests[:3]))
        report = self.report.with_user(self.user_officer)
        action = report.report_action(self.requests[:3])
        self.assertEqual(action["type"], "ir.actions.report")

    def test_many_are_one_file(self):
        batch = self.run_jobs(self.print_many())
        self.assertEqual((batch.state, batch.done_count), ("done", 5))
        answer = self.get_file(batch)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        text = [p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages]
        places = [
            next(i for i, page in enumerate(text) if request.name in page)
            for request in self.requests
        ]
        self.assertEqual(places, sorted(places))

    def test_buttons_too(self):
        """Whatever prints goes the same way; what comes by itself is refused."""
        report = self.report.with_user(self.user_officer)
        action = report.report_action(self.requests)
        self.assertEqual(action["res_model"], "sajad.batch")
        with self.assertRaisesRegex(UserError, "More than 3 papers"):
            report._render_qweb_pdf(REPORT, self.requests.ids)

    def test_very_many_are_an_archive(self):
        self.startPatcher(patch.object(sajad_batch_result, "JOINED", 3))
        batch = self.run_jobs(self.print_many())
        answer = self.get_file(batch)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            self.assertEqual(len(archive.namelist()), 2)
            self.assertTrue(all(n.endswith(".pdf") for n in archive.namelist()))

    def test_killed_and_resumed(self):
        action = self.print_many()
        commit = patch.object(type(self.env["ir.cron"]), "_commit_progress")
        with commit as stopped:
            stopped.return_value = 0
            batch = self.run_jobs(action)
        self.assertEqual((batch.position, batch.progress), (2, 40))
        self.run_jobs(action)
        self.assertEqual(len(self.env["sajad.batch.result"]._get_parts(batch)), 1)
        self.assertEqual(batch.done_count, 5)

    @mute_logger("odoo.addons.sajad_base.models.batch.sajad_batch_run")
    def test_one_that_fails(self):
        """It is named with a sentence, and the others are printed."""
        bad = self.requests[1]
        Report = type(self.env["ir.actions.report"])
        render = Report._render_qweb_pdf

        def fail(report, ref, res_ids=None, data=None):
            if bad.id in res_ids:
                # pylint: disable-next=translation-required
                raise UserError("No paper.")
            return render(report, ref, res_ids=res_ids, data=data)

        with patch.object(Report, "_render_qweb_pdf", fail):
            batch = self.run_jobs(self.print_many())
        self.assertEqual((batch.done_count, batch.problem_count), (4, 1))
        self.assertEqual(batch.line_ids.message, "No paper.")
        self.assertTrue(batch.result_url)

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.print_many(user=self.user_stranger)
        batch = self.run_jobs(self.print_many())
        answer = self.get_file(batch, self.user_stranger)
        self.assertNotEqual(answer.status_code, 200)
        with self.assertRaises(AccessError):
            batch.with_user(self.user_stranger).action_download()

    def test_nothing_to_download(self):
        action = self.print_many()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, "nothing to download"):
            batch.action_download()

    # ------------------------------------------------------------
    # LISTS
    # ------------------------------------------------------------

    def export(self, kind="xlsx", user=None, **params):
        columns = [
            {"name": "name", "label": "Number", "type": "char"},
            {"name": "date_submit", "label": "Date", "type": "datetime"},
        ]
        params = {
            "model": "sajad.request",
            "fields": columns,
            "domain": [("id", "in", self.requests.ids)],
            "ids": False,
            "import_compat": False,
            **params,
        }
        List = self.env["sajad.batch.list"].with_user(user or self.user_auditor)
        return List.export_many(kind, params)

    def allow(self, user):
        user.group_ids += self.env.ref("base.group_allow_export")

    def test_long_list(self):
        self.allow(self.user_officer)
        self.assertFalse(self.export(user=self.user_officer, ids=self.requests[:3].ids))
        batch = self.run_jobs(self.export(user=self.user_officer))
        self.assertEqual((batch.state, batch.done_count), ("done", 5))
        answer = self.get_file(batch)
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(len(rows), 6)
        numbers = {row[0] for row in rows[1:]}
        self.assertEqual(numbers, set(self.requests.mapped("name")))
        # a date stays a date
        self.assertTrue(hasattr(rows[1][1], "year"))
        batch = self.run_jobs(self.export("csv", user=self.user_officer))
        answer = self.get_file(batch)
        self.assertTrue(answer.content.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(len(answer.text.strip().splitlines()), 6)

    def test_long_list_in_groups(self):
        self.allow(self.user_officer)
        action = self.export(user=self.user_officer, groupby=["date_submit:month"])
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual(set(batch.res_ids), set(self.requests.ids))

    def test_too_long_a_list(self):
        self.allow(self.user_officer)
        self.startPatcher(patch.object(sajad_batch_list, "MAX_ROWS", 4))
        with self.assertRaisesRegex(UserError, "at most 4 rows"):
            self.export(user=self.user_officer)

    def test_rights_of_lists(self):
        with self.assertRaises(AccessError):
            self.export(user=self.user_officer)
        self.allow(self.user_officer)
        self.allow(self.user_stranger)
        # nothing is found that the user may not read
        self.assertFalse(self.export(user=self.user_stranger))
        action = self.export(user=self.user_stranger, ids=self.requests.ids)
        batch = self.run_jobs(action)
        self.assertEqual(batch.done_count, 0)
        self.assertFalse(batch.result_url)
        own = self.run_jobs(self.export(user=self.user_officer))
        for user in (self.user_stranger, self.user_admin):
            self.assertNotEqual(self.get_file(own, user).status_code, 200)

    def test_what_parts_keep(self):
        self.allow(self.user_officer)
        batch = self.run_jobs(self.export(user=self.user_officer))
        parts = self.env["sajad.batch.list"]._get_parts(batch)
        self.assertEqual(len(parts), 3)
        self.assertEqual(len(json.loads(parts[0].raw)), 2)
        batch.unlink()
        self.assertFalse(parts.exists())
