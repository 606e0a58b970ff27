"""Shared libraries that PDF printing (WeasyPrint) opens, unpacked where missing."""

from pathlib import Path

from .. import proc
from ..ui import Problem, say
from . import apt

WANTED = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def missing(ldconfig_output):
    """Packages of the wanted libraries that the linker does not know."""
    return [p for lib, p in WANTED.items() if f"\t{lib} " not in ldconfig_output]


def library_folders(prefix):
    """Folders below ``prefix`` that hold shared libraries."""
    found = {p.parent for p in Path(prefix).rglob("*.so*") if p.is_file()}
    return sorted(f for f in found if f.parts[-2:-1] == ("lib",))


def ensure(settings, archives):
    """Return environment variables that let Odoo find the libraries."""
    lacking = missing(proc.capture(["/sbin/ldconfig", "-p"]))
    if not lacking:
        return {}
    prefix = settings.prefix / "libs"
    done = prefix / ".complete"
    if not done.exists():
        say(f"libraries for PDF printing: {', '.join(lacking)}")
        folder = settings.cache / "libs"
        try:
            for package in archives.native.missing(lacking):
                archives.native.download(package, folder)
            apt.unpack(folder.glob("*.deb"), prefix)
        except Problem as problem:
            # nothing but PDF printing needs them: go on without
            say(f"NOTE: {problem.what}; PDF printing will not work")
            return {}
        done.touch()
    folders = ":".join(map(str, library_folders(prefix)))
    env = {"LD_LIBRARY_PATH": folders} if folders else {}
    if not Path("/etc/fonts/fonts.conf").exists() and (prefix / "etc/fonts").is_dir():
        env["FONTCONFIG_PATH"] = str(prefix / "etc/fonts")
    return env
