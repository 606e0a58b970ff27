from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_visit.tests.common import VisitFactory

from .common import ClearanceCommon


@tagged("post_install", "-at_install", "is_tour")
class TestFormTours(VisitFactory, ClearanceCommon, HttpCase):
    """Form, draft and appointment in the browser, in Persian (rows B2, B4, B9)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        modules = cls.env["ir.module.module"].search(
            [("name", "in", ("sajad_base", "sajad_visit", "sajad_clearance"))]
        )
        modules._update_translations(["fa_IR"])
        for user in cls.user_student | cls.experts["khwarazmi"]:
            user.write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def tour(self, url, name, user):
        self.start_tour(url, name, login=user.login)
        self.env.invalidate_all()

    def require_visit(self):
        request = self._submit()
        self._approve_until(request, "khwarazmi")
        task = self._get_work(request, "khwarazmi")
        engine = task.env["sajad.engine"]
        self.assertFalse(engine._require_visit(task, "میز امانت", "۸ تا ۱۲", "دو کتاب"))
        return task

    def test_form(self):
        self.student.write(
            dict.fromkeys(["national_id", "father_name", "birth_date"], False)
        )
        url = "/my/services/clearance_eleven/apply"
        self.tour(url, "sajad_clearance_form", self.user_student)
        request = self.env["sajad.request"].search(
            [("student_id", "=", self.student.id)]
        )
        self.assertEqual(len(request), 1)
        self.assertEqual(request.commitment_file_id.name, "notary.pdf")
        self.assertRecordValues(
            self.student,
            [
                {
                    "national_id": "9990000001",
                    "father_name": "پدر آزمایشی",
                    "birth_date": fields.Date.to_date("2001-08-14"),
                }
            ],
        )
        self.tour(url, "sajad_clearance_second", self.user_student)

    def test_appointment(self):
        task = self.require_visit()
        cartable = task.sudo().cartable_id
        self.make_slot(cartable, "2030-05-07 06:00")
        later = self.make_slot(cartable, "2030-05-08 06:00")
        self.tour("/my/requests", "sajad_visit_book", self.user_student)
        self.assertEqual(task.visit_slot_id, later)

    def test_office(self):
        task = self.require_visit()
        start = fields.Datetime.now().replace(second=0) + timedelta(minutes=2)
        slot = self.make_slot(task.sudo().cartable_id, f"{start:%Y-%m-%d %H:%M}")
        task.sudo().visit_ids._book(slot)
        self.tour("/odoo/sajad-visits", "sajad_visit_office", self.experts["khwarazmi"])
        self.assertEqual(task.sudo().visit_ids.state, "came")
        self.assertEqual(task.state, "done")
