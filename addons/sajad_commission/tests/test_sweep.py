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
        for url, ready in (
            ("/odoo/sajad-commission", ".o_list_view"),
            ("/odoo/sajad-commission/new", ".o_form_view"),
        ):
            with self.subTest(url):
                self.sweep(url, ready, self.user_admin)
