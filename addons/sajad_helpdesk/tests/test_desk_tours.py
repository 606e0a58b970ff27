from odoo.tests import HttpCase, tagged

from .common import SupportCommon


class DeskTourCommon(SupportCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.user_technical.lang = "fa_IR"
        cls.env["sajad.support.reply"].create(
            {
                "name": "پاک کردن حافظه مرورگر",
                "body": "{name} گرامی، حافظه مرورگر را پاک کنید.",
                "user_id": False,
            }
        )
        cls.request = cls.ask(support_subject="چاپ گواهی")


@tagged("post_install", "-at_install", "is_tour")
class TestDeskTours(DeskTourCommon):
    """An expert takes a request and solves it with a ready answer (row D2)."""

    browser_size = "1366x768"

    def test_answer(self):
        self.start_tour(
            "/odoo/sajad-support", "sajad_support_desk_answer", login="t_technical"
        )
        self.assertBoard(self.request, state="solved", user_id=self.user_technical)


@tagged("post_install", "-at_install", "is_tour")
class TestDeskPhone(DeskTourCommon):
    """The board on a telephone (row D2)."""

    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        self.start_tour(
            "/odoo/sajad-support", "sajad_support_phone", login="t_technical"
        )
        self.assertBoard(self.request, state="waiting", user_id=self.user_technical)
