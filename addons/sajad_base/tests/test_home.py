from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import OFFICER, SajadCommon


@tagged("post_install", "-at_install")
class TestHome(SajadCommon, HttpCase):
    """Everybody begins where the work is (row A10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("home", {"one": {}, "two": {"after": ["one"]}})
        cls.cartables = cls.make_cartables(
            cls.process, cls.university, cls.user_officer
        )

    def get_home(self, user):
        """Return the first screen, as the web client asks for it."""
        action = self.env.ref("sajad_base.sajad_home_action").with_user(user)
        return self.env["ir.actions.server"].browse(action.id).with_user(user).run()

    def assertHome(self, user, xmlid):
        self.assertEqual(self.get_home(user)["id"], self.env.ref(xmlid).id)

    def oversee(self, user, cartables):
        cartables.member_ids = [
            Command.create(
                {"cartable_id": cartable.id, "user_id": user.id, "kind": "supervisor"}
            )
            for cartable in cartables
        ]

    def test_settings_sell_nothing(self):
        """An administrator is not led to a shop of credits and keys."""
        arch = etree.fromstring(self.env["res.config.settings"].get_view()["arch"])
        for part in ("div[@id='contacts_settings']", "setting[@id='unsplash']"):
            (node,) = arch.xpath(f"//{part}")
            self.assertEqual(node.get("invisible"), "1")
        shops = "//widget[@name='iap_buy_more_credits']"
        hidden = "[not(ancestor::*[@invisible='1'])]"
        self.assertFalse(arch.xpath(shops + hidden))

    def test_expert(self):
        self.assertHome(self.user_officer, "sajad_base.sajad_task_action")

    def test_expert_of_a_later_membership(self):
        user = self.make_user("t_later", OFFICER)
        self.oversee(user, self.cartables[:1])
        self.assertHome(user, "sajad_base.sajad_task_action_board")
        self.cartables[1].member_ids = [Command.create({"user_id": user.id})]
        self.assertHome(user, "sajad_base.sajad_task_action")

    def test_supervisor(self):
        self.oversee(self.user_supervisor, self.cartables[:1])
        action = self.get_home(self.user_supervisor)
        board = self.env.ref("sajad_base.sajad_task_action_board")
        self.assertEqual(action["id"], board.id)
        self.assertEqual(action["display_name"], self.process.name)
        # the address says which board it is: it can be opened again
        self.assertEqual(action["context"]["active_id"], self.process.id)

    def test_supervisor_of_two_processes(self):
        other = self.make_process("home2", {"one": {}})
        cartables = self.make_cartables(other, self.university, self.user_officer)
        self.oversee(self.user_supervisor, self.cartables[:1] | cartables)
        self.assertHome(self.user_supervisor, "sajad_base.sajad_process_action_board")

    def test_liaison(self):
        self.assertHome(self.user_liaison, "sajad_base.sajad_cartable_gap_action")

    def test_organization(self):
        self.assertHome(
            self.user_organization, "sajad_base.sajad_cartable_request_action"
        )

    def test_stranger(self):
        """Without any membership: an inbox that is empty, not an error."""
        self.assertHome(self.user_stranger, "sajad_base.sajad_task_action")

    def test_admin(self):
        self.assertHome(self.user_admin, "sajad_base.sajad_overview_action")
        action = self.get_home(self.user_admin)
        overview = self.env["sajad.overview"].with_user(self.user_admin)
        overview = overview.browse(action["res_id"])
        self.assertEqual(overview.display_name, "Overview")
        step = overview.step_ids.filtered(lambda x: "liaison" in x.name)
        # the other university has none
        self.assertFalse(step.is_done)
        self.assertTrue(overview.left_count)
        for step in overview.step_ids:
            self.assertTrue(step.action_open()["res_model"])

    def test_overview_of_somebody_else(self):
        action = self.get_home(self.user_admin)
        other = self.make_user("t_admin2", "sajad_base.group_sajad_admin")
        overview = self.env["sajad.overview"].with_user(other)
        self.assertFalse(overview.search([("id", "=", action["res_id"])]))

    def test_student_has_no_home(self):
        with self.assertRaises(AccessError):
            self.get_home(self.user_student)

    def test_menus(self):
        """The own app comes first; Odoo's chat and app store are not shown."""
        for user in (self.user_officer, self.user_liaison, self.user_admin):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            roots = [menus[menu]["xmlid"] for menu in menus["root"]["children"]]
            self.assertEqual(roots[0], "sajad_base.sajad_base_menu_root")
            self.assertNotIn("mail.menu_root_discuss", roots)
            self.assertNotIn("base.menu_management", roots)

    def test_universities_are_configuration(self):
        """An administrator looks for them there, a liaison beside the offices."""
        menu = self.env.ref("sajad_base.sajad_base_menu_universities")
        root = self.env.ref("sajad_base.sajad_base_menu_configuration")
        self.assertEqual(menu.parent_id.parent_id, root)
        self.assertEqual(
            menu.action, self.env.ref("sajad_base.sajad_university_action")
        )
        Menu = self.env["ir.ui.menu"]
        for user, shown in ((self.user_admin, True), (self.user_liaison, False)):
            menus = Menu.with_user(user).load_menus(False)
            self.assertEqual(menu.id in menus, shown)

    def test_no_channels(self):
        user = self.make_user("t_quiet", OFFICER)
        user._on_webclient_bootstrap()
        members = self.env["discuss.channel.member"].search(
            [("partner_id", "=", user.partner_id.id)]
        )
        self.assertFalse(members)
