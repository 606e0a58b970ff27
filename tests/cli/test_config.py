"""What an administrator deploys: its files say what docs/deploy.md promises."""

import configparser
import re
import unittest
from pathlib import Path

PROJECT = Path(__file__).parents[2]
CONFIG = PROJECT / "config"


class TestConfig(unittest.TestCase):
    def read(self, name):
        return (CONFIG / name).read_text(encoding="utf-8")

    def test_odoo(self):
        parser = configparser.ConfigParser()
        parser.read_string(self.read("odoo/odoo.conf"))
        options = parser["options"]
        self.assertEqual(options["http_interface"], "127.0.0.1")
        self.assertEqual(options["proxy_mode"], "True")
        self.assertEqual(options["list_db"], "False")
        self.assertEqual(options["db_name"], "sajad")
        # with both, each page without a cookie asks for the list of databases
        self.assertNotIn("dbfilter", options)
        self.assertEqual(options["admin_passwd"], "CHANGE")

    def test_nginx_waits_longer_than_odoo_works(self):
        parser = configparser.ConfigParser()
        parser.read_string(self.read("odoo/odoo.conf"))
        limit = int(parser["options"]["limit_time_real"])
        wait = int(
            re.search(r"proxy_read_timeout (\d+)s", self.read("nginx/sajad.conf"))[1]
        )
        self.assertGreater(wait, limit)

    def test_nginx_closes_what_nobody_needs(self):
        text = self.read("nginx/sajad.conf")
        for closed in ("/web/database", "/(xmlrpc|jsonrpc)"):
            self.assertRegex(text, re.escape(closed) + r" \{ return 404; \}")
        self.assertRegex(text, r"location /web/filestore \{\s+internal;")
        self.assertIn("proxy_cookie_flags session_id secure samesite=lax;", text)
        # what was sent by POST is never sent again
        self.assertNotIn("non_idempotent", text)

    def test_nginx_keeps_headers_in_every_location(self):
        """A header of a location's own would take away those of the server."""
        server = self.read("nginx/sajad.conf").rpartition("server {")[2]
        for block in re.findall(r"location [^{]*\{([^}]*)\}", server):
            self.assertNotIn("add_header", block)

    def test_each_file_is_explained(self):
        readme = self.read("README.md")
        for path in CONFIG.rglob("*"):
            if path.is_file() and path.name != "README.md":
                name = str(path.relative_to(CONFIG))
                stem = re.sub(r"-backup\..*", "-backup.", name)
                self.assertIn(stem, readme)
