"""Has a file read to its end by `file_probe.py`, in a process with limits."""

import os
import subprocess
import sys

PROBE = os.path.join(os.path.dirname(__file__), "file_probe.py")
# seconds; that of CPU is set by the process itself
PATIENCE = 20


def find_fault(content, mimetype):
    """Return what is wrong with a file, or "".

    :return: one of "damaged", "password", "large", "pages", or "heavy" when reading it
        took more time or memory than a paper needs
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
        return "heavy"
    said = done.stdout.decode().strip()
    if not said:
        return "heavy"
    return "" if said == "sound" else said
