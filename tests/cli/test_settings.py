"""Settings come from the environment, with defaults that work."""

import unittest
from pathlib import Path

from sajad_cli.settings import from_environment

PROJECT = Path("/srv/project")


class TestSettings(unittest.TestCase):
    def test_defaults_of_a_plain_user(self):
        settings = from_environment({}, PROJECT, uid=1000)
        self.assertEqual(settings.state, PROJECT / ".state")
        self.assertEqual(settings.http_port, 8069)
        self.assertEqual(settings.drop, {})
        self.assertFalse(settings.external_db)

    def test_defaults_of_root(self):
        settings = from_environment({}, PROJECT, uid=0)
        self.assertEqual(settings.state, Path("/var/lib/sajad-odoo"))
        self.assertEqual(settings.run_user, "sajad")

    def test_overrides(self):
        env = {
            "STATE": "/data/s",
            "HTTP_PORT": "9000",
            "DATABASE_HOST": "db",
            "ODOO_STRICT": "1",
        }
        settings = from_environment(env, PROJECT, uid=1000)
        self.assertEqual(settings.state, Path("/data/s"))
        self.assertEqual(settings.http_port, 9000)
        self.assertTrue(settings.external_db)
        self.assertEqual(settings.db_port, 5432)
        self.assertTrue(settings.strict)

    def test_strict_can_be_switched_off(self):
        self.assertFalse(from_environment({"ODOO_STRICT": "0"}, PROJECT).strict)

    def test_socket_folder_fits_the_kernel(self):
        short = from_environment({"STATE": "/data/s"}, PROJECT, uid=1000)
        self.assertEqual(short.socket_dir, Path("/data/s/run"))
        deep = "/" + "/".join(["a-rather-long-folder-name"] * 8)
        long = from_environment({"STATE": deep}, PROJECT, uid=1000)
        self.assertLess(len(str(long.socket_dir / ".s.PGSQL.54329")), 107)
        other = from_environment({"STATE": deep + "x"}, PROJECT, uid=1000)
        self.assertNotEqual(long.socket_dir, other.socket_dir)


if __name__ == "__main__":
    unittest.main()
