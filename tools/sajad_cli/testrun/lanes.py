"""Which part runs when: two at a time, for each has long waits of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor

from .results import timed

LANES = 2
# the longest first, so that the two end together
ORDER = (
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

    Lint needs no database and ``install`` makes the one that the others copy: these two
    come first, beside each other.

    :param parts: {name: Part}
    :param call: function of a Part that runs it
    """
    lint = threading.Thread(target=_one, args=(parts.get("lint"), call))
    lint.start()
    _one(parts.get("install"), call)
    with ThreadPoolExecutor(LANES) as pool:
        for name in ORDER:
            pool.submit(_one, parts.get(name), call)
    lint.join()


def _one(part, call):
    if part is None:
        return
    try:
        with timed(part):
            call(part)
    except Exception as error:  # noqa: BLE001  a lane that dies must not pass as green
        part.check("could not finish", [repr(error)])
