"""Has a file read to its end by `file_probe.py`, in a process with limits."""

import json
import logging
import os
import subprocess
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from .file_reader import ROOM, read_by_reader

_logger = logging.getLogger(__name__)

PROBE = os.path.join(os.path.dirname(__file__), "file_probe.py")
# seconds; that of CPU is set by the process itself
PATIENCE = 20


# one more than processors: while some files are handed over, others are read
WORKERS = min(os.cpu_count() or 1, 4) + 1
# sets of files that wait for a process, so that none waits for a file
AHEAD = WORKERS
# what is handed over at once: as many small files as a pipe takes
MAX_SET, SET_SIZE = 16, ROOM // 2


class Reading(NamedTuple):
    """What is wrong with a file, or "", and what was seen of it.

    `facts` of a PDF: pages, and whether it is empty; of a picture: its width and
    height, the lightest and darkest grey, and the sharpest edge (0 to 255).
    """

    fault: str
    facts: dict


class Question(NamedTuple):
    """A file to be read, and what to do with its `Reading`.

    Without a `content` it is not read: what is to be said of it is known already.
    """

    content: bytes
    mimetype: str
    finish: object


def make_question(kind, accepted, scan, take, content):
    """Return the `Question` about a content; see `read_many`.

    It is answered with (fault, threat, what `take` returns); the first two or "".

    :param kind: its `FileType`; None for what was refused before it was looked at
    :param accepted: what the place takes, as `Accepted`
    """
    fault, bare = kind.look(content) if kind else ("", None)

    def finish(reading):
        # nothing is read of what was refused before
        found = reading.fault if reading else fault
        found = found or (accepted.find_flaw(reading.facts) if reading else "")
        if found or not kind:
            return found, "", None
        threat = scan(content)
        return "", threat, None if threat or not take else take(content)

    return Question(bare, kind.mimetype if kind else "", finish)


def read_sound(*asked):
    """Return the answer to one `make_question`, by a process of its own."""
    content, mimetype, finish = make_question(*asked)
    return finish(None if content is None else read_file(content, mimetype))


def read_file(content, mimetype):
    """Read a file to its end.

    The fault is one of "damaged", "password", "protected", "active", "large", "pages",
    "heavy" when reading it took more time or memory than a paper needs, or "unread"
    when this server cannot read files of the kind at all.

    :rtype: Reading
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", PROBE, mimetype],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Reading("heavy", {})
    try:
        return _take(json.loads(done.stdout))
    except ValueError:
        return _take(done.returncode)


def read_many(questions):
    """Read many files by a few processes that stay: starting one takes longest.

    As a generator: `questions` is asked for the next ones as they are needed, so that
    only a few contents are in memory.

    :param questions: iterable of `Question`
    :return: what their functions return, in order; those are called in other threads
    """
    with ThreadPoolExecutor(WORKERS) as threads:
        begun = deque()
        for some in _make_sets(questions):
            begun.append(threads.submit(_read_set, some))
            if len(begun) > AHEAD:
                yield from begun.popleft().result()
        while begun:
            yield from begun.popleft().result()


def _make_sets(questions):
    """Yield questions in lists: few large files, or many small ones."""
    some, size = [], 0
    for question in questions:
        some.append(question)
        size += len(question.content or b"")
        if len(some) == MAX_SET or size > SET_SIZE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _read_set(questions):
    asked = {n: q for n, q in enumerate(questions) if q.content is not None}
    said = read_by_reader([(q.content, q.mimetype) for q in asked.values()])
    # what comes first here comes to its end, and leaves its process to others
    pairs = zip(said, asked.items(), strict=True)
    found = {number: q.finish(_take(answer)) for answer, (number, q) in pairs}
    return [
        found[number] if number in found else question.finish(None)
        for number, question in enumerate(questions)
    ]


def _take(said):
    """Return the `Reading` of what a process said, or of how it ended."""
    reading = Reading("heavy", {})
    if isinstance(said, dict):
        reading = Reading(**said)
    elif said > 0:
        # no limit has ended it, but its own program
        reading = Reading("unread", {"why": f"exit code {said}"})
    if reading.fault == "unread":
        _logger.error("no file can be examined: %s", reading.facts["why"])
    return reading
