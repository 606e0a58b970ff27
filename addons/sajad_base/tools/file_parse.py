"""Has a file read to its end by `file_probe.py`, in a process with limits."""

import json
import os
import subprocess
import sys
from typing import NamedTuple

PROBE = os.path.join(os.path.dirname(__file__), "file_probe.py")
# seconds; that of CPU is set by the process itself
PATIENCE = 20


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
