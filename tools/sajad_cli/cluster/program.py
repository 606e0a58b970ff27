"""A program of the cluster that runs in the background and may be killed."""

import contextlib
import os
import signal
import subprocess
import time

from .. import proc
from ..ui import Problem

PATIENCE = 120  # seconds until a program answers, on a machine with much to do


class Program:
    """One program: started, waited for, killed, stopped.

    :param answers: function that says whether it does its work
    """

    def __init__(self, name, argv, env, log, drop, answers):
        self.name, self.argv, self.env = name, [str(a) for a in argv], env
        self.log, self.drop, self.answers = log, drop, answers
        self.process = None

    def start(self):
        """Start it; wait() waits until it answers."""
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                self.argv,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                cwd="/",
                **self.drop,
            )

    def wait(self):
        """Wait until it answers.

        :raise Problem: it ended, or says nothing for two minutes
        """
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            if self.process.poll() is not None:
                tail = self.log.read_text(errors="replace").splitlines()[-8:]
                raise Problem(f"{self.name} ended", *tail, f"log: {self.log}")
            if self.answers():
                return
            time.sleep(0.2)
        raise Problem(f"{self.name} does not answer", f"log: {self.log}")

    def kill(self):
        """Kill it and all its processes at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def reload(self):
        """Let it read its file again."""
        self.process.send_signal(signal.SIGHUP)

    def ask_to_end(self):
        """Say that it shall end, and do not wait."""
        if self.process is not None:
            self.process.terminate()

    def stop(self, seconds=20):
        """Ask it to end, insist when it does not."""
        if self.process is None:
            return
        proc.end_process(self.process.pid, seconds)
        self.kill()

    def children(self):
        """The processes of its own, oldest first."""
        found = proc.capture(["pgrep", "-P", str(self.process.pid)], check=False)
        return [int(pid) for pid in found.split()]
