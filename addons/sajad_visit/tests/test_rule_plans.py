from odoo.tests import tagged

from odoo.addons.sajad_base.tests.plan import Plans

from .common import VisitCommon


@tagged("post_install", "-at_install", "sajad_performance")
class TestRulePlans(Plans, VisitCommon):
    """Lists of visits ask for no memberships."""

    def test_office(self):
        self.check_plans(self.user_officer, "sajad.visit", "sajad.visit.slot")
