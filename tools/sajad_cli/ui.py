"""What the command says to the person in front of it."""

import sys
import time

_START = time.monotonic()


class Problem(Exception):
    """A failure the user can act on: what is wrong, then what to do next."""

    def __init__(self, what, *hints):
        super().__init__(what)
        self.what = what
        self.hints = [hint for hint in hints if hint]

    def __str__(self):
        return "\n".join([f"ERROR: {self.what}", *(f"  {h}" for h in self.hints)])


def say(message):
    """Print one progress line with the seconds since the start."""
    seconds = time.monotonic() - _START
    print(f"[{seconds:4.0f}s] {message}", file=sys.stderr, flush=True)
