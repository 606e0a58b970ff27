"""Which part runs when: two at a time, for each has long waits of its own."""

from concurrent.futures import ThreadPoolExecutor

from .results import timed

LANES = 2
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
    with ThreadPoolExecutor(LANES) as pool:
        for name in ORDER:
            pool.submit(_one, parts.get(name), call)


def _one(part, call):
    if part is None:
        return
    try:
        with timed(part):
            call(part)
    except Exception as error:  # noqa: BLE001  a lane that dies must not pass as green
        part.check("could not finish", [repr(error)])
