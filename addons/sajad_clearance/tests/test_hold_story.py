from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ClearanceCommon, get_office_form


@tagged("post_install", "-at_install", "is_tour")
class TestHoldStory(ClearanceCommon, HttpCase):
    """Offices and their holds in the browser, in Persian (row B7)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        modules = cls.env["ir.module.module"].search(
            [("name", "in", ("sajad_base", "sajad_clearance"))]
        )
        modules._update_translations(["fa_IR"])
        for code in ("welfare", "dormitories"):
            cls.experts[code].write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def test_plan_and_approve(self):
        """The expert finds the debt, plans instalments and approves."""
        request = self._submit()
        self._approve_until(request, "welfare")
        hold = self._make_hold("welfare", amount=48000000, description="وام")
        work = self._get_work(request, "welfare")
        work.properties = get_office_form(work)
        expert = self.experts["welfare"]
        # the refusal that the tour provokes is told in the log
        with mute_logger("odoo.http"):
            self.start_tour(
                "/odoo/sajad-inbox", "sajad_clearance_hold_plan", login=expert.login
            )
        self.env.invalidate_all()
        self.assertEqual((hold.state, len(hold.instalment_ids)), ("planned", 12))
        self.assertEqual(self.task(request, "welfare").state, "done")

    def test_waive_with_proof(self):
        """Another office lets a debt go, by authority and with a letter."""
        hold = self._make_hold(
            "dormitories", amount=12500000, description="اجاره خوابگاه"
        )
        expert = self.experts["dormitories"]
        self.start_tour(
            "/odoo/sajad-holds", "sajad_clearance_hold_waive", login=expert.login
        )
        self.env.invalidate_all()
        self.assertEqual(hold.state, "waived")
        self.assertEqual(hold.proof_ids.name, "letter.pdf")
        self.assertEqual(hold.proof_ids.res_model, "sajad.hold.event")
