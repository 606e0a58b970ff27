from odoo.tests import HttpCase, tagged

from .common import JalaliCase


@tagged("post_install", "-at_install")
class TestPreference(JalaliCase):
    def test_who_sees_jalali(self):
        user = self.as_persian("res.users").env.user
        self.assertTrue(user._is_jalali())
        self.assertFalse(self.as_english("res.users").env.user._is_jalali())

    def test_users_set_it_themselves(self):
        user = self.persian_user.with_user(self.persian_user)
        user.write({"sajad_calendar": "gregorian"})
        self.assertEqual(
            user.read(["sajad_calendar"])[0]["sajad_calendar"], "gregorian"
        )
        self.assertFalse(user._is_jalali())


@tagged("post_install", "-at_install")
class TestSession(HttpCase):
    def test_session_info(self):
        self.env.ref("base.user_admin").sajad_calendar = "jalali"
        self.authenticate("admin", "admin")
        info = self.make_jsonrpc_request("/web/session/get_session_info", {})
        self.assertEqual(info["sajad_calendar"], "jalali")
