from odoo.tests import HttpCase, tagged

from .common import DossierCommon


@tagged("post_install", "-at_install", "is_tour")
class TestDossierTour(DossierCommon, HttpCase):
    """A student brings a document in the browser, in Persian (row C4)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("sajad_base", "sajad_dossier")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        cls.user_student.write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def test_missing_to_verified(self):
        """Missing, drafted, submitted, rejected, replaced, verified."""
        self.start_tour("/my", "sajad_dossier_bring", login="t_student")
        self.env.invalidate_all()
        document = self.dossier.document_ids
        self.assertEqual(document.state, "submitted")
        self.assertEqual(document.page_ids.mapped("file_name"), ["b.jpg", "a.jpg"])
        document.with_user(self.user_officer).action_reject("مهر دیده نمی‌شود")
        self.start_tour("/my", "sajad_dossier_bring_again", login="t_student")
        self.env.invalidate_all()
        self.assertEqual(document.version_id.number, 2)
        Look = self.env["sajad.dossier.access"].with_user(self.user_officer)
        Look._note(document.version_id, "view")
        document.with_user(self.user_officer).action_verify()
        self.approve(self.dossier.request_ids, "faculty")
        document.with_user(self.user_central).action_verify()
        self.start_tour("/my", "sajad_dossier_verified", login="t_student")


@tagged("post_install", "-at_install", "is_tour")
class TestDossierTourPhone(TestDossierTour):
    """The same on a telephone."""

    browser_size = "390x844"
    touch_enabled = True
