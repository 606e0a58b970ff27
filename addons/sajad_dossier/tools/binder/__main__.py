"""Binds papers into one PDF, in a process of its own; started by `pdf_binder.py`.

Decoding strangers' files may take all time and memory: the limits are those of this
process alone. It knows nothing of Odoo. Two lines come in, two go out: which papers,
how many pages each has; what stands before them, how many pages it is.
"""

import json
import resource
import select
import sys

LIMITS = {
    resource.RLIMIT_AS: 2 * 1024**3,
    resource.RLIMIT_CPU: 240,
    resource.RLIMIT_FSIZE: 512 * 1024**2,
}
# seconds without papers; it is begun before there are any
IDLE = 600


def limit():
    for kind, value in LIMITS.items():
        # those of whoever started it hold as well
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def hear():
    return json.loads(sys.stdin.readline())


def tell(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main():
    limit()
    from book import Book  # noqa: PLC0415  after the limits

    if not select.select([sys.stdin], [], [], IDLE)[0]:
        return
    book = Book()
    tell([book.add(paper) for paper in hear()])
    tell(book.write(**hear()))


if __name__ == "__main__":
    main()
