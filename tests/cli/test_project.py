"""The project's own database."""

import tempfile
import unittest
from unittest import mock

from sajad_cli import settings as settings_module
from sajad_cli.project import Project
from sajad_cli.ui import Problem


class TestAddress(unittest.TestCase):
    """Mails lead to the address that people use (row A11)."""

    def set_address(self, **env):
        """Return the statement that keeps the address."""
        with tempfile.TemporaryDirectory() as state:
            settings = settings_module.from_environment(
                {"STATE": state, **env}, uid=1000
            )
            stack = mock.Mock(settings=settings)
            Project(stack).set_address()
        ((statement,), _named) = stack.postgres.query.call_args
        return statement

    def test_of_this_machine(self):
        statement = self.set_address(HTTP_PORT="8123")
        self.assertIn("('web.base.url', 'http://127.0.0.1:8123')", statement)
        # what an administrator fixed stays
        self.assertNotIn("('web.base.url.freeze'", statement)
        self.assertIn("NOT EXISTS", statement)

    def test_given(self):
        statement = self.set_address(PUBLIC_URL="https://sajad.example.ir")
        self.assertIn("('web.base.url', 'https://sajad.example.ir')", statement)
        self.assertIn("('web.base.url.freeze', 'True')", statement)
        self.assertNotIn("NOT EXISTS", statement)

    def test_no_address(self):
        for url in ("sajad.example.ir", "https://a b", "https://x'; DROP TABLE y; --"):
            with self.subTest(url), self.assertRaises(Problem):
                self.set_address(PUBLIC_URL=url)


if __name__ == "__main__":
    unittest.main()
