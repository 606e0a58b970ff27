"""An Odoo that is served for a test, and a client that calls it."""

import contextlib
import http.client
import itertools
import json
import os
import signal
import subprocess
import time

from .. import proc
from ..odoo import STATEMENT
from ..ui import Problem
from ..verbs.serve import answers

PATIENCE = 120  # seconds until a server answers, on a machine with much to do


class Served:
    """A server of a database; `options` are Odoo's.

    :param int statement: seconds that a statement may take
    """

    def __init__(self, odoo, database, log, *options, statement=STATEMENT):
        self.odoo, self.log = odoo, log
        self.port, self.gevent_port = proc.free_port(), proc.free_port()
        ports = ("--http-port", self.port, "--gevent-port", self.gevent_port)
        only = ("--db-filter", f"^{database}$", "--max-cron-threads", "0")
        self.argv = odoo.argv("server", *ports, *only, *options, database=database)
        self.env = odoo.served_env(statement)
        self.process = None

    def __enter__(self):
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                self.argv,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                cwd="/",
                **self.odoo.settings.drop,
            )
        self.wait()
        return self

    def __exit__(self, *error):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait(self, port=None):
        """Wait until the server answers.

        :raise Problem: it ended, or says nothing for two minutes
        """
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            if self.process.poll() is not None:
                raise Problem("the server ended", f"log: {self.log}")
            if answers(port or self.port):
                return
            time.sleep(0.3)
        raise Problem("the server does not answer", f"log: {self.log}")

    def starts(self):
        """How often it has started; each of its processes says so once."""
        return self.log.read_text(errors="replace").count("odoo: Odoo version")

    def wait_for_start(self, before):
        """Wait until it starts again.

        :raise Problem: it does not within two minutes
        """
        limit = time.monotonic() + PATIENCE
        while self.starts() <= before:
            if time.monotonic() > limit:
                raise Problem("the server did not reload", f"log: {self.log}")
            time.sleep(0.3)

    def said(self, text):
        """Whether the log has a text."""
        return text in self.log.read_text(errors="replace")


class Client:
    """A user of the web client."""

    def __init__(self, port, database, login, password):
        self.port = port
        self.cookie = ""
        self.numbers = itertools.count()
        values = {"db": database, "login": login, "password": password}
        self.post("/web/session/authenticate", values)

    def _connect(self, timeout):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def post(self, path, values, timeout=PATIENCE):
        """Call a route.

        :raise OSError: no answer
        :raise Problem: the answer is an error
        """
        connection = self._connect(timeout)
        body = json.dumps({"id": next(self.numbers), "params": values})
        headers = {"Content-Type": "application/json", "Cookie": self.cookie}
        with contextlib.closing(connection):
            connection.request("POST", path, body, headers)
            reply = connection.getresponse()
            text = reply.read()
        if cookie := reply.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        try:
            answer = json.loads(text)
        except ValueError:
            raise Problem(f"{path}: HTTP {reply.status}") from None
        if "error" in answer:
            raise Problem(str(answer["error"].get("data", answer["error"])))
        return answer.get("result")

    def call(self, model, method, *args, timeout=PATIENCE, **kwargs):
        """Call a method of a model."""
        values = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", values, timeout)
