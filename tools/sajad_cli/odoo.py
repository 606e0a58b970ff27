"""Calling Odoo: its configuration file, its environment, its command line."""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from . import proc
from .database.pg_cluster import own_folder
from .ui import Problem

_LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
# says why Odoo is started by a script, and by this one
_SCRIPT = Path(__file__).with_name("start_odoo.py").read_text(encoding="utf-8")
# seconds: a request may take two minutes, what is slower is of no use to anybody
STATEMENT = 150
IDLE = 600
_TWO_WORDS = ("i18n", "module")  # their options follow the second word
_HASH = (
    "import sys; from passlib.context import CryptContext as C;"
    "print(C(['pbkdf2_sha512']).hash(sys.argv[1]))"
)


def heartbeat(line):
    """A short text for a log line that shows progress."""
    found = _LOADING.search(line)
    if found:
        return f"module {found[2]} of {found[3]} ({found[1]})"
    return None


@dataclass(frozen=True)
class Odoo:
    """One way of calling Odoo: code, addons, server and data folder."""

    settings: object
    tree: object
    venv: Path
    postgres: object
    addons: Path | None
    data: Path
    conf: Path
    path: tuple
    extra_env: dict
    template: str = "template1"

    @property
    def script(self):
        """The file that starts Odoo, in a folder of its own: it is on sys.path."""
        return self.settings.state / "bin" / "odoo"

    @property
    def addons_path(self):
        """All folders of addons, Odoo's own first."""
        own = (self.addons,) if self.addons else ()
        return ",".join(map(str, (*self.tree.addons, *own)))

    @property
    def env(self):
        """Environment of the server: node, rtlcss and the venv come first in PATH."""
        path = [*map(str, self.path), str(self.venv / "bin"), os.environ["PATH"]]
        home = {"HOME": str(self.data)} if self.settings.root else {}
        keep = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        return keep | home | self.extra_env | {"PATH": ":".join(path)}

    def served_env(self, statement=STATEMENT):
        """Environment of a server that people use: no statement takes for ever.

        A statement that hangs would even keep the server from starting itself again.

        :param int statement: seconds that one may take
        """
        if self.settings.external_db:
            return self.env  # what stands before it may not take options
        limits = f"-c statement_timeout={statement}s"
        limits += f" -c idle_in_transaction_session_timeout={IDLE}s"
        given = os.environ.get("PGOPTIONS", "")
        return self.env | {"PGOPTIONS": f"{limits} {given}".strip()}

    def argv(self, *arguments, database=None):
        """Command line of an Odoo command that takes -c and -d."""
        words = 2 if arguments[0] in _TWO_WORDS else 1
        command, rest = arguments[:words], arguments[words:]
        argv = [self.venv / "bin/python", self.script, *command, "-c", self.conf]
        argv += ["-d", database] if database else []
        return [str(a) for a in (*argv, *rest)]

    def run(self, log, *arguments, database=None, env=None):
        """Run to the end with the output in ``log``; return the exit code."""
        argv = self.argv(*arguments, database=database)
        log.parent.mkdir(parents=True, exist_ok=True)
        env = self.env | (env or {})
        return proc.logged(
            argv, log, env=env, heartbeat=heartbeat, cwd="/", **self.settings.drop
        )

    def check_run(self, log, *arguments, database=None):
        """Like run, but a failure is a Problem with the end of the log."""
        code = self.run(log, *arguments, database=database)
        if code:
            lines = log.read_text(errors="replace").splitlines()[-15:]
            raise Problem(f"Odoo ended with {code}", *lines, f"whole log: {log}")

    def write_conf(self):
        """Write the configuration file anew; no secret but a hash is in it."""
        self._write_script()
        own_folder(self.settings, self.data, 0o750)
        text = "\n".join(
            [
                "[options]",
                f"admin_passwd = {self._admin_hash()}",
                "list_db = False",
                f"db_host = {self.postgres.host}",
                f"db_port = {self.postgres.port}",
                f"db_user = {self.postgres.user}",
                f"db_template = {self.template}",
                f"data_dir = {self.data}",
                f"addons_path = {self.addons_path}",
                "http_interface = 127.0.0.1",
                f"http_port = {self.settings.http_port}",
                "unaccent = True",
                "log_handler = :INFO,werkzeug:WARNING",
                "",
            ]
        )
        self.conf.write_text(text)
        self.conf.chmod(0o640)
        if self.settings.drop:
            os.chown(self.conf, 0, self.settings.drop["group"])

    def _write_script(self):
        """Have the script; others may be starting from it at this moment."""
        if self.script.is_file() and self.script.read_text() == _SCRIPT:
            return
        self.script.parent.mkdir(exist_ok=True)
        new = self.script.with_name(f"odoo.{os.getpid()}")
        new.write_text(_SCRIPT)
        new.chmod(0o755)
        new.replace(self.script)

    def _admin_hash(self):
        """A hash of the database manager's password; the password stays in a file."""
        kept = self.settings.state / "admin_passwd.hash"
        if not kept.exists():
            password = secrets.token_urlsafe(24)
            python = self.venv / "bin/python"
            digest = proc.capture([python, "-c", _HASH, password]).strip()
            for name, text in (("txt", password), ("hash", digest)):
                path = self.settings.state / f"admin_passwd.{name}"
                path.touch(0o600)
                path.write_text(text + "\n")
        return kept.read_text().strip()
