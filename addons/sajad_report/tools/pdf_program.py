"""Lays out papers, in a process of its own; started by `pdf_workers.py`.

It knows nothing of Odoo: a server's memory would have to be walked through by each
collection of garbage, and a paper leaves much. A line of JSON comes in for each set of
papers; each PDF goes out after its length, or a length of -1 where one failed.
"""

import gc
import json
import os
import resource
import select
import struct
import sys

# this folder, as a package without the models beside it
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from tools.pdf_render import Renderer  # noqa: E402

# seconds without papers
IDLE = 120
# papers between two collections: some 2 MB each
COLLECT = 20


def lift_limit():
    """Have the time that the machine allows, not what one request of a server has."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def serve():
    """Lay out what comes until nothing does."""
    lift_limit()
    renderers = {}
    gc.collect()
    gc.freeze()
    gc.disable()
    while select.select([sys.stdin], [], [], IDLE)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        asked = json.loads(line)
        key = json.dumps([asked[k] for k in ("folders", "stylesheets", "variant")])
        if key not in renderers:
            # those of another report would keep its fonts
            renderers = {key: Renderer(*json.loads(key))}
        answer(renderers[key], asked["contents"])


def answer(renderer, contents):
    """Write the PDF of each document as soon as it is there."""
    for number, content in enumerate(contents, 1):
        try:
            paper = renderer.render(content)
        except Exception as error:  # noqa: BLE001  the one who asked is told
            sys.stderr.write(f"{error!r}\n")
            sys.stdout.buffer.write(struct.pack(">q", -1))
            sys.stdout.buffer.flush()
            return
        sys.stdout.buffer.write(struct.pack(">q", len(paper)) + paper)
        sys.stdout.buffer.flush()
        if number % COLLECT == 0:
            gc.collect()
    gc.collect()


if __name__ == "__main__":
    serve()
