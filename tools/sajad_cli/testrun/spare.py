"""A PostgreSQL that may be killed, with a copy of a database on it."""

import contextlib
import dataclasses
import os
import shutil
import signal
import subprocess
import time

from ..database.databases import Databases
from ..database.pg_cluster import own_folder
from ..database.postgres import Postgres
from ..ui import Problem

DATABASE = "fault"


class Spare:
    """Another cluster, configured as the served one, below a folder of its own."""

    def __init__(self, stack):
        self.stack = stack
        self.settings = dataclasses.replace(
            stack.settings, state=stack.settings.state / "faults", db_port=0
        )
        self.postgres = Postgres(self.settings, None, stack.postgres.binaries)
        self.data = self.settings.state / "data"

    @contextlib.contextmanager
    def running(self, source):
        """Have the cluster with a copy of the database `source`; gone afterwards."""
        self._remove()
        own_folder(self.settings, self.settings.state)
        try:
            self.postgres.start()
            self._copy(source)
            yield self
        finally:
            self._remove()

    def _remove(self):
        if (self.settings.state / "pgdata/PG_VERSION").exists():
            self.postgres.stop()
        shutil.rmtree(self.settings.state, ignore_errors=True)

    def _copy(self, source):
        self.postgres.query(f'CREATE DATABASE "{DATABASE}"')
        there = self.stack.postgres
        dump = there.client("pg_dump", "-O", "-x", source)
        load = self.postgres.client("psql", "-Xq", "-d", DATABASE, user="postgres")
        quiet = {"stderr": subprocess.DEVNULL, "cwd": "/", **self.settings.drop}
        with subprocess.Popen(
            dump, stdout=subprocess.PIPE, env=there.binaries.environment, **quiet
        ) as reader:
            done = subprocess.run(
                load,
                stdin=reader.stdout,
                stdout=subprocess.DEVNULL,
                env=self.postgres.binaries.environment
                | {"PGOPTIONS": "-c client_min_messages=error -c role=odoo"},
                **quiet,
            )
        if reader.returncode or done.returncode:
            raise Problem(f"database {source} could not be copied")

    def odoo(self):
        """The way to call Odoo on this cluster."""
        odoo = dataclasses.replace(
            self.stack.odoo("faults", data=self.data),
            settings=self.settings,
            postgres=self.postgres,
            conf=self.settings.state / "odoo.conf",
        )
        odoo.write_conf()
        return odoo

    @property
    def databases(self):
        """The databases of this cluster."""
        return Databases(self.settings, self.postgres, self.data)

    # ------------------------------------------------------------
    # FAULTS
    # ------------------------------------------------------------

    def wait(self):
        """Wait until the server has recovered.

        :raise Problem: it has not within a minute
        """
        limit = time.monotonic() + 60
        while not self.postgres.ready():
            if time.monotonic() > limit:
                raise Problem("the database did not come back")
            time.sleep(0.1)

    def kill_backend(self):
        """Kill one process that serves the database: all of them start anew."""
        self.wait()
        pid = self.postgres.query(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
            f"AND datname = '{DATABASE}' ORDER BY state_change DESC LIMIT 1",
            user="postgres",
        )
        _kill(pid)

    def kill_postmaster(self):
        """Kill the server itself, and start it again."""
        self.wait()
        _kill((self.settings.state / "pgdata/postmaster.pid").read_text().split()[0])
        self.postgres.start()

    @contextlib.contextmanager
    def locked(self, table):
        """Hold a table, so that whoever asks for it waits."""
        sql = f"BEGIN; LOCK TABLE {table}; SELECT pg_sleep(600)"
        argv = self.postgres.client("psql", "-Xq", "-d", DATABASE, "-c", sql)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        env = self.postgres.binaries.environment
        with subprocess.Popen(argv, env=env, cwd="/", **quiet, **self.settings.drop):
            while not self._holders():
                time.sleep(0.1)
            try:
                yield
            finally:
                for pid in self._holders():
                    self.postgres.query(f"SELECT pg_terminate_backend({pid})")

    def _holders(self):
        sql = "SELECT pid FROM pg_stat_activity WHERE query ~ '^BEGIN; LOCK'"
        sql += " AND wait_event = 'PgSleep'"
        return self.postgres.query(sql).split()


def _kill(pid):
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)


def run_shell(odoo, script, log, database=DATABASE):
    """What a script prints in Odoo's shell."""
    argv = odoo.argv("shell", "--no-http", "--max-cron-threads", "0", database=database)
    with log.open("w") as errors:
        done = subprocess.run(
            argv,
            input=script.read_text(),
            env=odoo.env,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd="/",
            **odoo.settings.drop,
        )
    if done.returncode:
        raise Problem(f"{script.name} failed", f"log: {log}")
    return done.stdout
