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
        self.heard = b""
        self.process = subprocess.Popen(
            [sys.executable, "-I", PROBE, "many"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        # scans go through at once, not by pieces with a change of process for each
        with contextlib.suppress(OSError):
            fcntl.fcntl(self.process.stdin, fcntl.F_SETPIPE_SZ, ROOM)

    def is_usable(self):
        return self.count < MAX_FILES and super().is_usable()

    def send(self, files):
        """Hand files over; what is said of them comes in their order."""
        # a process that has ended says so when it is listened to
        with contextlib.suppress(OSError):
            for content, mimetype in files:
                self.count += 1
                name = mimetype.encode()
                head = struct.pack(">QI", len(content), len(name))
                self.process.stdin.write(head + name)
                self.process.stdin.write(content)
            self.process.stdin.flush()

    def listen(self):
        """Return what the process says of the next file, or None: it says nothing."""
        # answers come several at once: no buffer may hold what `select` looks for
        stream = self.process.stdout.fileno()
        while b"\n" not in self.heard:
            said = select.select([stream], [], [], PATIENCE)[0] and os.read(
                stream, ROOM
            )
            if not said:
                return None
            self.heard += said
        line, _end, self.heard = self.heard.partition(b"\n")
        return json.loads(line)

    def end(self):
        """End a process that said nothing; return what it was, as an exit code.

        0: it had nothing to do and was ending when a file came, which it has not read.
        """
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(LEAVING)
        self.close()
        return self.process.returncode


_idle = IdleProcesses(_Reader)


def read_by_reader(files):
    """Yield what `file_probe.py` says of each file; where it says nothing, why.

    They are handed over together: while one is read, what was said of another is
    worked on.

    :param files: list of (content, MIME type)
    :return: dicts, or the exit code of a process that read no other file after it
    """
    number = 0
    while number < len(files):
        reader = _idle.take()
        try:
            reader.send(files[number:])
            while number < len(files) and (said := reader.listen()) is not None:
                number += 1
                yield said
        except BaseException:
            # what it would say of the others is for nobody
            reader.close()
            raise
        if number < len(files):
            if code := reader.end():
                number += 1
                yield code
        elif reader.is_usable():
            _idle.put(reader)
        else:
            reader.close()


def close_idle():
    """End the processes that have nothing to read, before their time."""
    _idle.close_all()
