from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.sweep import SweepCase

from .common import FeeCommon


@tagged("post_install", "-at_install", "is_tour")
class TestSweep(SweepCase, FeeCommon, HttpCase):
    """The screens of fees in Persian (rows D5, E1, E2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setUpPersian()
        for lang in ("en_US", "fa_IR"):
            cls.process.with_context(lang=lang).name = "خدمت آزمون"

    def test_tariffs(self):
        self.sweep("/odoo/sajad-tariffs", ".o_list_view", self.user_admin)

    def test_fees(self):
        self.sweep("/odoo/sajad-fees", ".o_list_view", self.user_admin)

    def test_refunds(self):
        self.sweep("/odoo/sajad-refunds", ".o_list_view", self.user_admin)
