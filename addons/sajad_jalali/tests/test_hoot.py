from odoo.tests import HttpCase, no_retry, tagged

SUITE = "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"


def is_error(message):
    return "[HOOT]" not in message


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    """The unit tests of the client, by suite."""

    @no_retry
    def test_suites(self):
        ids = "".join(
            f"&id={self._job_id(f'@sajad_jalali/{name}')}"
            for name in ("arithmetic", "texts", "fields", "search", "calendar")
        )
        self.browser_js(
            SUITE + ids,
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=is_error,
        )

    def _job_id(self, name):
        """The id that HOOT gives to a suite."""
        number = 0
        for char in name:
            number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
        return f"{number:08x}"
