"""The project's own database: created with demo data, kept in step with the code."""

import json
import re

from . import addons, logcheck
from .ui import Problem, say

# loaded at the creation of a database: the first becomes everybody's default, the other
# is there for who chooses it
LANGUAGE = "fa_IR"
LANGUAGES = f"{LANGUAGE},en_US"
_UNLESS_FIXED = (
    "AND NOT EXISTS (SELECT FROM ir_config_parameter"
    " WHERE key = 'web.base.url.freeze' AND value NOT IN ('', 'False'))"
)


class Project:
    """The project's database and the server on it."""

    def __init__(self, stack):
        self.stack = stack
        self.settings = stack.settings
        self.name = self.settings.database
        self.databases = stack.databases()
        self.odoo = stack.odoo("run")
        self.memo = self.settings.state / f"database-{self.name}.json"
        self.half = self.settings.state / f"database-{self.name}.creating"

    @property
    def modules(self):
        """Our addons and what the demo needs, or Odoo's portal while there are none."""
        found = addons.discover(self.settings.addons)
        return [*found, *addons.demo_modules(found)] or list(addons.FALLBACK)

    def _log(self, what):
        return self.settings.logs / f"{what}-{self.name}.log"

    def plan(self):
        """What the database lacks: (modules to install, modules to update)."""
        if not self.databases.exists(self.name):
            return self.modules, []
        installed = self.databases.installed_modules(self.name)
        new = [m for m in self.modules if m not in installed]
        foreign = (*addons.FALLBACK, *addons.DEMO)
        old = [m for m in self.modules if m in installed and m not in foreign]
        changed = self._checksum() != self._remembered()
        return new, old if changed else []

    def _checksum(self):
        return addons.checksum(self.settings.addons)

    def _remembered(self):
        try:
            return json.loads(self.memo.read_text())["checksum"]
        except (OSError, ValueError, KeyError):
            return None

    def ensure(self, force_update=False):
        """Create the database, or bring it up to the code; True when it changed."""
        if self.half.exists():
            say(f"the last creation of {self.name} was interrupted: starting it anew")
            self.databases.drop(self.name)
        checksum = self._checksum()
        new, old = self.plan()
        if force_update:
            old = [m for m in self.modules if m not in new]
        if not new and not old:
            return False
        if self.databases.exists(self.name):
            say(f"updating database {self.name}: {', '.join(new + old)}")
            self._load("update", new, old)
        else:
            say(f"creating database {self.name} with demo data (one to three minutes)")
            self.half.touch()
            self._load("create", new, old)
        self.memo.write_text(json.dumps({"checksum": checksum}) + "\n")
        self.half.unlink(missing_ok=True)
        return True

    def _load(self, what, new, old):
        argv = ["server", "--stop-after-init", "--no-http", "--with-demo"]
        argv += ["--load-language", LANGUAGES] if what == "create" else []
        argv += ["-i", ",".join(new)] if new else []
        argv += ["-u", ",".join(old)] if old else []
        log = self._log(what)
        self.odoo.check_run(log, *argv, database=self.name)
        report = logcheck.read(log)
        for record in report.unexpected(logcheck.load_allowed(self.settings.project)):
            say(f"in the log: {record.head}")

    def set_address(self):
        """Have mails lead to the address that people use.

        Without PUBLIC_URL an address that was fixed before stays.
        """
        given = self.settings.public_url
        url = given or f"http://127.0.0.1:{self.settings.http_port}"
        if not re.fullmatch(r"https?://[\w.:\[\]-]+(/[\w./-]*)?", url):
            raise Problem(f"PUBLIC_URL={url} is no address", "write https://host")
        values = {"web.base.url": url}
        if given:
            # or the next administrator who signs in elsewhere changes it
            values["web.base.url.freeze"] = "True"
        rows = ", ".join(f"('{key}', '{value}')" for key, value in values.items())
        keep = "" if given else _UNLESS_FIXED
        self.stack.postgres.query(
            "INSERT INTO ir_config_parameter (key, value) "
            f"SELECT * FROM (VALUES {rows})"
            f" AS new (key, value) WHERE TRUE {keep}"
            " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            database=self.name,
        )

    def drop(self):
        """Remove the database and its files."""
        self.databases.drop(self.name)
        self.memo.unlink(missing_ok=True)
        self.half.unlink(missing_ok=True)

    def serve_argv(self):
        """Command line of the server."""
        return self.odoo.argv("server", database=self.name)

    def announce(self):
        """Print the address and who can log in."""
        url = self.settings.public_url
        url = url or f"http://127.0.0.1:{self.settings.http_port}"
        print(f"\n  {url}\n", flush=True)
        logins = self.settings.addons / "sajad_base/demo/LOGINS.txt"
        if logins.exists():
            print(logins.read_text(encoding="utf-8"), flush=True)
        else:
            print("  login: admin   password: admin\n", flush=True)
