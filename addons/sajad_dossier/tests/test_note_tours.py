from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DossierCommon


@tagged("post_install", "-at_install", "is_tour")
class TestNoteTours(DossierCommon, HttpCase):
    """What offices note, in the browser and on paper, in Persian (row C6)."""

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

    def test_expert_writes_and_student_reads(self):
        Note = self.env["sajad.dossier.note"]
        Note.create({"dossier_id": self.dossier.id, "text": "تلفنی پیگیری شد"})
        address = f"/odoo/sajad-dossiers/{self.dossier.id}"
        self.start_tour(address, "sajad_dossier_note_write", login="t_officer")
        self.env.invalidate_all()
        note = self.dossier.note_ids[0]
        self.assertEqual((note.kind, note.is_for_student), ("place", True))
        self.assertEqual(note.create_uid, self.user_officer)
        address = f"/my/dossiers/{self.dossier.id}"
        self.start_tour(address, "sajad_dossier_note_read", login="t_student")

    def test_new_ones_are_saved(self):
        """From their own lists, where nobody has the right to write them."""
        for kind in ("note", "stay"):
            action = self.env.ref(f"sajad_dossier.sajad_dossier_{kind}_action")
            address = f"/odoo/action-{action.id}/new"
            self.start_tour(address, f"sajad_dossier_{kind}_new", login="t_officer")
        self.assertEqual(self.dossier.note_ids.text, "جعبه ۱۲")
        self.assertEqual(self.dossier.stay_ids.number, "1405/12")

    def test_report_of_the_faculty(self):
        """Listed and printed by its expert, without those of others."""
        other = self.make_student("3001", self.other_university, entry_year=1399)
        dossier = self.env["sajad.dossier"].create({"student_id": other.id})
        Note = self.env["sajad.dossier.note"].with_context(lang="fa_IR")
        Note._note_completeness(self.dossier | dossier, "admission")
        # what is wrong is refused with a sentence, and the server writes it down
        with mute_logger("odoo.http"):
            self.start_tour(
                "/odoo/sajad-dossier-notes",
                "sajad_dossier_note_report",
                login="t_officer",
            )
