from odoo.tests import no_retry, tagged

from odoo.addons.sajad_jalali.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestKeptMessages(HootCase):
    """What the client says of messages and documents is so (rows A9, A10)."""

    @no_retry
    def test_suite(self):
        self.run_suites("sajad_base", "kept_messages", "request_papers")
