"""A mail server that is killed under a mail: everybody gets the notice, once."""

import contextlib
import subprocess
import sys
import time
from dataclasses import replace

from .. import proc
from ..ui import Problem
from .fault_table import Row
from .spare import run_shell

TAKEN = 10  # mails that it takes before it is killed
TRIES = 3


def check(cluster, name):
    """Send notices until the server falls, start it again, send what is left."""
    script = cluster.settings.project / "tests/cluster/mails.py"
    told, port = cluster.folder / "log/mails.txt", proc.server_port()
    extra = cluster.odoo.extra_env | {"MAIL_PORT": str(port)}
    odoo = replace(cluster.odoo, extra_env=extra)
    with _server(cluster, port, told, TAKEN) as server:
        text = run_shell(odoo, script, cluster.folder / "log/mail1.log", "sajad")
        if server.poll() is None:
            raise Problem("the mail server was not killed")
    people = int(text.rpartition("PEOPLE")[2].split()[0])
    start = time.monotonic()
    with _server(cluster, port, told, 0):
        for number in range(TRIES):
            log = cluster.folder / f"log/mail{number + 2}.log"
            run_shell(odoo, script, log, "sajad")
            if len(_read(told)) >= people:
                break
    got = _read(told)
    lost, twice = people - len(set(got)), len(got) - len(set(got))
    return Row(
        name, len(set(got)), people - TAKEN, lost, twice, time.monotonic() - start
    )


@contextlib.contextmanager
def _server(cluster, port, told, limit):
    """Have a mail server, killed after so many mails if not before."""
    script = cluster.settings.project / "tests/cluster/mail_server.py"
    argv = [sys.executable, script, port, told, limit]
    with subprocess.Popen([str(a) for a in argv], cwd="/") as server:
        try:
            while not proc.port_is_taken(port):
                time.sleep(0.1)
            yield server
        finally:
            server.kill()


def _read(told):
    """Which of our people got a mail, as often as it came."""
    lines = told.read_text().split() if told.exists() else []
    return [line for line in lines if line.startswith("person")]
