"""Processes of `file_probe.py` that read one file after the other.

A process ends by itself when it has nothing to do, and is ended when a file takes too
long or it has read enough: what a file does to it is over then.
"""

import contextlib
import fcntl
import json
import os
import select
import struct
import subprocess
import sys

from odoo.addons.sajad_report.tools.idle_processes import AskedProcess, IdleProcesses

PROBE = os.path.join(os.path.dirname(__file__), "file_probe.py")
# seconds for one file; that of CPU is set by the process itself
PATIENCE = 20
MAX_FILES = 1000
# seconds in which a process that ends by itself is gone
LEAVING = 1
# bytes of a pipe, as many as Linux gives everybody
ROOM = 1024**2


class _Reader(AskedProcess):
    def __init__(self):
        self.count = 0
        self.has_left = False
        self.process = subprocess.Popen(
            [sys.executable, "-I", PROBE, "many"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        # a scan goes through at once, not by pieces with a change of process for each
        with contextlib.suppress(OSError):
            fcntl.fcntl(self.process.stdin, fcntl.F_SETPIPE_SZ, ROOM)

    def is_usable(self):
        return self.count < MAX_FILES and super().is_usable()

    def ask(self, content, mimetype):
        """Return what the process says of a file, or None when it says nothing."""
        self.count += 1
        name = mimetype.encode()
        # a process that ends in the middle of a file has said nothing
        with contextlib.suppress(OSError, ValueError):
            self.process.stdin.write(struct.pack(">QI", len(content), len(name)) + name)
            self.process.stdin.write(content)
            self.process.stdin.flush()
            if select.select([self.process.stdout], [], [], PATIENCE)[0]:
                return json.loads(self.process.stdout.readline())
        # one that had nothing to do was ending when the file came: it has not read it
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.has_left = self.process.wait(LEAVING) == 0
        self.close()
        return None


_idle = IdleProcesses(_Reader)


def read_by_reader(content, mimetype):
    """Return what `file_probe.py` says of a file, or None when it takes too much."""
    reader = _idle.take()
    said = reader.ask(content, mimetype)
    if reader.has_left:
        reader = _Reader()
        said = reader.ask(content, mimetype)
    if reader.is_usable():
        _idle.put(reader)
    elif said is not None:
        reader.close()
    return said


def close_idle():
    """End the processes that have nothing to read, before their time."""
    _idle.close_all()
