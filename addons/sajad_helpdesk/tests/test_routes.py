from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.route_table import RouteTable

from .test_access import TestAccess


@tagged("post_install", "-at_install")
class TestRoutes(RouteTable, TestAccess, HttpCase):
    """What each route answers to those whom it does not concern (row E5)."""

    # who may do what is tested where it is declared
    allow_inherited_tests_method = False

    def test_routes(self):
        self.check_routes()
