from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users

from .common import PDF, PDF_2, DossierCommon, make_jpg


@tagged("post_install", "-at_install")
class TestDocuments(DossierCommon):
    """Documents, versions, checks; nothing is ever lost (rows C2, C5, C7)."""

    def test_two_tiers(self):
        """The faculty checks, then the university verifies; never the same person."""
        document = self.add("birth")
        with self.assertRaisesRegex(AccessError, "another office"):
            document.with_user(self.user_central).action_verify()
        document.with_user(self.user_officer).action_verify()
        self.assertEqual(document.state, "checked")
        with self.assertRaisesRegex(AccessError, "another office"):
            document.with_user(self.user_officer).action_verify()
        document.with_user(self.user_central).action_verify()
        self.assertEqual(document.state, "verified")
        tiers = document.check_ids.sorted("id").mapped("tier")
        self.assertEqual(tiers, ["faculty", "university"])
        with self.assertRaisesRegex(UserError, "not waiting"):
            document.with_user(self.user_central).action_verify()

    def test_same_person_in_both_offices(self):
        self.cartable_central.member_ids.user_id = self.user_officer
        document = self.add("birth").with_user(self.user_officer)
        document.action_verify()
        with self.assertRaisesRegex(AccessError, "You checked"):
            document.action_verify()

    def test_not_the_one_who_brought_it(self):
        document = self.add("letter", user=self.user_officer)
        with self.assertRaisesRegex(AccessError, "You brought"):
            document.with_user(self.user_officer).action_verify()
        reference = self.add("letter", None, user=self.user_officer, system="Archive")
        with self.assertRaisesRegex(AccessError, "You brought"):
            reference.with_user(self.user_officer).action_verify()
        document.with_user(self.user_central).action_verify()
        self.assertEqual(document.state, "verified")

    def test_reject_and_bring_again(self):
        document = self.add("birth")
        with self.assertRaisesRegex(UserError, "Say why"):
            document.with_user(self.user_officer).action_reject(" ")
        document.with_user(self.user_officer).action_reject("The last page is missing")
        self.assertEqual(self.item("birth").state, "rejected")
        self.assertEqual(document.check_ids.reason, "The last page is missing")
        document._add_version("again.pdf", PDF_2)
        self.assertEqual(document.state, "submitted")
        self.assertEqual(sorted(document.version_ids.mapped("number")), [1, 2])
        self.assertEqual(document.version_id.number, 2)

    def test_a_newer_file_is_checked_anew(self):
        document = self.add("birth")
        document.with_user(self.user_officer).action_verify()
        document._add_version("newer.pdf", PDF_2)
        self.assertEqual(document.state, "submitted")

    def test_nobody_verifies_what_comes_in_bulk(self):
        self.assertEqual(self.add("exam_card").state, "verified")

    def test_many_at_once(self):
        documents = self.Document
        for number in range(12):
            documents |= self.add("letter", None, system="Archive", number=str(number))
        self.env.invalidate_all()
        documents.with_user(self.user_officer).action_verify()
        self.assertEqual(set(documents.mapped("state")), {"verified"})
        self.assertEqual(len(documents.check_ids), 12)

    def test_stored_bytes_are_the_sent_ones(self):
        """Odoo makes pictures smaller; papers are kept as they came."""
        content = make_jpg()
        document = self.add("birth", content, "scan.jpg")
        version = document.version_id.with_user(self.user_officer)
        self.assertEqual(version._get_attachment().raw, content)
        self.assertEqual(version.size, len(content))

    def test_formats(self):
        cases = [
            ("photo", PDF, "a.pdf", "is not a JPG or PNG file"),
            ("birth", b"MZ" + PDF, "a.pdf", "is not a PDF|is damaged"),
            ("birth", PDF, "a.jpg", "is not a PDF, JPG, or PNG file"),
            ("birth", PDF, "form.exe.pdf", "ending of a program"),
            ("birth", b"", "a.pdf", "is empty"),
            ("birth", PDF + b"\0" * 3 * 1024**2, "a.pdf", "larger than"),
        ]
        for code, content, name, sentence in cases:
            with self.subTest(name), self.assertRaisesRegex(UserError, sentence):
                self.add(code, content, name)
        self.assertFalse(self.dossier.document_ids.version_ids)

    def test_same_file_twice(self):
        document = self.add("birth")
        with self.assertRaisesRegex(UserError, "there already"):
            document._add_version("copy.pdf", PDF)

    def test_delete_and_restore(self):
        document = self.add("birth").with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "Say why"):
            document.action_delete("")
        document.action_delete("Of somebody else")
        self.assertEqual(self.item("birth").state, "missing")
        self.assertEqual(document.deleted_by_id, self.user_officer)
        with self.assertRaisesRegex(UserError, "not waiting"):
            document.action_verify()
        document.action_restore()
        self.assertEqual(self.item("birth").state, "submitted")
        with self.assertRaises(UserError):
            document.sudo().unlink()

    def test_history_is_append_only(self):
        document = self.add("birth")
        document.with_user(self.user_officer).action_verify()
        for record in (document.check_ids, document.version_id):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.write({"write_date": False})
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.unlink()

    def test_found_by_its_description(self):
        document = self.add(
            "letter",
            None,
            name="حکم ارتقای علي رضايي",
            number="۱۲/۳۴",
            system="بايگاني",
        )
        for words in ("علی رضایی", "رضايی حکم", "12/34", "بایگانی"):
            found = self.Document.search([("search_key", "ilike", words)])
            self.assertIn(document, found, words)

    @users("t_officer")
    def test_form_of_staff(self):
        """A letter that another system keeps has no file, and names the system."""
        wizard = Form(
            self.env["sajad.dossier.add"].with_context(
                default_dossier_id=self.dossier.id
            )
        )
        wizard.type_id = self.get_type("letter").with_env(self.env)
        self.assertIn("up to 2 MB", wizard.help_text)
        wizard.is_reference = True
        wizard.name = "Leave of absence, term 2"
        wizard.system = "Office automation"
        wizard.save().action_add()
        self.assertEqual(self.dossier.document_ids.system, "Office automation")

    @users("t_officer")
    def test_form_of_a_newer_file(self):
        """What the form only shows is known: whose file it is, its kind, its name."""
        document = self.add("birth")
        wizard = Form(
            self.env["sajad.dossier.add"].with_context(
                default_dossier_id=self.dossier.id,
                default_document_id=document.id,
                default_file_name="better.pdf",
            )
        )
        wizard.file = b64encode(PDF_2)
        wizard.save().action_add()
        self.assertEqual(self.dossier.document_ids, document)
        self.assertCountEqual(document.version_ids.mapped("number"), [1, 2])

    @users("t_officer")
    def test_form_without_a_file(self):
        wizard = self.env["sajad.dossier.add"].create(
            {
                "dossier_id": self.dossier.id,
                "type_id": self.get_type("letter").id,
                "name": "Letter",
            }
        )
        with self.assertRaisesRegex(UserError, "Choose the file"):
            wizard.action_add()

    @users("t_stranger")
    def test_form_of_a_stranger(self):
        wizard = (
            self.env["sajad.dossier.add"]
            .sudo()
            .create(
                {
                    "dossier_id": self.dossier.id,
                    "type_id": self.get_type("letter").id,
                    "name": "Letter",
                }
            )
        )
        with self.assertRaises(AccessError):
            wizard.sudo(False).with_user(self.env.user).action_add()
