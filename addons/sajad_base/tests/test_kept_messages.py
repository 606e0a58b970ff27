from odoo.tests import no_retry, tagged

from odoo.addons.sajad_jalali.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestKeptMessages(HootCase):
    """No message of student affairs looks deleted in the client (row A9)."""

    @no_retry
    def test_suite(self):
        self.run_suites("sajad_base", "kept_messages")
