"""The project's own PostgreSQL server: Unix socket only, no password anywhere."""

import subprocess
import time

from .. import proc
from ..ui import Problem
from . import pg_binaries, pg_cluster

# Odoo may create extensions, but their functions would belong to the superuser and
# its ALTER FUNCTION unaccent ... IMMUTABLE would fail: prepare the template once
_TEMPLATE = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER FUNCTION unaccent(text) IMMUTABLE;
ALTER FUNCTION unaccent(text) OWNER TO odoo;
"""

# in the order of bytes پ چ ژ ک گ come after ی, and the half space is a letter
PERSIAN = "sajad_template"
# tried with the tests' databases; the first is the first that sorts by ICU
KNOWN = range(15, 19)
_CREATE_PERSIAN = f"""
CREATE DATABASE {PERSIAN} TEMPLATE template0 IS_TEMPLATE true ENCODING 'UTF8'
LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'fa'
"""


class Postgres:
    """Reach the server (ours or the one DATABASE_HOST names) and control ours."""

    def __init__(self, settings, archives, binaries=None):
        self.settings = settings
        self.data = settings.state / "pgdata"
        mark = self.data / "PG_VERSION"
        major = None
        if mark.exists() and not settings.external_db:
            major = mark.read_text().strip()
        self.binaries = binaries or pg_binaries.find(settings, archives, major)

    @property
    def host(self):
        """Host name or socket folder."""
        return self.settings.db_host or str(self.settings.socket_dir)

    @property
    def port(self):
        """Port of the server."""
        return self.settings.db_port or self.settings.pg_port

    @property
    def template(self):
        """What the project's databases are copies of: they sort as Persian does."""
        return "template1" if self.settings.external_db else PERSIAN

    @property
    def user(self):
        """Role that owns the Odoo databases."""
        return self.settings.db_user

    def client(self, name, *arguments, user=None):
        """Command line of a client program."""
        where = ["-h", self.host, "-p", self.port, "-U", user or self.user]
        return [str(a) for a in (self.binaries[name], *where, *arguments)]

    def query(self, sql, database="postgres", user=None):
        """Run SQL and return the unaligned output."""
        argv = self.client("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", user=user)
        argv += ["-d", database, "-c", sql]
        env = self.binaries.environment | {"PGOPTIONS": "-c client_min_messages=error"}
        return proc.capture(argv, env=env, cwd="/", **self.settings.drop).strip()

    def lines(self, sql, database="postgres"):
        """Yield the lines of the output one by one, however many there are.

        :raise Problem: psql failed
        """
        argv = self.client("psql", "-XqAt", "-v", "ON_ERROR_STOP=1")
        argv += ["-v", "FETCH_COUNT=10000", "-d", database, "-c", sql]
        options = {"env": self.binaries.environment, "cwd": "/", **self.settings.drop}
        with subprocess.Popen(
            argv, stdout=subprocess.PIPE, text=True, **options
        ) as reader:
            for line in reader.stdout:
                yield line.rstrip("\n")
        if reader.returncode:
            raise Problem(f"psql failed ({reader.returncode})", sql)

    def ready(self):
        """Ask the server itself: after a crash the pid file may lie."""
        argv = [self.binaries["pg_isready"], "-q", "-h", self.host, "-p", self.port]
        return proc.succeeds(argv, env=self.binaries.environment)

    def start(self):
        """Have a server that accepts connections; True when it was started now."""
        if self.settings.external_db:
            if not self.ready():
                raise Problem(
                    f"no PostgreSQL answers at {self.host}:{self.port}",
                    "check DATABASE_HOST and DATABASE_PORT, or unset them",
                )
            _check_known(int(self.query("SHOW server_version_num")) // 10_000)
            return False
        _check_known(int(self.binaries.major))
        if self.ready():
            self._ensure_persian()
            return False
        if not (self.data / "PG_VERSION").exists():
            pg_cluster.create(self.settings, self.binaries, self.data)
        pg_cluster.configure(self.settings, self.data)
        for _attempt in range(5):
            self._control("start", "-l", self.data / "server.log")
            if self.ready():
                break
            time.sleep(2)
        else:
            raise Problem("PostgreSQL did not start", *self._last_lines())
        self._prepare()
        return True

    def stop(self):
        """Stop our server; True when it ran."""
        if self.settings.external_db or not self.ready():
            return False
        self._control("stop", "-m", "fast")
        return True

    def _control(self, action, *arguments):
        argv = [self.binaries["pg_ctl"], "-D", self.data, "-w", "-t", "60"]
        proc.succeeds(
            [*argv, *arguments, action],
            env=self.binaries.environment,
            cwd="/",
            start_new_session=True,
            **self.settings.drop,
        )

    def _last_lines(self):
        log = self.data / "server.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        return [*lines[-4:], f"log: {log}"]

    def _prepare(self):
        exists = "SELECT 1 FROM pg_roles WHERE rolname = 'odoo'"
        if not self.query(exists, user="postgres"):
            self.query("CREATE ROLE odoo LOGIN CREATEDB", user="postgres")
        self.query(_TEMPLATE, database="template1", user="postgres")
        self._ensure_persian()

    def _ensure_persian(self):
        exists = f"SELECT 1 FROM pg_database WHERE datname = '{PERSIAN}'"
        if not self.query(exists, user="postgres"):
            self.query(_CREATE_PERSIAN, user="postgres")
            self.query(_TEMPLATE, database=PERSIAN, user="postgres")


def _check_known(major):
    """Refuse a server that nobody has tried: texts could sort or match otherwise.

    :raise Problem: it is older or newer than those that are known
    """
    if major not in KNOWN:
        raise Problem(
            f"PostgreSQL {major} is not known here: {KNOWN[0]} to {KNOWN[-1]} are",
            "install one of those (Debian: postgresql), or name a server of yours: "
            "DATABASE_HOST, DATABASE_PORT",
        )
