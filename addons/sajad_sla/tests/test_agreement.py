from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged, users

from .common import AgreementCommon


@tagged("post_install", "-at_install")
class TestAgreement(AgreementCommon):
    """Agreements in versions, and what stays of them (row D3)."""

    def test_begins_with_all_sections(self):
        """A draft of the sections, in each language, with the facts of the service."""
        self.env["res.lang"]._activate_lang("fa_IR")
        modules = self.env["ir.module.module"].search([("name", "=", "sajad_sla")])
        modules._update_translations(["fa_IR"])
        process = self.make_process("second", {"office": {}})
        agreement = self.env["sajad.agreement"].create({"process_id": process.id})
        texts = agreement.draft_id.text_ids
        self.assertEqual(len(texts), 12)
        self.assertEqual(agreement.draft_id.number, 1)
        fees = self.get_text(agreement.draft_id, "fees").with_context(lang="fa_IR")
        self.assertEqual(fees.name, "هزینه‌ها و پرداخت‌ها")
        self.assertIn("رایگان", fees.filled)
        definition = self.get_text(agreement.draft_id, "definition")
        self.assertIn("Process second", definition.filled)

    @users("t_admin")
    def test_form(self):
        """The administrator makes an agreement in the form, once for each service."""
        process = self.make_process("third", {"office": {}})
        with Form(self.env["sajad.agreement"]) as form:
            form.process_id = process
        self.assertEqual(form.record.draft_id.number, 1)
        again = process.with_user(self.env.user).action_open_agreement()
        self.assertEqual(again["res_id"], form.record.id)
        with self.assertRaises(UserError):
            form.record.process_id = self.process

    @users("t_admin")
    def test_edit_and_publish(self):
        draft = self.version.with_user(self.env.user)
        with (
            freeze_time("2026-03-20 08:00"),
            Form(draft) as form,
            form.text_ids.edit(4) as text,
        ):
            text.body = "For {audience}: {dispute_days} days."
        self.assertEqual(str(draft.date_edit.date()), "2026-03-20")
        with freeze_time("2026-03-22 08:00"):
            draft.action_publish()
        self.assertEqual(draft.state, "published")
        self.assertEqual(draft.published_by_id, self.env.user)
        # the publication is no edit
        self.assertEqual(str(draft.date_edit.date()), "2026-03-20")
        self.assertEqual(
            draft.text_ids[4].filled, "For Students and Graduates: 30 days."
        )
        with self.assertRaisesRegex(UserError, "stays as it is"):
            draft.action_publish()

    def test_published_stays(self):
        """Nobody changes what was published: neither texts nor translations."""
        version = self.publish()
        text = version.text_ids[0].with_user(self.user_admin)
        for change in (
            lambda: text.write({"body": "other"}),
            lambda: text.update_field_translations("body", {"en_US": "other"}),
            lambda: text.unlink(),
            lambda: text.copy({"version_id": version.id}),
            lambda: version.with_user(self.user_admin).write({"dispute_days": 3}),
            lambda: version.with_user(self.user_admin).write({"text_ids": [(5,)]}),
            lambda: version.with_user(self.user_admin).write({"state": "draft"}),
            lambda: version.with_user(self.user_admin).unlink(),
            lambda: self.agreement.with_user(self.user_admin).unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()
        self.assertEqual(len(version.text_ids), 12)

    def test_three_versions_in_one_transaction(self):
        """Each has the number after the last one, and is told beside it."""
        agreement = self.agreement
        for _turn in range(3):
            self.publish()
        agreement.action_new_version()
        numbers = agreement._get_public_versions().mapped("number")
        self.assertEqual(numbers, [3, 2, 1])
        self.assertEqual(agreement.draft_id.number, 4)

    def test_new_version_is_a_copy(self):
        """A new version begins as what is in force; a second click opens the same."""
        first = self.publish()
        agreement = self.agreement.with_user(self.user_admin)
        draft_id = agreement.action_new_version()["res_id"]
        self.assertEqual(agreement.action_new_version()["res_id"], draft_id)
        draft = agreement.draft_id
        self.assertEqual(draft.number, 2)
        self.assertEqual(draft.text_ids.mapped("body"), first.text_ids.mapped("body"))
        self.assertEqual(agreement.published_id, first)
        draft.action_publish()
        self.env.invalidate_all()
        self.assertEqual(first.state, "replaced")
        self.assertTrue(first.date_replaced)
        self.assertEqual(self.process._get_published_agreement(), draft)

    def test_facts_of_the_publication(self):
        """Fee and call of the day of publication stay; that they changed is said."""
        self.process.write({"call_start": "2026-10-01", "call_end": "2026-11-30"})
        version = self.publish()
        fee, call = version._get_facts()["fee"], version._get_facts()["call"]
        self.assertEqual(call, "from 10/01/2026 until 11/30/2026")
        self.process.call_end = "2026-12-15"
        self.assertEqual(version._get_facts()["call"], call)
        self.assertEqual(version._get_facts()["fee"], fee)
        self.assertEqual(version.changed_facts, "Call Period")
        self.assertFalse(self.publish().changed_facts)

    def test_places(self):
        """A place that nothing fills is refused when it is typed."""
        with self.assertRaisesRegex(ValidationError, "{price}"):
            self.version.text_ids[0].body = "It costs {price}"
        with self.assertRaisesRegex(ValidationError, "{price}"):
            self.env.ref("sajad_sla.sajad_agreement_section_fees").body = "{ price }"
        self.version.text_ids[0].write({"body": "", "shows": False})
        with self.assertRaisesRegex(UserError, "Nothing is said"):
            self.version.action_publish()

    def test_compare(self):
        """What changed, section by section, word by word."""
        first = self.publish()
        self.agreement.with_user(self.user_admin).action_new_version()
        draft = self.agreement.draft_id
        goal = self.get_text(draft, "goal")
        goal.body = goal.body.replace("may", "must")
        self.get_text(draft, "data").unlink()
        changed = {
            s["name"]: s["pieces"] for s in draft._compare(first) if s["changed"]
        }
        self.assertEqual(list(changed), [goal.name, "Data of the Service"])
        self.assertIn(("new", "must "), changed[goal.name])
        self.assertIn(("gone", "may "), changed[goal.name])
        action = draft.with_user(self.user_admin).action_compare()
        Compare = self.env["sajad.agreement.compare"].with_context(**action["context"])
        with Form(Compare.with_user(self.user_officer)) as form:
            self.assertIn("<ins", form.changes)
        with self.assertRaises(UserError):
            first.action_compare()

    def test_request_keeps_version(self):
        """A request keeps the version that was in force when it was submitted."""
        before = self.make_request(self.process)
        first = self.publish()
        request = self.make_request(self.process)
        self.publish()
        self.assertFalse(before.agreement_version_id)
        self.assertEqual(request.agreement_version_id, first)
        self.agreement.active = False
        self.assertFalse(self.make_request(self.process).agreement_version_id)

    def test_ends_with_the_call(self):
        """Rows D3, D7: the agreement ends when the service takes no more requests."""
        self.process.write({"call_start": "2026-10-01", "call_end": "2026-11-30"})
        for day, ended in (("2026-11-30", False), ("2026-12-01", True)):
            with freeze_time(f"{day} 09:00"):
                self.agreement.invalidate_recordset()
                self.assertEqual(self.agreement.is_ended, ended)
