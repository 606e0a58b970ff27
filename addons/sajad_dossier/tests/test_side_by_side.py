from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users

from .common import PDF, PDF_2, DossierCommon


@tagged("post_install", "-at_install")
class TestSideBySide(DossierCommon):
    """Documents beside the data of their student, one after the other (row C5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.add("birth")
        cls.second = cls.add("national_card", PDF_2)
        cls.request = cls.dossier._send_for_check("admission")

    @users("t_officer")
    def test_what_it_shows(self):
        document = self.first.with_env(self.env)
        self.assertEqual(document.student_number, "1001")
        self.assertTrue(document.can_verify)
        url = self.first.version_id._get_url()
        self.assertEqual(
            document.previews, [{"url": url, "is_pdf": True, "name": "paper.pdf"}]
        )

    def test_only_where_it_is(self):
        self.assertFalse(self.first.with_user(self.user_central).can_verify)
        self.assertFalse(self.first.with_user(self.user_auditor).can_verify)
        self.first.with_user(self.user_officer).action_verify()
        self.assertFalse(self.first.with_user(self.user_officer).can_verify)

    def test_next(self):
        action = self.task(
            self.request, "faculty", self.user_officer
        ).action_open_documents()
        self.assertEqual(action["params"]["resIds"], [self.first.id, self.second.id])
        action = self.first.with_user(self.user_officer).action_verify_next()
        self.assertEqual(action["params"]["resId"], self.second.id)
        wizard = self.env["sajad.dossier.reason"].with_user(self.user_officer)
        wizard = wizard.with_context(
            default_action="reject",
            default_document_ids=self.second.ids,
            sajad_next=True,
        )
        form = Form(wizard)
        form.fault_id = self.env.ref("sajad_dossier.sajad_document_fault_pages")
        self.assertTrue(form.deadline)
        action = form.save().action_apply()
        self.assertFalse(action["params"]["resId"])
        self.assertEqual(self.second.state, "rejected")

    def test_original(self):
        self.first.with_user(self.user_officer).action_see_original()
        self.assertEqual(self.first.original_by_id, self.user_officer)
        self.assertTrue(self.first.original_date)
        self.assertTrue(self.first.original_place)
        with self.assertRaises(AccessError):
            self.second.with_user(self.user_auditor).action_see_original()

    def ask_for_original(self, document):
        document.item_id.requirement_id.mode = "original"

    def test_nothing_is_verified_without_its_original(self):
        """What asks for the paper waits for it; it can be rejected without."""
        self.ask_for_original(self.first)
        document = self.first.with_user(self.user_officer)
        self.assertTrue(document.original_missing)
        with self.assertRaisesRegex(UserError, "original shown to you first"):
            document.action_verify()
        self.assertEqual(self.first.state, "submitted")
        document.action_see_original()
        self.assertFalse(document.original_missing)
        document.action_verify()
        self.assertEqual(self.first.state, "checked")
        self.ask_for_original(self.second)
        self.second.with_user(self.user_officer).action_reject("It is a false one.")
        self.assertEqual(self.second.state, "rejected")

    def test_of_many_those_without_their_original_are_left_out(self):
        self.ask_for_original(self.second)
        documents = (self.first | self.second).with_user(self.user_officer)
        action = documents.action_verify()
        self.assertEqual(
            (self.first.state, self.second.state), ("checked", "submitted")
        )
        self.assertIn("original shown to you first", action["params"]["message"])

    def test_an_original_is_seen_by_whoever_verifies(self):
        requirement = self.first.item_id.requirement_id
        requirement.type_ids.tiers = "0"
        with self.assertRaisesRegex(ValidationError, "say who verifies"):
            requirement.mode = "original"
        requirement.type_ids.tiers = "1"
        requirement.mode = "original"
        with self.assertRaisesRegex(ValidationError, "say who verifies"):
            requirement.type_ids[:1].tiers = "0"

    def test_lists_on_a_telephone(self):
        """The web client shows cards where a list does not fit, if there are cards."""
        for name, cards in (("item", "requirement_id"), ("document", "student_id")):
            action = self.env.ref(f"sajad_dossier.sajad_dossier_{name}_action")
            self.assertIn("kanban", action.view_mode.split(","))
            Model = self.env[action.res_model].with_user(self.user_officer)
            arch = Model.get_view(view_type="kanban")["arch"]
            for field in (cards, "state"):
                self.assertIn(f'name="{field}"', arch)
        form = self.env["sajad.dossier"].get_view(view_type="form")["arch"]
        for name in ("item_ids", "document_ids"):
            views = etree.fromstring(form).xpath(f"//field[@name='{name}']/*")
            self.assertEqual([view.tag for view in views], ["list", "kanban"])

    def test_many_with_one_left_out(self):
        """Of many, what cannot be decided on stays, and is told."""
        own = self.add("letter", user=self.user_officer)
        documents = (self.first | own).with_user(self.user_officer)
        action = documents.action_verify()
        self.assertEqual(self.first.state, "checked")
        self.assertEqual(own.state, "submitted")
        self.assertIn("You brought", action["params"]["message"])

    def test_same_file_in_two_dossiers(self):
        """The university's office is told, within what it sees; nobody else is."""
        document = self.add("birth", PDF + b"\n\n")
        others = []
        for number, university in (
            ("1777", self.university),
            ("2777", self.other_university),
        ):
            student = self.make_student(number, university)
            dossier = self.env["sajad.dossier"].create({"student_id": student.id})
            kind = self.get_type("birth")
            file = ("a.pdf", PDF + b"\n\n")
            others.append(self.Document._add(dossier, kind, {}, file))
        note = document.with_user(self.user_central).twin_note
        self.assertIn("another dossier, too: 1777", note)
        self.assertNotIn("2777", note)
        self.assertFalse(document.with_user(self.user_officer).twin_note)
        self.assertFalse(document.with_user(self.user_admin).twin_note)
        others[0].date_deleted = "2026-01-01"
        self.env.invalidate_all()
        self.assertFalse(document.with_user(self.user_central).twin_note)
