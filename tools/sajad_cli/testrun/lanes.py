"""Which part runs when: two at a time, and three when the suites are over."""

import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from .results import timed

LANES = 2
# the parts behind the suites wait for much, as one that kills servers does
LATE_LANES = 1
SUITES = ("unit", "tours")
# lint needs no database; install makes those that the others copy, the plain one first;
# then the longest first, so that the two lanes end together
ORDER = (
    "install",
    "lint",
    "unit",
    "tours",
    "gates",
    "dates",
    "faults",
    "cycle",
    "upgrade",
    "i18n",
    "cluster",
    "attacks",
)


def run(parts, call):
    """Run the parts; the table shows them in the order in which they were given.

    A part whose database is not made yet makes it, or waits for who does.

    :param parts: {name: Part}
    :param call: function of a Part that runs it
    """
    waiting = deque(name for name in ORDER if name in parts)
    over = {name: threading.Event() for name in waiting}

    def work(after=()):
        for name in after:
            over[name].wait()
        while waiting:
            try:
                name = waiting.popleft()
            except IndexError:  # another lane was faster
                return
            _one(parts[name], call)
            over[name].set()

    with ThreadPoolExecutor(LANES + LATE_LANES) as pool:
        for _lane in range(LANES):
            pool.submit(work)
        for _lane in range(LATE_LANES):
            pool.submit(work, [name for name in SUITES if name in over])


def _one(part, call):
    try:
        with timed(part):
            call(part)
    except Exception as error:  # noqa: BLE001  a lane that dies must not pass as green
        part.check("could not finish", [repr(error)])
