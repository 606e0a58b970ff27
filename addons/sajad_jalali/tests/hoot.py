from odoo.tests import HttpCase

SUITE = "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"


def is_error(message):
    return "[HOOT]" not in message


class HootCase(HttpCase):
    """Runs unit tests of the client, by the names of their files."""

    def run_suites(self, module, *names):
        """Run the suites of an addon, and fail if one does."""
        ids = "".join(f"&id={self._job_id(f'@{module}/{name}')}" for name in names)
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
        """Return the id that HOOT gives to a suite."""
        number = 0
        for char in name:
            number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
        return f"{number:08x}"
