"""Processes that lay out papers beside each other, see `pdf_program.py`."""

import json
import os
import struct
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from .idle_processes import AskedProcess, IdleProcesses

PROGRAM = os.path.join(os.path.dirname(__file__), "pdf_program.py")
# papers that are worth a process: one begins in the time that six take
MANY = 12
# seconds for the papers of one process
PATIENCE = 600
LENGTH = struct.Struct(">q")


class WorkerError(Exception):
    """A process ended, or took too long, before its papers were there."""


class _Worker(AskedProcess):
    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-I", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def ask(self, question):
        """Return the papers of a question.

        :raise WorkerError: there are fewer
        """
        timer = threading.Timer(PATIENCE, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(json.dumps(question).encode() + b"\n")
            self.process.stdin.flush()
            return [self._read() for _content in question["contents"]]
        except (OSError, struct.error) as error:
            raise WorkerError from error
        finally:
            timer.cancel()

    def _read(self):
        (length,) = LENGTH.unpack(self.process.stdout.read(LENGTH.size))
        paper = self.process.stdout.read(max(length, 0))
        if length < 0 or len(paper) < length:
            raise WorkerError
        return paper


# each ends by itself when nothing came for two minutes
_idle = IdleProcesses(_Worker)


def render_many(folders, stylesheets, variant, contents):
    """Return the PDF of each HTML document; each processor has a share of them.

    :param folders: where addons lie, as `odoo.addons.__path__`
    :param stylesheets: list of ("href" or "text", value)
    :param variant: of PDF, None for a plain one
    :raise WorkerError: they could not be laid out
    """
    count = max(1, min(len(os.sched_getaffinity(0)), len(contents) // (MANY // 2)))
    shared = {"folders": folders, "stylesheets": stylesheets, "variant": variant}
    questions = [{**shared, "contents": contents[n::count]} for n in range(count)]
    papers = [None] * len(contents)
    with ThreadPoolExecutor(count) as pool:
        for number, share in enumerate(pool.map(_ask, questions)):
            papers[number::count] = share
    return papers


def _ask(question):
    worker = _idle.take()
    try:
        papers = worker.ask(question)
    except WorkerError:
        worker.close()
        raise
    _idle.put(worker)
    return papers


def close_idle():
    """End the processes that have no papers, before their time."""
    _idle.close_all()
