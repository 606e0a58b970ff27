"""Prints what the chain of history costs (row A11): rows with and without its trigger.

    python tests/bench/chain.py -c odoo.conf -d bench_small

Events are inserted 500 in a statement, as a decision on many does, and one by one, turn
by turn with the trigger on and off. All of it is rolled back.
"""

import argparse
import time
from statistics import median

from server import open_registry, say, superuser

COPY = """
INSERT INTO sajad_event (request_id, task_id, kind, date, waited, visible_to_student)
SELECT request_id, task_id, 'seen', date, 1, TRUE FROM sajad_event
WHERE request_id IS NOT NULL ORDER BY id LIMIT %s
"""


def insert(env, statements, rows):
    """Return microseconds a row."""
    start = time.perf_counter()
    for _statement in range(statements):
        env.cr.execute(COPY, [rows])
    return (time.perf_counter() - start) * 1e6 / (statements * rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-c", "--config", required=True)
    parser.add_argument("-d", "--database", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    registry = open_registry(options.config, options.database)
    times = {}
    with registry.cursor() as cr:
        env = superuser(cr)
        for _round in range(options.rounds):
            for mode in ("DISABLE", "ENABLE"):
                env.cr.execute(
                    f"ALTER TABLE sajad_event {mode} TRIGGER sajad_event_chain"
                )
                for statements, rows in ((10, 500), (500, 1)):
                    found = insert(env, statements, rows)
                    times.setdefault((rows, mode), []).append(found)
        cr.rollback()
    for rows in (500, 1):
        off, on = (median(times[rows, mode]) for mode in ("DISABLE", "ENABLE"))
        say(f"{rows:>4} rows a statement: {off:.0f} µs a row, chained {on:.0f} µs")


if __name__ == "__main__":
    main()
