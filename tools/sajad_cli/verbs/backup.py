"""The verbs ``backup`` and ``restore``: the database and its files, in one archive."""

import argparse
import contextlib
import hashlib
import itertools
import json
import re
import shutil
import tarfile
import tempfile
import time
from pathlib import Path

from ..database import dumps
from ..database.pg_cluster import own_folder
from ..ui import Problem, say
from . import serve

FORMAT = 1
_OURS = re.compile(r"database\.dump|backup\.json|filestore/[0-9a-f]{2,3}/[0-9a-f]{40,}")
_FILES = (
    "SELECT store_fname, MAX(checksum), MAX(file_size) FROM ir_attachment"
    " WHERE store_fname IS NOT NULL GROUP BY store_fname"
)
_COUNTS = (
    "SELECT (SELECT count(*) FROM res_users),"
    " (SELECT count(DISTINCT store_fname) FROM ir_attachment),"
    " (SELECT to_char(max(write_date), 'YYYY-MM-DD HH24:MI:SS') FROM ir_attachment)"
)


def backup(project, argv):
    """Write an archive; the server goes on meanwhile.

    The database comes first and its files second: files are only added, so that
    everything that the database knows is there.
    """
    parser = argparse.ArgumentParser(prog="./sajad backup")
    parser.add_argument("file", nargs="?", type=Path, help="default: below the state")
    target = parser.parse_args(argv).file or _default(project)
    if not project.databases.exists(project.name):
        raise Problem(f"there is no database {project.name}", "./sajad run makes it")
    if target.exists():
        raise Problem(f"{target} exists", "name another file")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.touch(0o600)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / "database.dump"
        say(f"database {project.name}")
        _dump(project, dump)
        say("its files")
        with tarfile.open(part, "w") as archive:
            archive.add(dump, "database.dump")
            count = _add_files(archive, project.databases.store(project.name))
            _add_memo(archive, Path(folder), project, dump, count)
    part.rename(target)
    say(f"{target}: {target.stat().st_size / 1e6:.0f} MB, {count} files")
    return 0


def _default(project):
    moment = time.strftime("%Y%m%d-%H%M%S")
    folder = project.settings.state / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{project.name}-{moment}.tar"


def _dump(project, path):
    dumps.write(project.stack.postgres, project.name, path)


def _add_files(archive, store):
    """Add the files that records may know; Odoo keeps lists of its own beside them."""
    count = 0
    # a folder at a time: a country has millions of files
    for folder in sorted(path for path in store.glob("*") if path.is_dir()):
        for path in sorted(folder.iterdir()):
            name = f"filestore/{path.relative_to(store)}"
            # what was swept meanwhile belongs to no record of the dump
            with contextlib.suppress(FileNotFoundError):
                if path.is_file() and _OURS.fullmatch(name):
                    archive.add(path, name)
                    count += 1
        _forget(archive)
    return count


def _forget(archive):
    """Drop what the archive remembers of each file that it has written or read."""
    archive.members.clear()
    archive.inodes.clear()


def _add_memo(archive, folder, project, dump, count):
    memo = {
        "format": FORMAT,
        "database": project.name,
        "odoo": project.stack.tree.version,
        "date": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "sha256": _digest(dump, "sha256"),
        "files": count,
    }
    path = folder / "backup.json"
    path.write_text(json.dumps(memo, indent=1) + "\n")
    archive.add(path, "backup.json")


def _digest(path, name):
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, name).hexdigest()


# ------------------------------------------------------------
# RESTORE
# ------------------------------------------------------------


def restore(project, argv):
    """Make the database from an archive; what is there stays until it was checked."""
    parser = argparse.ArgumentParser(prog="./sajad restore")
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--replace", action="store_true", help="instead of the database that is there"
    )
    parser.add_argument(
        "--check", action="store_true", help="try it beside, and leave nothing"
    )
    options = parser.parse_args(argv)
    if options.check:
        return _try(project, options.file)
    databases, name = project.databases, project.name
    if databases.exists(name) and not options.replace:
        raise Problem(
            f"database {name} exists",
            "its content would be lost: ./sajad restore FILE --replace",
            "or beside it: DB=another ./sajad restore FILE",
        )
    new = f"{name}_restoring"
    _make(project, options.file, new)
    serve.stop_server(project.settings)
    databases.rename(new, name)
    # what the code brings is written anew at the next start
    project.memo.unlink(missing_ok=True)
    project.half.unlink(missing_ok=True)
    say(f"database {name} is restored: ./sajad run")
    return 0


def _make(project, path, name):
    """Make a database from an archive, and compare every file that it knows.

    :raise Problem: something is not as it was; nothing of the database stays then
    """
    databases = project.databases
    with _unpacked(project, path) as folder:
        databases.drop(name)
        try:
            say("database")
            _load(project, folder / "database.dump", name)
            _place(project, folder / "filestore", databases.store(name))
            say("checking that every file is there and as it was")
            if wrong := _check(project, name):
                raise Problem(f"{len(wrong)} files are not as they were", *wrong[:5])
        except Problem:
            databases.drop(name)
            raise


def _try(project, path):
    """Restore an archive beside everything, say what is in it, and delete it again.

    A backup that nobody has restored is a hope: this is for a timer, once a week.
    """
    name, begun = f"{project.name}_checking", time.monotonic()
    _make(project, path, name)
    try:
        counts = project.stack.postgres.query(_COUNTS, database=name).strip()
    finally:
        project.databases.drop(name)
    users, files, last = counts.split("|")
    say(f"{path} can be restored: {users} users, {files} files, last change {last}")
    say(f"it took {time.monotonic() - begun:.0f} s; nothing of it stays")
    return 0


@contextlib.contextmanager
def _unpacked(project, path):
    """Unpack an archive and check that it is whole.

    :raise Problem: it is none of ours, was cut off, or has changed
    """
    own_folder(project.settings, project.odoo.data, 0o750)
    with tempfile.TemporaryDirectory(dir=project.odoo.data) as folder:
        folder = Path(folder)
        folder.chmod(0o755)
        try:
            with tarfile.open(path) as archive:
                _extract(archive, folder)
            memo = json.loads((folder / "backup.json").read_text())
        except (OSError, ValueError, tarfile.TarError) as error:
            raise Problem(f"{path} is no whole backup", str(error)) from None
        dump = folder / "database.dump"
        if memo.get("format") != FORMAT or memo["sha256"] != _digest(dump, "sha256"):
            raise Problem(f"{path} is damaged: the database is not as it was saved")
        found = sum(p.is_file() for p in (folder / "filestore").rglob("*"))
        if found != memo["files"]:
            raise Problem(f"{path} is damaged: {found} of {memo['files']} files")
        yield folder


def _extract(archive, folder):
    """Take out what a backup holds: no link, no path that leads elsewhere."""
    for member in archive:
        if not member.isfile() or not _OURS.fullmatch(member.name):
            raise ValueError(f"{member.name} belongs to no backup")
        target = folder / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.extractfile(member) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)
        _forget(archive)


def _load(project, dump, name):
    dumps.restore(project.stack.postgres, dump, name, project.odoo.template)


def _place(project, source, store):
    own_folder(project.settings, store.parent)
    shutil.rmtree(store, ignore_errors=True)
    source.mkdir(exist_ok=True)
    for path in itertools.chain([source], source.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        if drop := project.settings.drop:
            shutil.chown(path, drop["user"], drop["group"])
    source.rename(store)


def _check(project, name):
    """Sentences on files that the database knows and that are not as they were."""
    store = project.databases.store(name)
    wrong = []
    for line in project.stack.postgres.lines(_FILES, database=name):
        fname, checksum, size = line.split("|")
        path = store / fname
        if not path.is_file():
            wrong.append(f"{fname} is missing")
        elif size and path.stat().st_size != int(size):
            wrong.append(f"{fname} has another size")
        elif checksum and _digest(path, "sha1") != checksum:
            wrong.append(f"{fname} was changed")
    return wrong
