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

    def options(self, name):
        parser = configparser.ConfigParser()
        parser.read_string(self.read(f"odoo/{name}.conf"))
        return dict(parser["options"])

    def test_several(self):
        """Each kind of machine differs from the only one in what it is for."""
        one, web, work = map(self.options, ("odoo", "odoo-web", "odoo-work"))
        same = set(one) - {
            "db_host",
            "db_port",
            "http_interface",
            "workers",
            "max_cron_threads",
        }
        for option in same:
            self.assertEqual(web[option], one[option], option)
            self.assertEqual(work[option], one[option], option)
        # whoever has just saved never asks a replica
        self.assertNotIn("db_replica_host", web)
        self.assertEqual(web["max_cron_threads"], "0")
        # what listens and what takes long goes to the primary itself
        self.assertEqual((web["db_port"], work["db_port"]), ("6432", "5432"))
        self.assertIn("db_replica_host", work)

    def test_connections(self):
        """PostgreSQL takes what pgbouncer and the others ask for, and the replica."""
        pools = re.findall(r"pool_size=(\d+)", self.read("pgbouncer/pgbouncer.ini"))
        text = self.read("postgresql/sajad_several.conf")
        most = int(re.search(r"max_connections = (\d+)", text)[1])
        self.assertGreater(most, sum(map(int, pools)) + 50)

    def test_upstreams(self):
        """Both files of upstreams name what the server asks for."""
        asked = set(
            re.findall(r"proxy_pass http://(\w+);", self.read("nginx/sajad.conf"))
        )
        for name in ("one", "several"):
            text = self.read(f"nginx/upstreams/{name}.conf")
            self.assertEqual(set(re.findall(r"upstream (\w+)", text)), asked)

    def test_no_more_than_odoo_lets_wait(self):
        """Odoo's queue holds eight for each worker; beyond it, it looks dead."""
        for upstreams, conf in (("one", "odoo"), ("several", "odoo-web")):
            text = self.read(f"nginx/upstreams/{upstreams}.conf")
            workers = int(self.options(conf)["workers"])
            for most in re.findall(r"max_conns=(\d+)", text):
                self.assertLess(int(most), 8 * workers)
                self.assertGreater(int(most), 5 * workers)

    def test_busy(self):
        """What was sent is not sent again by a page that loads itself."""
        self.assertIn('http-equiv="refresh"', self.read("nginx/busy/busy.html"))
        self.assertNotIn("refresh", self.read("nginx/busy/busy-sent.html"))

    def test_reports_exist(self):
        """The models that are read from the replica are those of reports."""
        found = re.search(r"call_kw/(sajad\S+)/ \{", self.read("nginx/sajad.conf"))
        models = re.findall(
            r'_name = "(sajad\.[\w.]+)"',
            "".join(
                p.read_text(encoding="utf-8")
                for p in (PROJECT / "addons/sajad_statistics/models").glob("*.py")
            ),
        )
        read = {name for name in models if re.fullmatch(found[1], name)}
        expected = {"sajad.bottleneck", "sajad.report.open", "sajad.report.request"}
        self.assertEqual(read, expected | {"sajad.stat.pace"})

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

    def test_nginx_slows_what_opens_by_a_secret(self):
        text = self.read("nginx/sajad.conf")
        doors = re.search(r"location ~ (\S+) \{\s+limit_req zone=sajad_doors", text)[1]
        for path in (
            "/web/login",
            "/web/reset_password",
            "/clearance/verify/x",
            "/fees/verify/x",
            "/sajad/dossier/verify",
            "/rate/x/5",
            "/support/rate/x",
        ):
            self.assertRegex(path, doors)
        self.assertNotRegex("/my/requests", doors)
        # Odoo says when to come again: not twice
        self.assertIn('map "$status$upstream_http_retry_after"', text)

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
