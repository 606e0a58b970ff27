from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestContacts(SajadCommon):
    """Universities never see each other's people, over any door (row E5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("contacts", {"one": {}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.make_cartables(cls.process, cls.other_university, cls.user_stranger)
        cls.people = cls.student.partner_id
        cls.foreign = cls.other_student.partner_id
        for person, name in ((cls.people, "Zzz Own"), (cls.foreign, "Zzz Foreign")):
            person.name = name

    def seen(self, user):
        """Return which of the two people a user finds."""
        found = self.env(user=user)["res.partner"].search(
            [("id", "in", (self.people | self.foreign).ids)]
        )
        return found.sudo().sorted("id")

    def test_each_kind_of_user(self):
        both = (self.people | self.foreign).sorted("id")
        none = self.env["res.partner"]
        plain = new_test_user(self.env, login="t_plain", groups="base.group_user")
        system = new_test_user(self.env, login="t_system", groups="base.group_system")
        for user, expected in (
            (self.user_officer, self.people),
            (self.user_stranger, self.foreign),
            (self.user_liaison, self.people),
            (self.user_auditor, both),
            (self.user_organization, both),
            (self.user_admin, both),
            (self.user_student, self.people),
            (self.user_other_student, self.foreign),
            (plain, none),
            (system, both),
        ):
            with self.subTest(user.login):
                self.assertEqual(self.seen(user), expected)

    def test_no_group_opens_what_the_rule_closes(self):
        """The rule holds for everybody: a right of a group more adds nothing."""
        self.user_officer.write(
            {"group_ids": [(4, self.env.ref("base.group_partner_manager").id)]}
        )
        self.assertEqual(self.seen(self.user_officer), self.people)
        rules = self.env["ir.rule"].search([("model_id.model", "=", "res.partner")])
        own = self.env.ref("sajad_base.res_partner_rule_university")
        self.assertIn(own, rules)
        self.assertFalse(own.groups)

    def test_a_liaison_with_a_cartable_elsewhere(self):
        self.make_cartable(
            self.process.stage_ids.role_id,
            self.make_process("contacts2", {"two": {}}),
            self.other_university,
            self.user_liaison,
        )
        both = (self.people | self.foreign).sorted("id")
        self.assertEqual(self.seen(self.user_liaison), both)

    def test_membership_that_ended(self):
        members = self.env["sajad.cartable.member"].search(
            [("user_id", "=", self.user_officer.id)]
        )
        members.write({"date_from": "2020-01-01", "date_to": "2020-02-01"})
        self.assertFalse(self.seen(self.user_officer))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_other_doors(self):
        """Pickers, fields that lead to people, and whom a message is for."""
        env = self.env(user=self.user_officer)
        Partner = env["res.partner"]
        names = {name for _id, name in Partner.name_search("Zzz")}
        self.assertEqual(names, {"Zzz Own"})
        found = Partner.web_name_search("Zzz", {"display_name": {}})
        self.assertEqual([row["id"] for row in found], self.people.ids)
        with self.assertRaises(AccessError):
            Partner.browse(self.foreign.id).read(["name", "email"])
        self.assertFalse(
            env["res.users"].search(Domain("partner_id.name", "=", "Zzz Foreign"))
        )


@tagged("post_install", "-at_install")
class TestContactsRecipients(HttpCase):
    """The picker of recipients finds the own people only (row E5)."""

    def test_recipients(self):
        university = self.env["sajad.university"].create({"name": "Far", "code": "FAR"})
        officer = new_test_user(
            self.env, login="t_picker", groups="sajad_base.group_sajad_officer"
        )
        self.env["res.partner"].create(
            {"name": "Zzz Far", "sajad_university_id": university.id}
        )
        self.env["res.partner"].create({"name": "Zzz Near"})
        self.authenticate(officer.login, officer.login)
        answer = self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "res.partner",
                "method": "get_mention_suggestions",
                "args": ["Zzz"],
                "kwargs": {},
            },
        )
        self.assertIn("Zzz Near", str(answer))
        self.assertNotIn("Zzz Far", str(answer))
