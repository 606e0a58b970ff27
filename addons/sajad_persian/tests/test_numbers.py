from odoo.tests import HttpCase, no_retry, tagged
from odoo.tools.misc import formatLang

SUITE = "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"


@tagged("post_install", "-at_install")
class TestNumbers(HttpCase):
    """Number fields of the client read every script of digits, and screens show them as
    Persian users write them (row E3)."""

    @no_retry
    def test_suite(self):
        ids = "".join(f"&id={self._job_id(name)}" for name in ("numbers", "screens"))
        self.browser_js(
            SUITE + ids,
            "",
            "",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )

    def _job_id(self, name):
        """Return the id that HOOT gives to a suite."""
        number = 0
        for char in f"@sajad_persian/{name}":
            number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
        return f"{number:08x}"

    def test_decimal_sign(self):
        """A point between Persian digits would read as the digit zero."""
        self.env["res.lang"]._activate_lang("fa_IR")
        for lang, text in (("fa_IR", "12٫5"), ("en_US", "12.5")):
            env = self.env(context={"lang": lang})
            self.assertEqual(formatLang(env, 12.5, digits=1), text)
