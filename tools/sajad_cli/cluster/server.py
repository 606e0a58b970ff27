"""The primary and the replica: two PostgreSQL of their own, reached by TCP."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import replace

from .. import proc
from ..database import pg_cluster
from ..ui import Problem

ROLE, REPLICA = "sajad", "sajad_replica"
SLOT = "sajad_replica"


class Server:
    """One PostgreSQL server of the cluster; its socket is for us alone."""

    def __init__(self, name, settings, binaries, written, port):
        self.name, self.settings, self.binaries = name, settings, binaries
        self.written, self.port = written, port
        self.data = written.folder / name
        # short enough for the kernel, wherever the folder is
        self.socket = replace(settings, state=written.folder).socket_dir

    def create(self):
        """Make it empty."""
        pg_cluster.create(self.settings, self.binaries, self.data)

    def follow(self, primary, password):
        """Make it a copy of the primary that follows it, as the guide does."""
        shutil.rmtree(self.data, ignore_errors=True)
        target = f"host=127.0.0.1 port={primary.port} user={REPLICA}"
        argv = [self.binaries["pg_basebackup"], "-d", target, "-D", self.data]
        argv += ["-R", "-C", "-S", SLOT, "-X", "stream", "-c", "fast", "-w"]
        env = self.binaries.environment | {"PGPASSWORD": password}
        proc.capture(argv, env=env, cwd="/", **self.settings.drop)

    def configure(self):
        """Write config/postgresql into it, for several machines."""
        here, place = self._configure()
        self.written.put(
            "postgresql/sajad_several.conf",
            f"{here}sajad_several.conf",
            {"'10.0.0.20'": "'127.0.0.1'"},
            more=place,
        )
        self.written.put(
            "postgresql/pg_hba.conf",
            f"{here}pg_hba.conf",
            {"10.0.0.0/24": "127.0.0.1/32", "peer": "peer map=m"},
        )
        self._include("sajad.conf", "sajad_several.conf")

    def configure_alone(self):
        """Write config/postgresql into it, for one machine: only its socket is open."""
        here, place = self._configure()
        self.written.write(f"{here}place.conf", place)
        # as Debian has it: whoever is the system's user is the role of that name
        self.written.write(f"{here}pg_hba.conf", "local all all peer map=m\n")
        self._include("sajad.conf", "place.conf")

    def _configure(self):
        """Write what both have; return the folder's name and what says where it is."""
        mode = 0o755 if self.settings.root else 0o700
        pg_cluster.own_folder(self.settings, self.socket, mode)
        here = f"{self.data.name}/"
        places = {
            "shared_buffers = 4GB": "shared_buffers = 256MB",
            "effective_cache_size = 11GB": "effective_cache_size = 1GB",
            "maintenance_work_mem = 512MB": "maintenance_work_mem = 128MB",
        }
        self.written.put("postgresql/sajad.conf", f"{here}sajad.conf", places)
        names = pg_cluster.users(self.settings)
        users = pg_cluster.ident_map(names)
        users += "".join(f"m {name} {ROLE}\n" for name in sorted(names))
        self.written.write(f"{here}pg_ident.conf", users)
        place = f"port = {self.port}\nunix_socket_directories = '{self.socket}'\n"
        return here, place

    def _include(self, *names):
        main = self.data / "postgresql.conf"
        includes = "".join(f"include '{name}'\n" for name in names)
        if includes not in main.read_text():
            main.write_text(f"{main.read_text()}\n{includes}")

    def start(self):
        """Start it and wait until it answers.

        :raise Problem: it does not
        """
        log = self.data / "server.log"
        for _attempt in range(5):
            self._control("start", "-l", log)
            if self.ready():
                return
            time.sleep(1)
        tail = log.read_text(errors="replace").splitlines()[-5:]
        raise Problem(f"the {self.name} did not start", *tail)

    def stop(self):
        """Stop it, if it runs."""
        if (self.data / "postmaster.pid").exists():
            self._control("stop", "-m", "fast")

    def kill(self):
        """Kill it as a power failure would."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        # its children notice, and end
        while self.ready() or proc.alive(pid):
            time.sleep(0.05)

    def promote(self):
        """Let a replica be a primary.

        :raise Problem: it stays one
        """
        self._control("promote")
        if self.query("SELECT pg_is_in_recovery()") != "f":
            raise Problem(f"the {self.name} was not promoted")

    def ready(self):
        """Whether it answers."""
        where = ["-q", "-h", self.socket, "-p", self.port]
        argv = [self.binaries["pg_isready"], *where]
        return proc.succeeds(argv, env=self.binaries.environment)

    def client(self, name, *arguments):
        """Command line of a client program, as the superuser."""
        where = ["-h", self.socket, "-p", self.port, "-U", "postgres"]
        return [str(a) for a in (self.binaries[name], *where, *arguments)]

    def query(self, sql, database=ROLE):
        """Run SQL and return the unaligned output."""
        argv = self.client("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database)
        env = self.binaries.environment | {"PGOPTIONS": "-c client_min_messages=error"}
        argv += ["-c", sql]
        return proc.capture(argv, env=env, cwd="/", **self.settings.drop).strip()

    def run_file(self, path):
        """Run a file of SQL, as psql does; handed over open, whoever may read it."""
        argv = self.client("psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", "postgres")
        env = self.binaries.environment
        with path.open() as text:
            done = subprocess.run(
                argv, stdin=text, env=env, cwd="/", **self.settings.drop
            )
        if done.returncode:
            raise Problem(f"{path.name} failed on the {self.name}")

    def _control(self, action, *arguments):
        argv = [self.binaries["pg_ctl"], "-D", self.data, "-w", "-t", "60"]
        proc.succeeds(
            [*argv, *arguments, action],
            env=self.binaries.environment,
            cwd="/",
            start_new_session=True,
            **self.settings.drop,
        )
