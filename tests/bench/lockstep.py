"""One side of a comparison: measures when it is its turn, reports at the end.

    lockstep.py BENCH GO TOLD [arguments of run.py]

BENCH is the folder of the benchmark that fits the addons of this side. From the file
descriptor GO comes a line for each turn. To TOLD go lines of JSON: "turn" when one is
awaited, ["table", title] when one is measured, and at the end
["end", {title: {case: [seconds, queries]}}].
"""

import json
import os
import sys


class Turns:
    """The other end of the pipes."""

    def __init__(self, go, told):
        self.go = os.fdopen(go)
        self.told = os.fdopen(told, "w")
        self.tables = {}

    def tell(self, message):
        """Write a line to whoever gives the turns."""
        self.told.write(json.dumps(message) + "\n")
        self.told.flush()

    def wait(self):
        """Wait until it is our turn."""
        self.tell("turn")
        if not self.go.readline():
            raise SystemExit("Nobody gives turns any more.")

    def report(self, title, cases, _base):
        """Keep a table instead of printing it."""
        self.tables[title] = {c.name: [c.seconds, c.queries] for c in cases}
        self.tell(["table", title])
        return []


def main():
    folder, go, told, *arguments = sys.argv[1:]
    sys.argv[1:] = arguments
    sys.path.insert(0, folder)
    turns = Turns(int(go), int(told))
    import timing

    once = timing.Case.once

    def once_in_turn(case, keep=True):
        turns.wait()
        once(case, keep)

    timing.Case.once = once_in_turn
    timing.report = turns.report
    import run

    run.main()
    turns.tell(["end", turns.tables])


if __name__ == "__main__":
    main()
