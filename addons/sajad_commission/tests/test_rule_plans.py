from odoo.tests import tagged

from odoo.addons.sajad_base.tests.rule_plans import RulePlans

from .common import CommissionCommon


@tagged("post_install", "-at_install", "sajad_performance")
class TestRulePlans(RulePlans, CommissionCommon):
    """Lists of sessions ask for no memberships."""

    def test_secretary(self):
        self.check_plans(self.user_secretary, "sajad.commission.session")
