"""The verb ``bench``: tests/bench in the project's environment, or against REV."""

import argparse
import datetime
import hashlib
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from .. import addons, proc
from ..database.pg_cluster import own_folder
from ..stack import make_state, prepare
from ..ui import Problem, say
from . import lockstep

# all that people use: what each page asks and each decision brings about is measured
MODULE = "sajad_clearance,sajad_dossier,sajad_helpdesk,payment_zibal"
PARTS = ("fill", "reads", "pages", "browser", "writes", "papers", "stats")
PEER = "project"  # against a revision it would only measure Odoo against itself


@dataclass(frozen=True)
class Side:
    """One revision of addons and benchmark, and the database that it fills."""

    name: str  # here or there
    label: str
    folder: Path  # of its benchmark
    odoo: object
    database: str
    modules: str


def parse(argv):
    """Options of the verb."""
    parser = argparse.ArgumentParser(prog="./sajad bench")
    parser.add_argument("--against", metavar="REV", help="a revision to compare with")
    parser.add_argument("--tasks", type=int, default=200_000, help="work items")
    parser.add_argument(
        "--documents", type=int, default=0, help="of dossiers, filled besides"
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--match", default="", help="only reads whose title has this")
    return parser.parse_args(argv)


def main(settings, argv):
    """Fill a database (once a day for a state of the code), measure, print tables."""
    options = parse(argv)
    make_state(settings)
    with proc.locked(settings.state / ".bench.lock", "bench"):
        stack = prepare(settings)
        root = settings.state / "bench"
        sides = [_here(stack, root / "here", options)]
        if options.against:
            sides.append(_there(stack, root / "there", options))
        for side in sides:
            _install(stack, side)
        if not options.against:
            return _run_alone(settings, sides[0], options)
        return lockstep.compare(settings, sides, lambda s: _arguments(s, options))


def fill(stack, tasks, documents=0):
    """Have a database of a country for another verb; return (odoo, its name)."""
    size = ["--tasks", str(tasks), "--documents", str(documents)]
    options = parse([*size, "--only", "fill"])
    with proc.locked(stack.settings.state / ".bench.lock", "bench"):
        side = _here(stack, stack.settings.state / "bench" / "here", options)
        _install(stack, side)
        if _run_alone(stack.settings, side, options):
            raise Problem("the database could not be filled")
    return side.odoo, side.database


def _here(stack, folder, options):
    """The working tree; the run user reads a copy of its benchmark."""
    shutil.rmtree(folder, ignore_errors=True)
    source = stack.settings.project / "tests/bench"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))
    odoo = stack.odoo("bench", data=_data(stack.settings))
    return _side("here", "the working tree", folder, odoo, stack, options)


def _there(stack, folder, options):
    """A revision, unpacked beside the working tree."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    revision = _git(stack.settings, "rev-parse", "--short", f"{options.against}^{{}}")
    paths = ("addons", "tests/bench")
    packed = _git(stack.settings, "archive", options.against, *paths, binary=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed, check=True)
    odoo = replace(
        stack.odoo("bench", data=_data(stack.settings)),
        addons=folder / "addons",
        conf=stack.settings.state / "odoo-bench-there.conf",
    )
    odoo.write_conf()
    label = f"{options.against} ({revision.strip()})"
    return _side("there", label, folder / "tests/bench", odoo, stack, options)


def _git(settings, *argv, binary=False):
    argv = ["git", "-c", "safe.directory=*", "-C", settings.project, *argv]
    try:
        done = subprocess.run([str(a) for a in argv], capture_output=True)
    except OSError as error:
        raise Problem(f"a revision needs git: {error}") from None
    if done.returncode:
        raise Problem("git could not read the revision", done.stderr.decode().strip())
    return done.stdout if binary else done.stdout.decode()


def _data(settings):
    """Folder of the files of these databases."""
    own_folder(settings, settings.state / "bench-data")
    return settings.state / "bench-data"


def _side(name, label, folder, odoo, stack, options):
    """A side; its database is another one tomorrow, when nothing is done "today"."""
    code = [addons.checksum(odoo.addons), addons.checksum(folder), stack.tree.version]
    modules = MODULE if options.against else f"{MODULE},{PEER}"
    size = (str(options.tasks), str(options.documents))
    parts = [*code, modules, *size, datetime.date.today().isoformat()]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
    return Side(name, label, folder, odoo, f"bench_{name}_{digest}", modules)


def _install(stack, side):
    """Have the database of a side; those of other code, size or day are dropped."""
    databases = stack.databases(side.odoo.data)
    for name in databases.names():
        if name.startswith(f"bench_{side.name}_") and name != side.database:
            databases.drop(name)
    if databases.exists(side.database):
        return
    say(f"database of {side.label}: installing {side.modules}")
    new = f"bench_{side.name}_new"
    databases.drop(new)
    flags = ["--stop-after-init", "--no-http", "--max-cron-threads", "0"]
    log = stack.settings.logs / f"bench-install-{side.name}.log"
    side.odoo.check_run(log, "server", "-i", side.modules, *flags, database=new)
    databases.rename(new, side.database)


def _arguments(side, options):
    """Arguments of tests/bench/run.py."""
    argv = ["-c", side.odoo.conf, "-d", side.database, "--tasks", options.tasks]
    argv += ["--rounds", options.rounds]
    # a revision of before does not know it
    argv += ["--documents", options.documents] if options.documents else []
    argv += ["--only", options.only] if options.only else []
    return [*argv, "--match", options.match] if options.match else argv


def _run_alone(settings, side, options):
    argv = [side.odoo.venv / "bin/python", side.folder / "run.py"]
    argv = [str(a) for a in (*argv, *_arguments(side, options))]
    return subprocess.run(argv, env=side.odoo.env, cwd="/", **settings.drop).returncode
