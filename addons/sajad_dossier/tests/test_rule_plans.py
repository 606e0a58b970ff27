from odoo.tests import tagged

from odoo.addons.sajad_base.tests.plan import Plans

from .common import DossierCommon


@tagged("post_install", "-at_install", "sajad_performance")
class TestRulePlans(Plans, DossierCommon):
    """Lists of dossiers and of their papers ask for no memberships."""

    def test_keeper(self):
        for user in self.user_officer | self.user_central:
            own = ("sajad.dossier", "sajad.dossier.document", "sajad.dossier.note")
            self.check_plans(user, *own, "sajad.dossier.export", "sajad.dossier.stay")

    def test_by_another(self):
        user = self.user_officer
        self.check_plans(user, "sajad.dossier.item", more={"sajad_dossier"})
        versions = ("sajad.dossier.version", "sajad.dossier.check")
        self.check_plans(user, *versions, more={"sajad_dossier_document"})
