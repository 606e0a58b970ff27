from odoo.tests import tagged

from .common import DossierCommon


@tagged("post_install", "-at_install")
class TestNotes(DossierCommon):
    """What offices note, and the report of it (row C6)."""

    def finish(self):
        request = self.dossier._send_for_check("admission")
        self.approve(request, "faculty")
        self.approve(request, "admissions", user=self.user_central)

    def test_complete(self):
        """The end of a phase is noted by itself."""
        items = self.dossier.item_ids.filtered(lambda i: i.phase == "admission")
        items.with_user(self.user_officer).action_waive("on paper")
        self.finish()
        note = self.dossier.note_ids
        self.assertEqual((note.kind, note.phase), ("complete", "admission"))
        self.assertIn("complete and verified", note.text)

    def test_incomplete(self):
        self.finish()
        note = self.dossier.note_ids
        self.assertEqual(note.kind, "incomplete")
        self.assertIn("Photograph, Birth", note.text)
        self.assertEqual(note.entry_year, 1399)
