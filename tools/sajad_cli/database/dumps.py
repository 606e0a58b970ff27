"""Databases written into dumps of PostgreSQL's own format, and made from them."""

import subprocess
import tempfile
from pathlib import Path

from ..ui import Problem


def write(postgres, name, path):
    """Write a database into a file."""
    argv = postgres.client("pg_dump", "-Fc", "-O", "-x", name)
    with path.open("wb") as out:
        _call(postgres, argv, stdout=out)


def restore(postgres, dump, name, template):
    """Make a database from a dump, with its comments.

    Odoo compares the comment of an index with what a model says of it, and leaves an
    index without one as it is for ever. Comments on extensions are the superuser's: the
    template has those.
    """
    postgres.query(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    with tempfile.NamedTemporaryFile() as wanted:
        lines = _call(postgres, [postgres.binaries["pg_restore"], "-l"], source=dump)
        kept = [line for line in lines.splitlines() if b"COMMENT - EXT" not in line]
        wanted.write(b"\n".join(kept))
        wanted.flush()
        Path(wanted.name).chmod(0o644)  # PostgreSQL's programs run as another user
        argv = postgres.client("pg_restore", "-O", "-x", "-e", "-L", wanted.name)
        _call(postgres, [*argv, "-d", name], source=dump)


def _call(postgres, argv, source=None, stdout=subprocess.PIPE):
    with (source or Path("/dev/null")).open("rb") as stdin:
        done = subprocess.run(
            [str(a) for a in argv],
            env=postgres.binaries.environment,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd="/",
            **postgres.settings.drop,
        )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()[-5:]
        raise Problem(f"{Path(str(argv[0])).name} failed", *lines)
    return done.stdout
