from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users

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
        self.assertIn("“Photograph”, “Birth", note.text)
        self.assertEqual(note.entry_year, 1399)

    def test_report(self):
        """One sheet for each faculty, two at once; filters of faculty, year, phase."""
        other = self.make_student("3001", self.other_university, entry_year=1402)
        dossier = self.env["sajad.dossier"].create({"student_id": other.id})
        self.env["sajad.dossier.note"]._note_completeness(
            self.dossier | dossier, "admission"
        )
        Print = self.env["sajad.dossier.note.print"]
        with self.assertRaisesRegex(UserError, "no such note"):
            Print.create({"entry_year": 1300}).action_print()
        ids = []
        for year in (1399, 1402):
            sheet = Print.create({"entry_year": year, "phase": "admission"})
            ids += sheet.action_print()["context"]["active_ids"]
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "sajad_dossier.sajad_dossier_note_report", ids
        )
        html = html.decode()
        for words in ("1001", "3001", "Test University", "Other University"):
            self.assertIn(words, html)

    @users("t_officer")
    def test_from_the_form_of_the_dossier(self):
        """Notes and stays are added there, for good; others keep theirs."""
        dossier = self.dossier.with_user(self.env.user)
        dossier.note_ids = [Command.create({"kind": "place", "text": "Box 12"})]
        dossier.stay_ids = [Command.create({"number": "1", "reason": "Court"})]
        self.assertEqual(dossier.note_ids.mapped("text"), ["Box 12"])
        self.assertTrue(dossier.is_stayed)
        note = dossier.note_ids
        other = self.make_student("3001", self.other_university)
        strange = self.env["sajad.dossier"].sudo().create({"student_id": other.id})
        theirs = note.sudo().create({"dossier_id": strange.id, "text": "x"})
        for command in (
            Command.update(note.id, {"text": "Box 13"}),
            Command.delete(note.id),
            Command.link(theirs.id),
        ):
            with self.subTest(command), self.assertRaises(AccessError):
                dossier.write({"note_ids": [command]})
        with self.assertRaises(AccessError):
            strange.with_user(self.env.user).write(
                {"note_ids": [Command.create({"text": "x"})]}
            )

    @users("t_officer")
    def test_report_of_an_office(self):
        """Of a faculty that is not theirs an office prints nothing."""
        sheet = self.env["sajad.dossier.note.print"].create(
            {"faculty_id": self.other_faculty.id}
        )
        with self.assertRaisesRegex(UserError, "no such note"):
            sheet.action_print()


@tagged("post_install", "-at_install")
class TestAboutPanel(DossierCommon):
    """An expert of support sees what a dossier has and what is missing (row D2)."""

    def test_items_and_what_is_missing(self):
        Panel = self.env["sajad.about.panel"].sudo()
        (section,) = Panel._get_sections(f"dossier-{self.dossier.id}")
        missing = self.dossier._get_missing_items()
        self.assertTrue(missing)
        self.assertIn(f"{len(missing)} missing", section["title"])
        self.assertEqual(len(section["lines"]), len(self.dossier.item_ids))
        # what is to be done stands above
        first = section["lines"][0]
        self.assertTrue(first["is_open"])
        self.assertIn(first["label"], missing.requirement_id.mapped("name"))
        # a request about the dossier shows it, too; what is gone says nothing
        request = self.dossier._send_for_check("admission")
        sections = Panel._get_sections(f"request-{request.id}")
        self.assertEqual(len(sections), 2)
        for key in ("dossier-999999999", "dossier-x", "dossier", "", False):
            self.assertEqual(Panel._get_sections(key), [])
