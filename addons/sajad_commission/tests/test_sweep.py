from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.sweep import SweepCase

from .common import CommissionCommon


@tagged("post_install", "-at_install", "is_tour")
class TestSweep(SweepCase, CommissionCommon, HttpCase):
    """The screens of the commission in Persian (rows E1, E2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setUpPersian()

    def test_sessions(self):
        self.sweep("/odoo/sajad-commission", ".o_list_view", self.user_admin)
