"""Virtual environments made from pinned requirement files."""

import hashlib
import shutil
import sys
from pathlib import Path

from .. import proc
from ..ui import Problem, say

# the only pins without wheels are small and pure Python
_PIP = ("-q", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:")
_SDIST = ("--no-binary", "docopt")


def stamp(*parts):
    """A checksum over texts that decide whether an environment is still right."""
    text = "\0".join((*map(str, parts), sys.version, sys.executable))
    return hashlib.sha256(text.encode()).hexdigest()


def ensure(folder, requirements, extra="", prepare=None):
    """Make the environment ``folder`` match the file ``requirements``; return it."""
    folder, mark = Path(folder), Path(folder) / ".stamp"
    want = stamp(requirements.read_text(), extra)
    if mark.exists() and mark.read_text() == want:
        return folder
    say(f"python packages of {requirements.name}")
    if folder.exists():
        shutil.rmtree(folder)
    proc.capture([sys.executable, "-m", "venv", folder])
    if prepare:
        prepare(folder)
    try:
        argv = [folder / "bin/pip", "install", *_PIP, *_SDIST, "-r", requirements]
        proc.capture(argv)
    except Problem as problem:
        raise Problem(
            f"pip could not install {requirements.name}",
            *problem.hints,
            "no package index? set PIP_INDEX_URL, or PIP_FIND_LINKS and PIP_NO_INDEX",
        ) from None
    mark.write_text(want)
    return folder


def site_packages(folder):
    """The site-packages folder of an environment."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(proc.capture([Path(folder) / "bin/python", "-c", ask]).strip())


def odoo_environment(settings, tree):
    """The environment Odoo runs in, with its source tree on the path.

    The path file joins Odoo with addons that pip puts into ``odoo/addons``; the empty
    distribution makes pip accept their dependency on ``odoo``, which is on no index.
    """

    def prepare(folder):
        site = site_packages(folder)
        (site / "odoo-tree.pth").write_text(f"{tree.root}\n")
        info = site / "odoo-19.0.0.dist-info"
        info.mkdir()
        metadata = "Metadata-Version: 2.1\nName: odoo\nVersion: 19.0.0\n"
        (info / "METADATA").write_text(metadata)
        (info / "INSTALLER").write_text("sajad\n")
        (info / "RECORD").touch()

    requirements = settings.project / "requirements.txt"
    folder = settings.state / "venv"
    ensure(folder, requirements, extra=tree.root, prepare=prepare)
    return folder


def dev_environment(settings):
    """The environment of the lint tools."""
    requirements = settings.project / "requirements-dev.txt"
    return ensure(settings.state / "venv-dev", requirements)
