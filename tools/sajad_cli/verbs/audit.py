"""The verb ``audit``: does history still say what was written?"""

import argparse
import json
import subprocess

from ..ui import Problem, say

_MARK = "AUDIT "
_SCRIPT = """
import json
known = json.loads({known!r})
for line in env["sajad.append.only"]._audit(known):
    print("{mark}" + json.dumps(line))
"""


def audit(project, argv):
    """Check the chain of each table of history; exit 1 when something does not fit."""
    parser = argparse.ArgumentParser(prog="./sajad audit")
    parser.add_argument("--check", action="store_true", required=True)
    parser.add_argument("database", nargs="?", default=project.name)
    parser.add_argument("--known", help="what an earlier audit has printed")
    options = parser.parse_args(argv)
    known = _read(options.known) if options.known else {}
    lines = _ask(project, options.database, known)
    for line in lines:
        print(f"{line['table']} {line['rows']} {line['last_id']} {line['hash'] or '-'}")
    faults = [line for line in lines if line["fault"]]
    for line in faults:
        print(f"{line['table']}: {line['fault']}")
    if faults:
        return 1
    say(f"the history of {options.database} is as it was written")
    return 0


def _read(path):
    """Return {table: (id, hash)} of the printed lines of an earlier audit."""
    try:
        with open(path, encoding="utf-8") as lines:
            words = [line.split() for line in lines]
    except OSError as error:
        raise Problem(f"{path} cannot be read", str(error)) from None
    found = {
        table: (int(last), digest)
        for table, _rows, last, digest in (w for w in words if len(w) == 4)
        if last.isdigit() and digest != "-"
    }
    if not found:
        raise Problem(f"{path} is not what an audit has printed")
    return found


def _ask(project, database, known):
    if "sajad_base" not in project.databases.installed_modules(database):
        raise Problem(f"there is no history in {database}")
    script = _SCRIPT.format(known=json.dumps(known), mark=_MARK)
    done = subprocess.run(
        project.odoo.argv("shell", "--no-http", database=database),
        input=script,
        env=project.odoo.env,
        capture_output=True,
        text=True,
        cwd="/",
        **project.settings.drop,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith(_MARK)]
    if done.returncode or not lines:
        raise Problem("the audit failed", *done.stderr.strip().splitlines()[-5:])
    return [json.loads(line.removeprefix(_MARK)) for line in lines]
