"""A bulk upload into dossiers whose process is killed again and again."""

import subprocess
import time

from ..ui import Problem
from . import spare as spare_module

KILLS = 5
PATIENCE = 120  # seconds until a process has done a part
FILES = 800
# nothing is lost, doubled, or half of it
RIGHT = (
    f"state: done, files: {FILES}, not kept: 0, documents: {FILES}, twice: 0, lost: 0, "
    "damaged: 0"
)


def check(ctx, part, odoo, query):
    """Kill the process in the middle of its parts, and let the next one go on.

    :param query: function of a statement that returns its answer as text
    """
    scripts = ctx.settings.project / "tests/faults"
    text = spare_module.run_shell(
        odoo, scripts / "bulk_fill.py", ctx.logs / "faults-bulk-fill.log"
    )
    batch = text.rpartition("UPLOAD")[2].split()[1]
    places = [
        _kill(odoo, scripts / "bulk_run.py", ctx.logs / "faults-bulk.log", query, batch)
        for _number in range(KILLS)
    ]
    text = spare_module.run_shell(
        odoo, scripts / "bulk_run.py", ctx.logs / "faults-bulk-end.log"
    )
    facts = text.rpartition("FACTS ")[2].strip()
    note = f"killed after {', '.join(map(str, places))} of {FILES} files"
    wrong = [] if facts == RIGHT else [f"{note}: {facts}"]
    if len(set(places)) < KILLS or places[-1] >= FILES:
        wrong.append(f"the kills met nothing: {note}")
    part.check("a bulk upload whose process is killed", wrong, note)


def _kill(odoo, script, log, query, batch):
    """Let a process do some parts and kill it in the next; return how far it came."""
    statement = f"SELECT COALESCE(position, 0) FROM sajad_batch WHERE id = {batch}"
    before = int(query(statement))
    with log.open("w") as errors, script.open() as text:
        process = subprocess.Popen(
            odoo.argv(
                *("shell", "--no-http", "--max-cron-threads", "0"),
                database=spare_module.DATABASE,
            ),
            stdin=text,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=odoo.env,
            cwd="/",
            **odoo.settings.drop,
        )
    limit = time.monotonic() + PATIENCE
    try:
        while int(query(statement)) <= before:
            if process.poll() is not None or time.monotonic() > limit:
                raise Problem("no part was done", f"log: {log}")
            time.sleep(0.02)
    finally:
        process.kill()
        process.wait()
    # the server notices that it is gone, and undoes what it had begun
    time.sleep(1)
    return int(query(statement))
