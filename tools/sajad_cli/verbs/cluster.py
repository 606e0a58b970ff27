"""The verb ``cluster``: several machines on this one, until Ctrl-C."""

import argparse
import signal
import time

from .. import proc
from ..cluster.cluster import Cluster
from ..project import Project
from ..stack import prepare
from ..ui import Problem, say

PORT = 8443


def main(settings, argv):
    """Serve a copy of the project's database as config/ describes it."""
    parser = argparse.ArgumentParser(prog="./sajad cluster")
    parser.add_argument("--port", type=int, default=PORT, help=f"of nginx ({PORT})")
    options = parser.parse_args(argv)
    if proc.port_is_taken(options.port):
        raise Problem(f"port {options.port} is in use", "choose one: --port 8444")
    stack = prepare(settings)
    project = Project(stack)
    if not project.databases.exists(project.name):
        raise Problem(f"there is no database {project.name}", "./sajad setup makes it")
    folder = settings.state / "cluster"
    with proc.locked(settings.state / ".cluster.lock", "cluster", seconds=5):
        cluster = Cluster(stack, project.odoo, folder, options.port)
        end_by_signals()
        with cluster.running(project.name):
            _announce(cluster)
            while True:
                time.sleep(3600)


def end_by_signals():
    """Have both signals end it as Ctrl-C does, also when it was started behind."""

    def end(_number, _frame):
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def _announce(cluster):
    say(f"https://127.0.0.1:{cluster.port} (a certificate that nobody knows)")
    for name, ports in cluster.ports.items():
        say(f"  {name}: http://127.0.0.1:{ports.http}")
    say(f"  primary {cluster.primary.port}, replica {cluster.replica.port}")
    say(f"  files, sessions, logs: {cluster.folder}; Ctrl-C ends all")
