"""Two nodes for people, one for jobs and reports, nginx, pgbouncer, two PostgreSQL."""

import contextlib
import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from .. import proc
from ..database.pg_cluster import own_folder
from ..machine import proxies
from ..ui import Problem, say
from ..verbs.serve import answers
from . import front
from .program import Program
from .server import REPLICA, ROLE, Server
from .written import Written

DATABASE = "sajad"
# processes of each node: one machine has few cores
WORKERS = 2


@dataclass(frozen=True)
class Ports:
    """Where the parts of a node listen."""

    http: int
    websocket: int


class Cluster:
    """What config/ describes, on 127.0.0.1, with a copy of a database.

    :param stack: the prepared machine
    :param odoo: the way to call Odoo on the database that is copied
    :param int port: where nginx listens
    :param int rate: pages a second that the queue of nginx lets through
    :param int limit: seconds that a request may take
    """

    nodes = {"web1": "odoo-web.conf", "web2": "odoo-web.conf", "work": "odoo-work.conf"}
    # those of them that people use, and the one that has the jobs
    people, jobs = ("web1", "web2"), "work"

    def __init__(self, stack, odoo, folder, port, rate=60, limit=None):
        self.stack, self.settings, self.source_odoo = stack, stack.settings, odoo
        self.folder, self.port, self.rate, self.limit = folder, port, rate, limit
        self.data = folder / "data"
        self.written = Written(self.settings, folder)
        self.password = secrets.token_urlsafe(18)
        binaries = stack.postgres.binaries
        self.primary, self.replica = (
            Server(name, self.settings, binaries, self.written, proc.server_port())
            for name in ("primary", "replica")
        )
        self.pool_port = proc.server_port()
        self.ports = {
            name: Ports(proc.server_port(), proc.server_port()) for name in self.nodes
        }
        # where nginx sends people who come without TLS elsewhere
        self.plain_port = proc.server_port()
        self.programs = {}

    @contextlib.contextmanager
    def running(self, source):
        """Have it with a copy of the database `source`; all of it ends afterwards."""
        self._clear()
        try:
            self._databases(source)
            self._pool()
            for name in self.nodes:
                self._node(name)
            self._front()
            for program in self.programs.values():
                program.wait()
            yield self
        finally:
            self.stop()

    def stop(self):
        """End everything, the last that was started first."""
        for program in reversed(self.programs.values()):
            program.ask_to_end()
        for program in self.programs.values():
            program.stop()
        self.replica.stop()
        self.primary.stop()

    def _clear(self):
        """Begin anew: end what a killed run left behind, remove its folder."""
        for server in (self.replica, self.primary):
            server.stop()
        for pid in self.processes():
            proc.end_process(pid)
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder in (self.folder, self.data, self.data / "filestore"):
            own_folder(self.settings, folder, 0o750)
        own_folder(self.settings, self.folder / "log")

    def processes(self):
        """What runs with a file of its folder on the command line: {pid: command}."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                command = path.read_bytes()
                if os.fsencode(f"{self.folder}/") in command:
                    text = command.replace(b"\0", b" ").decode(errors="replace")
                    found[int(path.parent.name)] = text
        return found

    # ------------------------------------------------------------
    # POSTGRESQL
    # ------------------------------------------------------------

    def _databases(self, source):
        say("cluster: primary, with a copy of the database")
        self.primary.create()
        self.primary.configure()
        self.primary.start()
        self.primary.run_file(self.settings.project / "config/postgresql/create.sql")
        for sql in (
            f"ALTER ROLE {ROLE} PASSWORD '{self.password}'",
            f"CREATE ROLE {REPLICA} LOGIN REPLICATION PASSWORD '{self.password}'",
        ):
            self.primary.query(sql)
        self._copy(source)
        say("cluster: replica")
        self.replica.follow(self.primary, self.password)
        self.replica.configure()
        self.replica.start()

    def _copy(self, source):
        there = self.stack.postgres
        dump = there.client("pg_dump", "-O", "-x", source)
        load = self.primary.client("psql", "-Xq", "-d", DATABASE)
        quiet = {"stderr": subprocess.DEVNULL, "cwd": "/", **self.settings.drop}
        env = there.binaries.environment
        options = f"-c client_min_messages=error -c role={ROLE}"
        with subprocess.Popen(dump, stdout=subprocess.PIPE, env=env, **quiet) as reader:
            done = subprocess.run(
                load,
                stdin=reader.stdout,
                stdout=subprocess.DEVNULL,
                env=env | {"PGOPTIONS": options},
                **quiet,
            )
        if reader.returncode or done.returncode:
            raise Problem(f"database {source} could not be copied")
        self.primary.query("ANALYZE")
        files = self.source_odoo.data / "filestore" / source
        if files.exists():
            target = self.data / "filestore" / DATABASE
            argv = ["cp", "-a", "--reflink=auto", files, target]
            proc.capture(argv, cwd="/", **self.settings.drop)

    def promote(self):
        """Let the replica take over from a primary that is gone, as the guide says."""
        self.primary, self.replica = self.replica, self.primary
        self.primary.promote()
        self._pool_conf()
        self.programs["pgbouncer"].reload()
        self._node_conf("work")
        self.programs["work"].stop()
        self.programs["work"].start()

    def _pool(self):
        proxy = proxies.find(self.settings, self.stack.archives, "pgbouncer")
        argv = [proxy.program, "-q", self._pool_conf()]
        self._start("pgbouncer", argv, proxy.env, self._pool_answers)

    def _pool_conf(self):
        users = self.written.write("userlist.txt", f'"{ROLE}" "{self.password}"\n')
        return self.written.put(
            "pgbouncer/pgbouncer.ini",
            "pgbouncer.ini",
            {
                "10.0.0.20 port=5432": f"127.0.0.1 port={self.primary.port}",
                "listen_addr = 10.0.0.20": "listen_addr = 127.0.0.1",
                "/etc/pgbouncer/userlist.txt": users,
                "/run/postgresql/pgbouncer.pid": self.folder / "pgbouncer.pid",
                "/var/log/postgresql/pgbouncer.log": self.folder / "log/pgbouncer.log",
            },
            {"listen_port": self.pool_port},
        )

    def _pool_answers(self):
        return proc.port_is_taken(self.pool_port)

    # ------------------------------------------------------------
    # ODOO AND NGINX
    # ------------------------------------------------------------

    def _node(self, name):
        port = self.ports[name].http
        argv = replace(self.source_odoo, conf=self._node_conf(name)).argv("server")
        # with the limits of time that the unit of systemd asks for
        self._start(name, argv, self.odoo.served_env(), lambda: answers(port))

    def _node_conf(self, name):
        port = self.ports[name]
        options = {
            "admin_passwd": secrets.token_urlsafe(18),
            "addons_path": self.source_odoo.addons_path,
            "data_dir": self.data,
            "http_port": port.http,
            "gevent_port": port.websocket,
            "workers": WORKERS,
            "logfile": self.folder / f"log/{name}.log",
            **self._places(name),
        }
        if self.limit:
            options["limit_time_real"] = options["limit_time_cpu"] = self.limit
        file = f"odoo/{self.nodes[name]}"
        return self.written.put(file, f"{name}.conf", options=options)

    def _places(self, name):
        """Options of a node that say where it is, and where its database is."""
        is_web = name in self.people
        options = {
            "db_host": "127.0.0.1",
            "db_port": self.pool_port if is_web else self.primary.port,
            "db_password": self.password,
            "http_interface": "127.0.0.1",
        }
        if not is_web:
            options["db_replica_host"] = "127.0.0.1"
            replica = self.replica if self.replica.ready() else self.primary
            options["db_replica_port"] = replica.port
        return options

    def backup_env(self):
        """What `/etc/sajad/backup.env` says: where the database is."""
        where = {"PGHOST": "127.0.0.1", "PGPORT": str(self.primary.port)}
        return where | {"PGUSER": ROLE, "PGPASSWORD": self.password}

    @property
    def most_waiting(self):
        """Requests that a node has at most, answered or waiting: config says why."""
        return 8 * WORKERS - 2

    @property
    def odoo(self):
        """The way to call Odoo on its database, as the node of jobs does."""
        conf = self.folder / f"{self.jobs}.conf"
        return replace(self.source_odoo, conf=conf, data=self.data)

    def upstreams(self):
        """The file that tells nginx where Odoo is, and what is adapted in it."""
        places = {
            # eight for each worker would be too many
            "max_conns=130": f"max_conns={self.most_waiting}",
            "10.0.0.13:8069": f"127.0.0.1:{self.ports['work'].http}",
        }
        for name, address in (("web1", "10.0.0.11"), ("web2", "10.0.0.12")):
            ports = self.ports[name]
            places[f"{address}:8069"] = f"127.0.0.1:{ports.http}"
            places[f"{address}:8072"] = f"127.0.0.1:{ports.websocket}"
        return "several.conf", places

    def _front(self):
        proxy = proxies.find(self.settings, self.stack.archives, "nginx")
        conf = front.write(self, proxy)
        argv = [proxy.program, "-c", conf, "-p", self.folder]
        argv += ["-e", self.folder / "log/nginx.log"]
        self._start("nginx", argv, proxy.env, lambda: proc.port_is_taken(self.port))

    def _start(self, name, argv, env, is_there):
        log = self.folder / f"log/{name}.out"
        drop = self.settings.drop
        program = Program(name, argv, env, log, drop, is_there)
        self.programs[name] = program
        program.start()
        return program
