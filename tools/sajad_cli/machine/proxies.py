"""nginx and pgbouncer, before Odoo and PostgreSQL; unpacked where missing."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .directory import unpack_beside
from .syslibs import library_folders

# the version of one machine's packages; what they need comes along
PACKAGES = {"nginx": ["nginx", "nginx-common"], "pgbouncer": ["pgbouncer"]}
SYSTEM = ("/usr/sbin", "/usr/bin", "/sbin")


@dataclass(frozen=True)
class Proxy:
    """A program, and what it needs in the environment."""

    program: Path
    etc: Path
    env: dict


def find(settings, archives, name):
    """The machine's own program, or one unpacked below the state.

    :raise Problem: there is neither, and no archive to fetch it from
    """
    path = os.pathsep.join((os.environ.get("PATH", ""), *SYSTEM))
    if program := shutil.which(name, path=path):
        return Proxy(Path(program), Path("/etc"), dict(os.environ))
    prefix = unpack_beside(settings, archives, name, PACKAGES[name])
    libraries = os.pathsep.join(map(str, library_folders(prefix)))
    env = os.environ | {"LD_LIBRARY_PATH": libraries}
    return Proxy(prefix / "usr/sbin" / name, prefix / "etc", env)
