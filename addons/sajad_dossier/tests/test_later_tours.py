from odoo.tests import HttpCase, tagged

from .common import DossierCommon


@tagged("post_install", "-at_install", "is_tour")
class TestLaterTours(DossierCommon, HttpCase):
    """Papers of the study, and many verified at once, in Persian (rows C5, C7)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("sajad_base", "sajad_dossier")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        for user in cls.user_central | cls.user_officer:
            user.write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def tour(self, address, name, login="t_officer"):
        self.start_tour(f"/odoo/{address}", name, login=login)
        self.env.invalidate_all()

    def test_a_letter_of_the_study(self):
        """Brought with a description, found by it, replaced, deleted and restored."""
        self.tour(f"sajad-dossiers/{self.dossier.id}", "sajad_dossier_later")
        document = self.dossier.document_ids
        self.assertEqual(document.type_id, self.get_type("letter"))
        self.add("birth")
        self.tour("sajad-documents", "sajad_dossier_find")
        self.tour(f"sajad-documents/{document.id}", "sajad_dossier_newer")
        self.assertEqual(len(document.version_ids), 2)
        self.assertFalse(document.date_deleted)

    def test_many_at_once(self):
        """The university's expert verifies what faculties checked, from the list."""
        documents = self.add("birth") | self.add("national_card")
        request = self.dossier._send_for_check("admission")
        documents.with_user(self.user_officer).action_verify()
        self.approve(request, "faculty")
        self.tour("sajad-documents", "sajad_dossier_verify_many", "t_central")
        self.assertEqual(set(documents.mapped("state")), {"verified"})
