from odoo.tests import HttpCase, tagged

from .common import OFFICER, SajadCommon

READY = "!!document.querySelector('.o_menu_sections [data-menu-xmlid]')"
# what does not fit goes under a plus, where nobody looks for it
FITS = """
document.fonts.ready.then(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const more = document.querySelector(".o_menu_sections_more");
    if (more) { console.error("menus under the plus"); }
    else { console.log("test successful"); }
});
"""


@tagged("post_install", "-at_install", "is_tour")
class TestMenuBar(SajadCommon, HttpCase):
    """Every section of the bar is seen on an office's screen (rows A10, E3)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        modules = cls.env["ir.module.module"].search(
            [("name", "=like", "sajad_%"), ("state", "=", "installed")]
        )
        modules._update_translations(["fa_IR"])

    def get_groups(self):
        """Return the groups of our addons that somebody of the staff may have."""
        staff = self.env.ref("base.group_user")
        groups = self.env["res.groups"].search([])
        names = groups.get_external_id()
        return [
            names[group.id]
            for group in groups
            if names[group.id].startswith("sajad_") and staff in group.all_implied_ids
        ]

    def test_fits(self):
        everything = self.make_user("t_everything", ",".join(self.get_groups()))
        everything.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        # whoever sees fewer of them has room left
        self.browser_js("/odoo", FITS, READY, login=everything.login)

    def test_empty_section(self):
        """The section that addons fill is not shown while there is nothing in it."""
        services = self.env.ref("sajad_base.sajad_base_menu_services")
        user = self.make_user("t_bar", OFFICER)
        shown = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        self.assertEqual(services.id in shown, bool(set(services.child_id.ids) & shown))
