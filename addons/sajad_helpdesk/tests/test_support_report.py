from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SupportCommon

REPORT = "sajad_helpdesk.sajad_support_sheet"
# of Tehran: 09:15 and 14:30 of 7 Azar, and 00:30 of the day after
MORNING, NOON, NIGHT = (
    "2026-11-28 05:45:00",
    "2026-11-28 11:00:00",
    "2026-11-28 21:00:00",
)


@tagged("post_install", "-at_install")
class TestSupportReport(SupportCommon):
    """The printed report of the desk, for reporting officers (row D2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reporter = cls.make_user("t_reporter", "sajad_base.group_sajad_reporting")
        cls.university.reporting_ids = cls.reporter
        with freeze_time(MORNING):
            cls.rated = cls.ask()
            cls.solve(cls.rated)
            own = cls.rated.with_user(cls.user_student)
            own._support_rate(own._get_open_rating(), 5, "بسیار خوب بود")
        with freeze_time(NOON):
            cls.open = cls.ask(category=cls.category_regulations)
        with freeze_time(NIGHT):
            cls.later = cls.ask()

    @classmethod
    def solve(cls, request):
        tasks = request.task_ids.filtered(lambda t: t.current and t.state == "ready")
        tasks.with_user(cls.user_technical).action_approve()
        cls.env.invalidate_all()

    def print(self, user=None, **values):
        return (
            self.env["sajad.support.print"]
            .with_user(user or self.reporter)
            .create({"date_from": "2026-11-28", "date_to": "2026-11-28", **values})
        )

    def report(self, **values):
        return self.print(**values)._get_support_report()

    def render(self, dialogs):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.reporter)
            ._render_qweb_html(REPORT, dialogs.ids)
        )
        return content.decode()

    def test_load_by_category_and_hour(self):
        """Days and hours are those of the country: half past midnight is tomorrow."""
        report = self.report()
        counts = {line["name"]: line["count"] for line in report["categories"]}
        self.assertEqual(counts, {self.category.name: 1, "Test Rules": 1})
        self.assertEqual(report["hours"], [(9, 1, 100), (14, 1, 100)])
        report = self.report(date_from="2026-11-29", date_to="2026-11-29")
        self.assertEqual(report["hours"], [(0, 1, 100)])

    def test_what_was_answered_and_how_good(self):
        report = self.report(date_to="2026-11-29")
        line = next(
            line for line in report["categories"] if line["name"] == self.category.name
        )
        self.assertEqual((line["count"], line["answered"], line["open"]), (2, 1, 1))
        self.assertEqual((line["rated"], line["percent"]), (1, 100))
        self.assertEqual(report["remarks"], [("good", "بسیار خوب بود")])
        (university,) = report["universities"]
        self.assertEqual((university["count"], university["rated"]), (3, 1))

    def test_one_category(self):
        report = self.report(category_id=self.category_regulations.id)
        self.assertEqual(report["count"], 1)
        self.assertFalse(report["remarks"])

    def test_only_of_the_own_university(self):
        self.university.reporting_ids = False
        self.assertEqual(self.report()["count"], 0)
        self.other_university.reporting_ids = self.reporter
        report = self.report(university_id=self.university.id)
        self.assertEqual(report["count"], 0, "a chosen one that is not the own")
        with self.assertRaises(AccessError):
            self.print(self.user_officer)

    def test_paper(self):
        """An empty period says so; two at once are two papers."""
        some, empty = (
            self.print(),
            self.print(date_from="2020-01-01", date_to="2020-01-02"),
        )
        html = self.render(some | empty)
        self.assertIn("بسیار خوب بود", html)
        self.assertEqual(html.count("No support request came"), 1)
        # in the head of both, and in the table of the one that is not empty
        self.assertEqual(html.count(f">{self.university.name}<"), 3)
        self.assertEqual(html.count('class="article"'), 2)
        reports = self.env["ir.actions.report"].with_user(self.reporter)
        reports = reports.with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf(REPORT, (some | empty).ids)
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF"))

    def test_dialog_leads_to_its_own_paper(self):
        action = self.print().action_print()
        self.assertEqual(action["report_name"], REPORT)
