from odoo.tests import HttpCase, tagged

CLICK = """
    odoo.loader.modules.get("@web/webclient/clickbot/clickbot_loader")
        .startClickEverywhere("%s");
"""


@tagged("-at_install", "post_install", "-standard", "sajad_click_all")
class TestClickAll(HttpCase):
    """Odoo's own click-everywhere on our app: each menu, view and filter."""

    browser_size = "1920x1080"

    def test_click_student_affairs(self):
        self.browser_js(
            "/odoo",
            CLICK % "sajad_base.sajad_base_menu_root",
            "odoo.isReady === true",
            login="admin",
            timeout=600,
            success_signal="clickbot test succeeded",
        )
