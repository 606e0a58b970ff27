from odoo.tests import HttpCase, tagged

from .common import DossierCommon
from .test_export import make_pdf


@tagged("post_install", "-at_install", "is_tour")
class TestExportTour(DossierCommon, HttpCase):
    """Expert and student take a dossier out, in Persian (rows C4, C10)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("sajad_base", "sajad_dossier")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        for user in cls.user_student | cls.user_officer:
            user.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.add("birth", make_pdf("birth"), "b.pdf", name="شناسنامه")

    def test_expert_prints_and_seals(self):
        address = f"/odoo/sajad-dossiers/{self.dossier.id}"
        self.start_tour(address, "sajad_dossier_print", login="t_officer")
        self.env.invalidate_all()
        exports = self.dossier.export_ids
        self.assertEqual(exports.mapped("kind"), ["archive", "pdf"])
        self.assertEqual(exports.user_id, self.user_officer)

    def test_student_takes_it_out(self):
        address = f"/my/dossiers/{self.dossier.id}"
        self.start_tour(address, "sajad_dossier_take_out", login="t_student")
        self.env.invalidate_all()
        export = self.dossier.export_ids
        self.assertEqual((export.kind, export.user_id), ("archive", self.user_student))
