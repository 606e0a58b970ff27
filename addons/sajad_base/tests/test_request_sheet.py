import base64
import io
import json
import re

from pypdf import PdfReader

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SajadCommon
from .test_file_check import make_picture

REPORT = "sajad_base.sajad_request_sheet"
PRINT = """
const asked = [];
const open = XMLHttpRequest.prototype.open;
XMLHttpRequest.prototype.open = function (method, url) {
    asked.push(url);
    return open.apply(this, arguments);
};
const rpcs = [];
odoo.__WOWL_DEBUG__.root.env.bus.addEventListener("RPC:REQUEST", (event) =>
    rpcs.push(event.detail.url)
);
odoo.__WOWL_DEBUG__.root.env.services.action
    .doAction("sajad_base.sajad_request_sheet_report", {
        additionalContext: { active_ids: [REQUEST] },
    })
    .then(() => {
        const all = [...asked, ...rpcs].join(" ");
        const good = all.includes("/report/download") && !all.includes("wkhtmltopdf");
        console.log(good ? "test successful" : `asked for ${all}`);
    });
"""


class SheetCommon(SajadCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "sheet", {"a": {}, "b": {"after": ["a"]}, "c": {"after": ["b"]}}
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.student.write(
            {"national_id": "0499370899", "father_name": "Father", "entry_year": 1401}
        )
        cls.request = cls.make_request(cls.process, note="My explanation")

    def print_sheet(self, records, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.user_officer)
        content, _kind = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(REPORT, records.ids)
        return PdfReader(io.BytesIO(content))

    def get_text(self, reader):
        return "\n".join(page.extract_text() for page in reader.pages)


@tagged("post_install", "-at_install")
class TestRequestSheet(SheetCommon):
    """The request's sheet: who, why, every office and its decision (row E4)."""

    def test_content(self):
        self.approve(self.request, "a")
        self.engine.with_user(self.user_officer)._return_to_student(
            self.task(self.request, "b", self.user_officer), "Bring the card"
        )
        text = self.get_text(self.print_sheet(self.request))
        for expected in (
            "Test University",
            "Request Sheet",
            self.request.name,
            "My explanation",
            self.student.name,
            "1001",
            "0499370899",
            "1401",
            "Stage a",
            "Stage b",
            "Stage c",
            "Approved",
            "Signature",
            "Bring the card",
            self.user_officer.name,
            "Page 1 of",
        ):
            self.assertIn(expected, text)

    def test_hours_of_the_country(self):
        """The paper tells one hour, whatever the computer of its reader says."""
        self.request.sudo().date_submit = "2026-11-27 18:08:00"
        self.user_officer.tz = "UTC"
        text = self.get_text(self.print_sheet(self.request))
        self.assertIn("09:38 PM", text)
        self.assertNotIn("06:08 PM", text)

    def test_nobody_decided(self):
        """An approval that came by itself says so where the person stands."""
        self.assertNotIn("Automatic", self.get_text(self.print_sheet(self.request)))
        self.approve(self.request, "a")
        self.task(self.request, "a").sudo().done_by_id = False
        self.assertIn("Automatic", self.get_text(self.print_sheet(self.request)))

    def test_emblem(self):
        """The paper shows the emblem of its university."""
        self.assertFalse(self.print_sheet(self.request).pages[0].images)
        self.university.emblem = base64.b64encode(make_picture("PNG"))
        self.assertEqual(len(self.print_sheet(self.request).pages[0].images), 1)

    def test_steps_in_order(self):
        text = self.get_text(self.print_sheet(self.request))
        steps = text[text.index("Steps") : text.index("History")]
        self.assertEqual(re.findall(r"Stage (\w)", steps), ["a", "b", "c"])

    def test_form_fields(self):
        """The process's own fields, each in the words of its form."""
        self.process.flow_ids.request_properties_definition = [
            {
                "name": "kind",
                "type": "selection",
                "string": "Kind of Paper",
                "selection": [["x", "Transcript"]],
            },
            {"name": "wanted", "type": "boolean", "string": "By Post"},
            {"name": "day", "type": "date", "string": "Wanted on"},
        ]
        # written as the portal does
        self.request.sudo().properties = {
            "kind": "x",
            "wanted": True,
            "day": "2026-11-22",
        }
        text = self.get_text(self.print_sheet(self.request))
        Date = self.env["ir.qweb.field.date"].with_user(self.user_officer)
        day = Date.value_to_html(fields.Date.to_date("2026-11-22"), {})
        for expected in ("Kind of Paper", "Transcript", "By Post", "Yes", day):
            self.assertIn(expected, text)

    def test_all_steps_for_every_reader(self):
        """An office sees how others decided: history tells it the same."""
        role = self.process.stage_ids.filtered(lambda s: s.code == "c").role_id
        user = self.make_user("t_last", "sajad_base.group_sajad_officer")
        cartable = self.env["sajad.cartable"].search([("role_id", "=", role.id)])
        cartable.member_ids = [Command.create({"user_id": user.id})]
        self.approve(self.request, "a")
        text = self.get_text(self.print_sheet(self.request, user))
        self.assertIn("Stage a", text)
        self.assertIn("Approved", text)

    def test_queries_do_not_grow(self):
        """Many sheets are read together."""
        records = self.request
        for number in range(9):
            student = self.make_student(f"66{number}", self.university)
            records |= self.make_request(self.process, student, note="x")
        report = self.env["ir.actions.report"].with_user(self.user_officer)
        report._render_qweb_html(REPORT, records.ids)
        counts = []
        for some in (records[:2], records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            report._render_qweb_html(REPORT, some.ids)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)


@tagged("post_install", "-at_install")
class TestRequestSheetRoute(SheetCommon, HttpCase):
    """The same buttons and routes as every report of Odoo."""

    def get_sheet(self, user, records):
        self.authenticate(user.login, user.login)
        ids = ",".join(map(str, records.ids))
        context = json.dumps({"force_report_rendering": True})
        return self.url_open(f"/report/pdf/{REPORT}/{ids}?context={context}")

    def test_officer(self):
        response = self.get_sheet(self.user_officer, self.request)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertTrue(response.content.startswith(b"%PDF-"))

    @mute_logger("odoo.http")
    def test_strangers(self):
        for user in (self.user_stranger, self.user_student):
            response = self.get_sheet(user, self.request)
            self.assertEqual(response.status_code, 403)
            self.assertNotIn(b"%PDF", response.content)
            html = self.url_open(f"/report/html/{REPORT}/{self.request.id}")
            self.assertEqual(html.status_code, 403)
            self.assertNotIn(b"0499370899", html.content)

    def test_print_button(self):
        """The client downloads ours although wkhtmltopdf is not installed."""
        self.authenticate(self.user_officer.login, self.user_officer.login)
        self.browser_js(
            f"/odoo/sajad-requests/{self.request.id}",
            PRINT.replace("REQUEST", str(self.request.id)),
            "odoo.isReady === true",
            login=self.user_officer.login,
        )
