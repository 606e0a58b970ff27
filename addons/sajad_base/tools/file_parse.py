"""Has a file read to its end by `file_probe.py`, in a process with limits."""

import json
import os
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from .file_reader import read_by_reader

PROBE = os.path.join(os.path.dirname(__file__), "file_probe.py")
# seconds; that of CPU is set by the process itself
PATIENCE = 20


# one more than processors: while one file is handed over, the others are read
WORKERS = min(os.cpu_count() or 1, 4) + 1
# files that wait for a process, so that none waits for a file
AHEAD = 2 * WORKERS

_thread = threading.local()


class Reading(NamedTuple):
    """What is wrong with a file, or "", and what was seen of it.

    `facts` of a PDF: pages, and whether it is empty; of a picture: its width and
    height, the lightest and darkest grey, and the sharpest edge (0 to 255).
    """

    fault: str
    facts: dict


def read_file(content, mimetype):
    """Read a file to its end.

    The fault is one of "damaged", "password", "active", "large", "pages", or "heavy"
    when reading it took more time or memory than a paper needs.

    :rtype: Reading
    """
    return getattr(_thread, "read", _read_once)(content, mimetype)


def read_many(files):
    """Read many files by a few processes that stay: starting one takes longest.

    As a generator: `files` is asked for the next ones as they are needed, so that only
    a few contents are in memory.

    :param files: iterable of (function of one content, content)
    :return: what the functions return, in order
    """
    with ThreadPoolExecutor(WORKERS, initializer=_use_readers) as threads:
        begun = deque()
        for function, content in files:
            begun.append(threads.submit(function, content))
            if len(begun) > AHEAD:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


def _read_once(content, mimetype):
    try:
        done = subprocess.run(
            [sys.executable, "-I", PROBE, mimetype],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return Reading(**json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError):
        return Reading("heavy", {})


def _use_readers():
    _thread.read = _read_by_reader


def _read_by_reader(content, mimetype):
    said = read_by_reader(content, mimetype)
    return Reading(**said) if said else Reading("heavy", {})
