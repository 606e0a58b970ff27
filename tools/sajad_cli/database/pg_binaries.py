"""PostgreSQL's programs: the machine's, or Debian's unpacked below the state."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from .. import proc
from ..machine import apt
from ..ui import Problem, say

# Debian's dependencies of a system service, which this server is not
_SKIP = re.compile(
    r"^(libllvm|libz3|ssl-cert|postgresql-common|postgresql-client-common|perl|libperl"
    r"|adduser|sysvinit|init-system|locales|lsb-base|systemd|libsystemd|netbase)"
)


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and what they need in the environment."""

    folder: Path
    env: dict = field(default_factory=dict)

    def __getitem__(self, name):
        return self.folder / name

    @property
    def major(self):
        """Major version of the server."""
        text = proc.capture([self["postgres"], "--version"], env=self.environment)
        return re.search(r"\) (\d+)", text)[1]

    @property
    def environment(self):
        """The whole environment for one of these programs."""
        return os.environ | self.env


def _version_key(path):
    return int(path.name) if path.name.isdigit() else 0


def installed(base, want_major=None):
    """The newest (or the wanted) server below ``base``/lib/postgresql, or None."""
    servers = sorted(Path(base).glob("lib/postgresql/*"), key=_version_key)
    servers = [s for s in servers if (s / "bin/postgres").exists()]
    servers = [s for s in servers if (s / "bin/psql").exists()]
    if want_major:
        servers = [s for s in servers if s.name == want_major]
    return servers[-1] / "bin" if servers else None


def find(settings, archives, want_major=None):
    """Programs of the wanted major version, fetched when the machine has none."""
    folder = installed("/usr", want_major)
    if folder:
        return Binaries(folder)
    prefix = settings.prefix / "pg"
    if not (prefix / ".complete").exists():
        _fetch(settings, archives, prefix)
    folder = installed(prefix / "usr", want_major)
    if not folder:
        raise Problem(
            f"the database files are of PostgreSQL {want_major}, which is not here",
            f"as root: apt-get install postgresql-{want_major}",
            "or start anew (the databases are lost): remove "
            f"{settings.state / 'pgdata'} and run again",
        )
    libraries = sorted({str(p.parent) for p in prefix.rglob("*.so.*")})
    return Binaries(folder, {"LD_LIBRARY_PATH": ":".join(libraries)})


def _fetch(settings, archives, prefix):
    say("downloading PostgreSQL and the libraries this machine lacks")
    source, folder = archives.native, settings.cache / "pg"
    source.update()
    depends = proc.capture(["apt-cache", "depends", "postgresql"], env=source.env)
    server = re.search(r"Depends: (postgresql-\d+)$", depends, re.M)
    if not server:
        raise Problem(
            "Debian's index names no PostgreSQL server", "set DATABASE_HOST=…"
        )
    for package in source.missing([server[1]]):
        if not _SKIP.match(package):
            source.download(package, folder)
    apt.unpack(folder.glob("*.deb"), prefix)
    (prefix / ".complete").touch()
