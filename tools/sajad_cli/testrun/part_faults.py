"""Part ``faults``: what is left after a server was killed or started itself again."""

import os
import signal
import socket
import threading
import time

from ..ui import Problem
from . import bulk_faults
from . import spare as spare_module
from .approvals import LOST, Approvals
from .served import PATIENCE, Client, Served
from .spare import DATABASE, Spare

OFFICER = ("fault_officer", "fault_officer")
KILLS = 4
SLOW_CLIENTS = 100
SLOW = 6  # seconds that a request may take in the test of slow ones
# longer than Odoo takes to look for slow threads, which it does once in a minute
STATEMENT = 75
MODES = {"threads": ("--workers", "0"), "workers": ("--workers", "2")}


def run(ctx, part):
    """Kill the database under approvals; let the server start itself again."""
    if ctx.settings.external_db:
        part.tell("a PostgreSQL of yours is not killed")
        return
    spare = Spare(ctx.stack)
    # another part may copy the one that it is a copy of
    with ctx.databases.copy(False, "faults") as source, spare.running(source):
        odoo = spare.odoo()
        script = ctx.settings.project / "tests/faults/fill.py"
        text = spare_module.run_shell(odoo, script, ctx.logs / "faults-fill.log")
        tasks = [int(word) for word in text.rpartition("TASKS")[2].split()]
        _kills(ctx, part, spare, odoo, tasks)
        _slow_clients(ctx, part, odoo)
        bulk_faults.check(
            ctx,
            part,
            odoo,
            lambda statement: spare.postgres.query(statement, database=DATABASE),
        )
        # one after the other: what one of them locks would stop the other
        for mode in MODES:
            _reloads(ctx, part, spare, odoo, mode)


# ------------------------------------------------------------
# ACKNOWLEDGED WORK
# ------------------------------------------------------------


def _kills(ctx, part, spare, odoo, tasks):
    half = len(tasks) // 2
    with Served(odoo, DATABASE, ctx.logs / "faults-kills.log") as served:
        for name, kill, ids in (
            ("a backend", spare.kill_backend, tasks[:half]),
            ("the postmaster", spare.kill_postmaster, tasks[half:]),
        ):
            approvals = Approvals(lambda: Client(served.port, DATABASE, *OFFICER), ids)
            with approvals:
                for number in range(1, KILLS + 1):
                    approvals.wait_for(half * number // (KILLS + 2))
                    kill()
            lost = _lost(spare, approvals.acknowledged)
            note = f"{KILLS} kills, {len(approvals.acknowledged)} acknowledged, "
            note += f"{approvals.refused} refused, {len(lost)} lost"
            wrong = [f"{note}: {lost}"] if lost else []
            if not approvals.acknowledged or not approvals.refused:
                wrong.append(f"the kills met nobody: {note}")
            part.check(f"approvals while {name} is killed", wrong, note)


def _lost(spare, ids):
    """Those of the acknowledged approvals that the database does not know."""
    text = ",".join(map(str, ids)) or "0"
    sql = f"""SELECT told.id FROM unnest(ARRAY[{text}]) AS told (id)
        LEFT JOIN sajad_task task ON task.id = told.id AND task.state = 'done'
        LEFT JOIN sajad_event event
               ON event.task_id = told.id AND event.kind = 'approved'
        WHERE task.id IS NULL OR event.id IS NULL"""
    spare.wait()
    return spare.postgres.query(sql, database=DATABASE).split()


# ------------------------------------------------------------
# CLIENTS THAT SEND A BYTE A SECOND
# ------------------------------------------------------------


def _slow_clients(ctx, part, odoo):
    with Served(odoo, DATABASE, ctx.logs / "faults-slow.log") as served:
        officer = Client(served.port, DATABASE, *OFFICER)
        with SlowClients(served.port) as slow:
            slow.wait()
            wrong = _try_to_work(served.port, officer)
            if left := slow.wait_until_refused():
                wrong.append(f"{left} of {SLOW_CLIENTS} are still listened to")
        note = f"{SLOW_CLIENTS} clients that send a byte a second"
        part.check("answers beside slow clients", wrong, note)


def _try_to_work(port, officer):
    wrong = []
    for number in range(10):
        try:
            officer.call("sajad.task", "search_count", [], timeout=20)
            # whoever is not signed in yet
            Client(port, DATABASE, *OFFICER)
        except LOST as problem:
            wrong.append(f"request {number}: {problem}")
    return wrong


class SlowClients:
    """Nobody signed in; one in four never ends its head, the others their body."""

    HEAD = b"POST /web/login HTTP/1.1\r\nHost: localhost\r\n"
    FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
    BODY = FORM + b"Content-Length: 90000\r\n\r\n"

    def __init__(self, port):
        self.port = port
        self.sockets = []
        self.sent = 0
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._send)

    def __enter__(self):
        for number in range(SLOW_CLIENTS):
            client = socket.create_connection(("127.0.0.1", self.port), timeout=20)
            client.sendall(self.HEAD + (self.BODY if number % 4 else b"X-Slow: "))
            self.sockets.append(client)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.is_over.set()
        self.thread.join()
        for client in self.sockets:
            client.close()

    def wait(self):
        """Wait until each has sent something more."""
        while self.sent < 3:
            time.sleep(0.1)

    def wait_until_refused(self):
        """Wait until the server has had enough; return how many it still listens to."""
        limit = time.monotonic() + 90
        while self.sockets and time.monotonic() < limit:
            time.sleep(0.5)
        return len(self.sockets)

    def _send(self):
        while not self.is_over.wait(1):
            for client in list(self.sockets):
                try:
                    client.sendall(b"x")
                except OSError:
                    self.sockets.remove(client)
                    client.close()
            self.sent += 1


# ------------------------------------------------------------
# A SERVER THAT STARTS ITSELF AGAIN
# ------------------------------------------------------------


def _reloads(ctx, part, spare, odoo, mode):
    options = (*MODES[mode], "--limit-time-real", SLOW, "--limit-time-cpu", SLOW)
    log = ctx.logs / f"faults-{mode}.log"
    with Served(odoo, DATABASE, log, *options, statement=STATEMENT) as served:
        for name, fault in (("SIGHUP", _hang_up), ("a slow request", _be_slow)):
            try:
                fault(served, spare, mode)
                wrong = []
            except LOST as problem:
                wrong = [str(problem)]
            part.check(f"{mode}: answers after {name}", wrong)


def _hang_up(served, spare, mode):
    before = served.starts()
    os.kill(served.process.pid, signal.SIGHUP)
    served.wait_for_start(before)
    _is_well(served, mode)


def _be_slow(served, spare, mode):
    """A search that waits for a lock stays longer than it may.

    Threads are killed by starting the server again, a worker alone.
    """
    client = Client(served.port, DATABASE, *OFFICER)
    before = served.starts()
    with spare.locked("sajad_task"):
        _fails_slowly(client)
        if mode == "threads":
            served.wait_for_start(before)
    _is_well(served, mode)


def _fails_slowly(client):
    try:
        client.call("sajad.task", "search_count", [])
    except LOST:
        return
    raise Problem("the slow request was answered")


def _is_well(served, mode):
    """Wait until it does its work; a process on its way out may refuse some."""
    served.wait()
    if mode == "workers":
        served.wait(served.gevent_port)
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            client = Client(served.port, DATABASE, *OFFICER)
            client.call("sajad.task", "search_count", [])
            break
        except LOST:
            if time.monotonic() > limit:
                raise
            time.sleep(1)
    if served.said("ImportError"):
        raise Problem("a process could not start itself", f"log: {served.log}")
