from odoo.tests import no_retry, tagged

from .hoot import HootCase


@tagged("post_install", "-at_install")
class TestHoot(HootCase):
    """The unit tests of the client, by suite."""

    @no_retry
    def test_suites(self):
        names = ("arithmetic", "texts", "fields", "search", "calendar")
        self.run_suites("sajad_jalali", *names)
