from odoo.tests import tagged

from odoo.addons.sajad_base.tests.plan import Plans

from .common import ClearanceCommon


@tagged("post_install", "-at_install", "sajad_performance")
class TestRulePlans(Plans, ClearanceCommon):
    """Lists of offices, debts, classes and certificates ask for no memberships."""

    def test_office(self):
        user = self.experts["dormitories"]
        self.check_plans(user, "sajad.office", "sajad.hold", "sajad.cohort")

    def test_by_another(self):
        self._submit()
        user = self.experts["dormitories"]
        certificates = "sajad.clearance.certificate"
        self.check_plans(user, certificates, more={"sajad_request"})
        plans = "sajad.hold.instalment"
        self.check_plans(user, plans, more={"sajad_hold"})

    def test_liaison(self):
        self.university.liaison_ids = self.user_liaison
        certificates = "sajad.clearance.certificate"
        self.check_plans(self.user_liaison, certificates, "sajad.cohort")
