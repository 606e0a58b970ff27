from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.sweep import PERSIAN, SweepCase

from .common import ClearanceCommon


@tagged("post_install", "-at_install", "is_tour")
class TestSweep(SweepCase, ClearanceCommon, HttpCase):
    """Persian users meet no Gregorian date and no English word (rows E1, E2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setUpPersian()
        for user in cls.experts.values():
            user.write({"name": "نمونه کارشناس کتابخانه", **PERSIAN})
        cls.student.write(
            {
                "father_name": "پدر",
                "birth_date": "2003-05-01",
                "birth_place": "شهر آزمون",
                "address": "نشانی آزمون",
            }
        )
        for lang in ("en_US", "fa_IR"):
            cls.student.field_id.with_context(lang=lang).name = "رشته آزمون"

    def setUp(self):
        super().setUp()
        self.request_record = self._submit(note="توضیح")
        self._approve_until(self.request_record, "shirazi")

    def test_portal(self):
        request = f"/my/requests/{self.request_record.id}"
        apply = "/my/services/clearance_eleven/apply"
        for url in ("/my", "/my/requests", "/my/services", apply, request):
            with self.subTest(url):
                self.sweep(url, "#wrap", self.user_student)

    def test_office(self):
        work = self.task(self.request_record, "shirazi")
        expert = self.experts["shirazi"]
        for url, ready in (
            ("/odoo/sajad-inbox", ".o_kanban_record"),
            (f"/odoo/sajad-inbox/{work.id}", ".o_form_view .oe_title"),
            ("/odoo/sajad-open-requests", ".o_list_view .o_data_row"),
            (
                f"/odoo/sajad-open-requests/{self.request_record.id}",
                ".o_form_view",
            ),
            ("/odoo/sajad-cartables", ".o_kanban_record"),
            (f"/odoo/sajad-students/{self.student.id}", ".o_form_view"),
        ):
            with self.subTest(url):
                self.sweep(url, ready, expert)

    def test_overseer(self):
        for url, ready in (
            ("/odoo/sajad-boards", ".o_kanban_record"),
            ("/odoo/sajad-clearance-board", ".o_kanban_group"),
            ("/odoo/sajad-history", ".o_list_view"),
            ("/odoo/sajad-versions", ".o_list_view .o_data_row"),
        ):
            with self.subTest(url):
                self.sweep(url, ready, self.user_admin)

    def test_oversight(self):
        """What those who oversee look at: reports, papers, configuration."""
        for url, ready in (
            ("/odoo/sajad-overview", ".o_kanban_record canvas, .o_view_nocontent"),
            ("/odoo/sajad-waiting", ".o_graph_renderer, .o_view_nocontent"),
            ("/odoo/sajad-statistics", ".o_pivot, .o_view_nocontent"),
            ("/odoo/sajad-decided", ".o_pivot, .o_view_nocontent"),
            ("/odoo/sajad-forecasts", ".o_pivot, .o_view_nocontent"),
            ("/odoo/sajad-clearance", ".o_list_view"),
            ("/odoo/sajad-holds", ".o_list_view"),
            ("/odoo/sajad-hold-systems", ".o_list_view"),
            ("/odoo/sajad-hold-systems/new", ".o_form_view"),
            ("/odoo/sajad-classes", ".o_list_view"),
            ("/odoo/sajad-classes/new", ".o_form_view"),
            ("/odoo/sajad-offices", ".o_list_view .o_data_row"),
            ("/odoo/sajad-visits", ".o_list_view"),
            ("/odoo/sajad-visit-slots", ".o_list_view"),
            ("/odoo/sajad-cartable-requests", ".o_list_view"),
            ("/odoo/sajad-offices-without-anyone", ".o_list_view"),
            ("/odoo/sajad-processes", ".o_list_view .o_data_row"),
            ("/odoo/sajad-roles", ".o_list_view .o_data_row"),
            ("/odoo/sajad-holidays", ".o_list_view"),
        ):
            with self.subTest(url):
                self.sweep(url, ready, self.user_admin)

    def test_work_of_an_office(self):
        """Holds, visits and dialogs as the expert of an office meets them."""
        work = self.task(self.request_record, "shirazi")
        expert = self.experts["shirazi"]
        office = work.sudo().cartable_id.office_id
        Hold = self.env["sajad.hold"].with_user(expert)
        hold = Hold.create(
            {
                "student_id": self.student.id,
                "office_id": office.id,
                "description": "جریمه دیرکرد",
                "amount": 500000,
            }
        )
        for url, ready in (
            ("/odoo/sajad-holds", ".o_list_view .o_data_row"),
            (f"/odoo/sajad-holds/{hold.id}", ".o_form_view .oe_title"),
            (f"/odoo/sajad-offices/{office.id}", ".o_form_view .oe_title"),
            ("/odoo/sajad-overview", ".o_kanban_record"),
            ("/odoo/sajad-visits", ".o_list_view"),
            ("/odoo/sajad-visit-slots", ".o_list_view"),
        ):
            with self.subTest(url):
                self.sweep(url, ready, expert)

    def test_debts(self):
        """The student's debts, from the list to the bank (row B7)."""
        office = self.task(self.request_record, "shirazi").sudo().cartable_id.office_id
        vals = {"student_id": self.student.id, "office_id": office.id}
        hold, plan, _case = self.env["sajad.hold"].create(
            [
                {**vals, "description": "جریمه دیرکرد", "amount": 500000},
                {**vals, "description": "وام دانشجویی", "amount": 900000},
                {**vals, "description": "پرونده", "kind": "discipline"},
            ]
        )
        hold._pay(100000, "123")
        hold._dispute("اشتباه است")
        plan._plan([("2020-01-01", 400000), ("2090-01-01", 500000)])
        plan._pay(1000000)
        for url in (
            "/my",
            "/my/holds",
            f"/my/holds/{hold.id}",
            f"/my/holds/{plan.id}",
            f"/my/holds/pay?holds={hold.id}",
            f"/my/holds/pay?holds={hold.id}&part=other&amount=1",
            f"/my/requests/{self.request_record.id}",
        ):
            with self.subTest(url):
                self.sweep(url, "#wrap", self.user_student)
