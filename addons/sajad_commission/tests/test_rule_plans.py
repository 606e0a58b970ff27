from odoo.tests import tagged

from odoo.addons.sajad_base.tests.plan import Plans

from .common import CommissionCommon


@tagged("post_install", "-at_install", "sajad_performance")
class TestRulePlans(Plans, CommissionCommon):
    """Lists of sessions ask for no memberships."""

    def test_secretary(self):
        self.check_plans(self.user_secretary, "sajad.commission.session")
