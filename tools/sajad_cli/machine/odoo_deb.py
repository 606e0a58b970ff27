"""Debian's package of Odoo 19.0: choose a build, verify it, unpack it."""

import functools
import hashlib
import re
from pathlib import Path

from .. import proc
from ..ui import Problem, say
from . import apt

PACKAGE = "odoo-19"
SERIES = "19.0."
# what the tree links to by relative symlinks; without jquery no asset bundle builds
_ASSETS = re.compile(
    r"^(fonts-(glyphicons|inconsolata|font-awesome|montserrat|ocr-b|roboto)|libjs-)"
)
# stripped by Debian for its licence but named in a manifest: an empty file is harmless
_STUBS = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)


def read_lock(path):
    """The tested builds as {version: sha256}."""
    lines = Path(path).read_text().splitlines()
    rows = [line.split() for line in lines if line.strip() and line[0] != "#"]
    return {version: digest for version, digest in rows}


def sha256(path):
    """Checksum of a file."""
    with Path(path).open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def newer(one, other):
    """Whether Debian version ``one`` is later than ``other``."""
    return proc.succeeds(["dpkg", "--compare-versions", one, "gt", other])


def choose(versions, lock, newer=newer):
    """The newest tested build on offer, else the newest of the series, else None."""
    series = [v for v in versions if v.split(":")[-1].startswith(SERIES)]
    candidates = [v for v in series if v in lock] or series
    best = None
    for version in candidates:
        if best is None or newer(version, best):
            best = version
    return best


def verify(deb, version, lock, strict):
    """Refuse a changed package; report (or refuse) one that was never tested."""
    digest = sha256(deb)
    if lock.get(version) == digest:
        return
    if version in lock:
        raise Problem(
            f"{deb} has sha256 {digest}, the lock says {lock[version]}: refused",
            "delete that file and run again; if it stays so, do not trust the mirror",
        )
    if strict:
        raise Problem(
            f"{PACKAGE} {version} ({digest}) is not in tools/odoo.lock",
            "run ./sajad test with it (without ODOO_STRICT), then add the line",
        )
    say(f"NOTE: {PACKAGE} {version} was never tested with this project")


class OdooPackage:
    """The package, from the archive or a local copy, unpacked below the state."""

    def __init__(self, settings, archives, lock):
        self.settings = settings
        self.archives = archives
        self.lock = lock

    @functools.cached_property
    def _pointer(self):
        return self.settings.cache / "current"

    def _cached(self):
        try:
            deb = self.settings.cache / self._pointer.read_text().strip()
        except OSError:
            return None
        return deb if deb.is_file() else None

    def _download(self):
        source = self.archives.odoo
        say(f"reading Debian's signed index ({' '.join(self.settings.suites)})")
        offered = source.versions(PACKAGE)
        version = choose(offered, self.lock)
        if not version:
            raise Problem(
                f"Debian {' '.join(self.settings.suites)} carries no {PACKAGE} "
                f"{SERIES}* any more (it has: {', '.join(offered) or 'none'})",
                "use a saved package: ODOO_DEB=/path/odoo-19_*.deb",
                "or a checkout of the 19.0 branch: ODOO_HOME=/path/odoo",
                f"tested builds: {', '.join(self.lock)}",
            )
        say(f"downloading {PACKAGE} {version} (117 MB)")
        source.download(f"{PACKAGE}={version}", self.settings.cache)
        deb = max(
            self.settings.cache.glob(f"{PACKAGE}_*.deb"),
            key=lambda p: p.stat().st_mtime,
        )
        self._pointer.write_text(deb.name)
        return deb

    def fetch_assets(self, deb):
        """Fonts and scripts that the tree links to: own suite first, then Odoo's."""
        folder = self.settings.cache / "assets"
        if (folder / ".complete").exists():
            return folder
        depends = proc.capture(["dpkg-deb", "-f", deb, "Depends"])
        names = [re.sub(r"\(.*", "", d).strip() for d in re.split(r"[,|]", depends)]
        for name in filter(_ASSETS.match, names):
            # sid's font-awesome has lost the files Odoo links to: prefer the own suite
            try:
                self.archives.native.download(name, folder)
            except Problem:
                self.archives.odoo.download(name, folder)
        (folder / ".complete").touch()
        return folder

    def unpack(self):
        """Return the folder that holds the Python package ``odoo``."""
        local = self.settings.odoo_deb
        if local and not Path(local).is_file():
            raise Problem(f"ODOO_DEB={local} is no file")
        deb = Path(local).absolute() if local else self._cached() or self._download()
        version = proc.capture(["dpkg-deb", "-f", deb, "Version"]).strip()
        target = self.settings.prefix / f"odoo-{version}"
        done = target / ".complete"
        if not done.exists() or (self.settings.strict and version not in self.lock):
            verify(deb, version, self.lock, self.settings.strict)
        if not done.exists():
            assets = self.fetch_assets(deb)
            say(f"unpacking Odoo {version}")
            apt.unpack([deb, *assets.glob("*.deb")], target)
            _write_stubs(target / "usr/lib/python3/dist-packages/odoo/addons")
            _report_broken_links(target)
            done.touch()
        return target / "usr/lib/python3/dist-packages"


def _write_stubs(addons):
    for name in _STUBS:
        path = addons / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text("/* not part of Debian's package */\n")


def _report_broken_links(tree):
    broken = [p for p in tree.rglob("*") if p.is_symlink() and not p.exists()]
    inside = [p for p in broken if "/static/" in str(p)]
    if inside:
        say(f"WARNING: {len(inside)} broken links, first {inside[0]}")
