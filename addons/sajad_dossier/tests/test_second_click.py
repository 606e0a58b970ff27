import base64

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged, users

from odoo.addons.sajad_base.tools.clock import get_country_today

from .common import PDF, PDF_2, DossierCommon


@tagged("post_install", "-at_install")
class TestSecondClick(DossierCommon):
    """Pressed twice, in two windows, too late or with nothing in it (row C2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.birth = cls.add("birth")

    def open_add(self, **values):
        kind = self.get_type("letter")
        vals = {"dossier_id": self.dossier.id, "type_id": kind.id, "name": kind.name}
        return self.env["sajad.dossier.add"].create({**vals, **values})

    @users("t_officer")
    def test_add_a_file(self):
        file = {"file": base64.b64encode(PDF_2), "file_name": "letter.pdf"}
        wizard = self.open_add(**file)
        wizard.action_add()
        for again in (wizard, self.open_add(**file)):
            with self.assertRaisesRegex(UserError, "in the dossier already"):
                again.action_add()
        letters = self.dossier.document_ids.filtered(
            lambda d: d.type_id == self.get_type("letter")
        )
        self.assertEqual(len(letters), 1)
        letters.with_env(self.env).action_delete("of somebody else")
        wizard.action_add()

    @users("t_officer")
    def test_add_a_reference(self):
        values = {"is_reference": True, "system": "Automation", "number": "12"}
        wizard = self.open_add(**values)
        wizard.action_add()
        with self.assertRaisesRegex(UserError, "in the dossier already"):
            wizard.action_add()
        # another letter of the same office
        self.open_add(**{**values, "number": "13"}).action_add()

    def test_newer_file_of_what_is_destroyed(self):
        self.birth.date_destroyed = fields.Datetime.now()
        # a dialog is its maker's
        Add = self.env["sajad.dossier.add"].with_user(self.user_officer)
        wizard = Add.create(
            {
                "dossier_id": self.dossier.id,
                "document_id": self.birth.id,
                "type_id": self.birth.type_id.id,
                "name": "Newer",
                "file": base64.b64encode(PDF_2),
                "file_name": "b.pdf",
            }
        )
        with self.assertRaisesRegex(UserError, "not in the dossier"):
            wizard.action_add()

    def test_delete(self):
        """Who deleted it, when and why is said by the first of two windows."""
        self.birth.with_user(self.user_officer).action_delete("of somebody else")
        with self.assertRaisesRegex(UserError, "is deleted"):
            self.birth.with_user(self.user_central).action_delete("wrong")
        self.assertEqual(self.birth.delete_reason, "of somebody else")
        self.assertEqual(self.birth.deleted_by_id, self.user_officer)

    def test_waive(self):
        item = self.item("national_card")
        item.with_user(self.user_officer).action_waive("lost, by letter 12")
        with self.assertRaisesRegex(UserError, "not needed"):
            item.with_user(self.user_central).action_waive("no idea")
        self.assertEqual(item.waiver_id, self.user_officer)
        item.with_user(self.user_officer).action_need()
        item.with_user(self.user_central).action_waive("blind, by letter 13")

    def test_see_the_original(self):
        """Who saw it first stays; a newer file is compared anew."""
        self.birth.with_user(self.user_officer).action_see_original()
        self.birth.with_user(self.user_central).action_see_original()
        self.assertEqual(self.birth.original_by_id, self.user_officer)
        self.birth.original_date = "2020-01-01"
        self.birth.with_user(self.user_central).action_see_original()
        self.assertEqual(self.birth.original_by_id, self.user_central)

    def test_reject_until_yesterday(self):
        today = get_country_today()
        officer = self.birth.with_user(self.user_officer)
        for day in (fields.Date.subtract(today, days=1), "2020-01-01"):
            with self.assertRaisesRegex(UserError, "is over"):
                officer.action_reject("blurred", deadline=day)
        officer.action_reject("blurred", deadline=today)
        self.assertEqual(self.birth.state, "rejected")

    def test_nothing_in_it(self):
        office = self.env(user=self.user_officer.id)
        own = {"dossier_id": self.dossier.id}
        cases = (
            ("sajad.dossier.note", {"text": " \n"}),
            ("sajad.dossier.stay", {"number": "12", "reason": "\t"}),
        )
        for model, values in cases:
            with self.subTest(model, **values), self.assertRaises(UserError):
                office[model].create({**own, **values})
        for method in ("action_delete", "action_reject"):
            with self.subTest(method), self.assertRaisesRegex(UserError, "Say why"):
                getattr(self.birth.with_env(office), method)(" ")

    def test_final_check_without_a_process(self):
        # it is offered at chosen universities, and none is chosen
        self.process.only_chosen = True
        process = self.env["sajad.process"]._get_dossier_process(self.university)
        self.assertFalse(process)
        with self.assertRaisesRegex(UserError, "published"):
            self.dossier.with_user(self.user_officer).action_final_check()

    def test_nothing_chosen(self):
        """A list without a mark: nothing happens, and nothing fails."""
        for action in ("reject", "delete", "waive", "release", "keep", "refuse"):
            with self.subTest(action):
                wizard = self.env["sajad.dossier.reason"].with_user(self.user_officer)
                wizard.create({"action": action, "reason": "because"}).action_apply()
        self.assertEqual(self.birth.state, "submitted")
        self.assertEqual(self.birth.version_id._get_attachment().raw, PDF)
