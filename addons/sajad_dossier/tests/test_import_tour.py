from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_import import ImportCommon, make_pdf, make_zip


@tagged("post_install", "-at_install", "is_tour")
class TestImportTour(ImportCommon, HttpCase):
    """Many scans at once in the browser: examined, kept, taken back (row C8)."""

    browser_size = "1366x768"
    address = "/odoo/sajad-dossier-uploads"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        names = ("sajad_base", "sajad_dossier")
        modules = cls.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fa_IR"])
        cls.user_officer.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        good = {"1001_birth.pdf": make_pdf("a"), "9999_birth.pdf": make_pdf("b")}
        zips = {"good": make_zip(good), "empty": make_zip({}), "wrong": b"no zip"}
        # where the tour fetches what it chooses
        cls.env["ir.attachment"].create(
            [
                {
                    "name": f"{name}.zip",
                    "url": f"/sajad_dossier/tests/{name}.zip",
                    "raw": content,
                }
                for name, content in zips.items()
            ]
        )

    def test_examine_keep_reverse(self):
        options = {"login": "t_officer", "timeout": 180}
        # what is wrong is refused with a sentence, and the server writes it down
        with mute_logger("odoo.http"):
            self.start_tour(self.address, "sajad_dossier_bulk_examine", **options)
        self.env.invalidate_all()
        record = self.env["sajad.dossier.import"].search([], limit=1)
        self.assertEqual(record.state, "running")
        self.run_jobs()
        self.assertEqual(record.state, "done")
        document = self.find()
        self.assertEqual(document.version_id.file_name, "1001_birth.pdf")
        address = f"{self.address}/{record.id}"
        self.start_tour(address, "sajad_dossier_bulk_look", **options)
        self.start_tour(address, "sajad_dossier_bulk_reverse", **options)
        self.env.invalidate_all()
        self.assertEqual(record.state, "reversed")
        self.assertTrue(document.date_deleted)
        self.assertFalse(self.find())
