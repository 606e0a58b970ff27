from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import DisputeCommon


@tagged("post_install", "-at_install", "is_tour")
class TestSlaTours(DisputeCommon, HttpCase):
    """A dispute in the browser, in Persian (row D6)."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("sajad_base", "sajad_sla")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        cls.user_student.write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def test_dispute(self):
        """From the opening to the final opinion, on the two sides."""
        url = f"/my/requests/{self.request.id}"
        self.start_tour(url, "sajad_sla_dispute_open", login="t_student")
        self.env.invalidate_all()
        dispute = self.request.dispute_ids
        self.assertHistory(dispute, "opened", "message")
        dispute.date_until -= timedelta(days=60)
        self.env["sajad.dispute"]._cron_follow()
        opinion = "حق با خدمت‌گیرنده است"
        self.answer(dispute, "decided", opinion, outcome="upheld")
        self.start_tour(url, "sajad_sla_dispute_read", login="t_student")


@tagged("post_install", "-at_install", "is_tour")
class TestDisputeTourPhone(DisputeCommon, HttpCase):
    """A dispute is opened on a telephone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_open(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        modules = self.env["ir.module.module"].search([("name", "=", "sajad_sla")])
        modules._update_translations(["fa_IR"])
        self.user_student.lang = "fa_IR"
        url = f"/my/requests/{self.request.id}"
        self.start_tour(url, "sajad_sla_dispute_open", login="t_student")
        self.env.invalidate_all()
        self.assertHistory(self.request.dispute_ids, "opened", "message")
