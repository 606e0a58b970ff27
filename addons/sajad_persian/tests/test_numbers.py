from odoo.tests import HttpCase, no_retry, tagged

SUITE = "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"


@tagged("post_install", "-at_install")
class TestNumbers(HttpCase):
    """Number fields of the client read every script of digits (row E3)."""

    @no_retry
    def test_suite(self):
        number = 0
        for char in "@sajad_persian/numbers":  # the id that HOOT gives to a suite
            number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
        self.browser_js(
            f"{SUITE}&id={number:08x}",
            "",
            "",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
