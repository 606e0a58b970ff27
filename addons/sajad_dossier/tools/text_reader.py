"""Has the text of a file found by `text_probe.py`, in a process with limits."""

import json
import os
import signal
import subprocess
import sys
from typing import NamedTuple

PROBE = os.path.join(os.path.dirname(__file__), "text_probe.py")
# seconds: longer than the process gives itself
PATIENCE = 150
PERSIAN = "fas"


class Found(NamedTuple):
    """What stands in a file.

    `layer` is the text that a PDF brings, `scan` what was read on pictures; `read` and
    `left` count pictures and pages. `fault` is "", "damaged" or "heavy".
    """

    layer: str
    scan: str
    read: int
    left: int
    fault: str


HEAVY = Found("", "", 0, 0, "heavy")


def find_languages():
    """Return the languages of Tesseract; none when it is absent or has no Persian."""
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    languages = done.stdout.decode(errors="replace").split()
    return languages if PERSIAN in languages else []


def find_text(content, mimetype, languages):
    """Return what stands in a file; pictures are read if there are languages.

    :rtype: Found
    """
    with subprocess.Popen(
        [sys.executable, "-I", PROBE, mimetype, *languages],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # one processor: people work while this goes on
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        start_new_session=True,
    ) as process:
        try:
            said, _nothing = process.communicate(content, PATIENCE)
            return Found(**json.loads(said))
        except (subprocess.TimeoutExpired, ValueError):
            return HEAVY
        finally:
            _end(process)


def _end(process):
    """End a process and what it started, such as a reader of scans."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
