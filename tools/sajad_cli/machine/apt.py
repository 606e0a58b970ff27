"""A private apt: reads Debian's signed indexes, never changes the system."""

import os
import re
import subprocess
from pathlib import Path

from .. import proc
from ..ui import Problem, say
from . import mirror

SYSTEM_STATUS = "/var/lib/dpkg/status"
_CONF = """\
Dir "{d}"; Dir::State "{d}/state"; Dir::State::status "{status}";
Dir::Cache "{d}/cache";
Dir::Etc "{d}/etc"; Dir::Etc::sourcelist "{d}/etc/sources.list";
Dir::Etc::sourceparts "{d}/etc/sources.list.d"; Dir::Etc::trusted "{d}/none";
Dir::Etc::trustedparts "{d}/none.d"; Dir::Etc::netrc "/etc/apt/auth.conf";
Dir::Etc::netrcparts "/etc/apt/auth.conf.d";
APT::Sandbox::User "root"; Acquire::Languages "none"; Acquire::Retries "4";
Acquire::http::Timeout "60"; Debug::NoLocking "1";
APT::Get::AllowUnauthenticated "false"; Acquire::AllowInsecureRepositories "false";
"""


def network_settings(dump):
    """The lines of ``apt-config dump`` on how to reach the archive (proxies)."""
    wanted = re.compile(r"Acquire::(http|https|ftp|tor)::\S+ ", re.I)
    return [line for line in dump.splitlines() if wanted.match(line)]


def diagnose(output):
    """Name what is wrong in the output of ``apt-get update``: a word or None."""
    if "is expired" in output:
        return "expired"
    if "not valid yet" in output:
        return "future"
    if re.search(r"NO_PUBKEY|not signed|EXPKEYSIG|BADSIG", output):
        return "signature"
    return "network" if re.search(r"^[EW]:", output, re.M) else None


class PrivateApt:
    """One apt configuration of its own below the project's state."""

    def __init__(self, folder, sources, status=SYSTEM_STATUS):
        self.folder = Path(folder)
        self.sources = sources
        self.status = status
        self._ready = False

    @property
    def env(self):
        """Environment that makes apt use this configuration only."""
        return os.environ | {"APT_CONFIG": str(self.folder / "apt.conf"), "LC_ALL": "C"}

    def _write(self):
        for sub in (
            "state/lists/partial",
            "cache/archives/partial",
            "etc/sources.list.d",
            "etc/apt.conf.d",
            "etc/preferences.d",
        ):
            (self.folder / sub).mkdir(parents=True, exist_ok=True)
        if self.status != SYSTEM_STATUS:
            Path(self.status).touch()
        text = _CONF.format(d=self.folder, status=self.status)
        extra = network_settings(proc.capture(["apt-config", "dump"]))
        (self.folder / "apt.conf").write_text(text + "\n".join(extra) + "\n")
        sources = "\n".join(self.sources) + "\n"
        (self.folder / "etc/sources.list").write_text(sources)

    def _apt(self, *argv):
        done = subprocess.run(
            ["apt-get", *argv],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout

    def update(self):
        """Read the indexes once; the signature is always checked."""
        if self._ready:
            return
        self._write()
        code, output = self._apt("update")
        trouble = diagnose(output) if code or diagnose(output) else None
        if trouble == "expired":
            say("the mirror's signed index is out of date; its signature still counts")
            code, output = self._apt("-o", "Acquire::Check-Valid-Until=false", "update")
            trouble = diagnose(output)
        if trouble:
            raise self._problem(trouble, output)
        self._ready = True

    def _problem(self, trouble, output):
        lines = [ln for ln in output.splitlines() if ln.startswith(("E:", "W:"))][:3]
        if trouble == "signature":
            return Problem(
                f"Debian's index is not signed with a key of {mirror.KEYRING}",
                "apt-get install --only-upgrade debian-archive-keyring",
                *lines,
            )
        if trouble == "future":
            return Problem("this machine's clock is behind the archive", *lines)
        return Problem(
            "cannot read Debian's package index",
            *lines,
            "offline? name what you have: ODOO_DEB=/path/odoo-19_*.deb or "
            "ODOO_HOME=/path/odoo, and DATABASE_HOST=… for PostgreSQL",
        )

    def versions(self, package):
        """The versions of a package that the indexes offer."""
        self.update()
        listing = proc.capture(["apt-cache", "madison", package], env=self.env)
        return [row.split("|")[1].strip() for row in listing.splitlines() if "|" in row]

    def missing(self, packages):
        """What apt would have to add to this machine for ``packages``."""
        self.update()
        argv = ["apt-get", "-y", "-qq", "--no-install-recommends", "--print-uris"]
        listing = proc.capture([*argv, "install", *packages], env=self.env)
        rows = [row.split() for row in listing.splitlines()]
        return [row[1].split("_")[0] for row in rows if len(row) > 2]

    def download(self, package, folder):
        """Fetch one package into ``folder``; apt checks it against the signed index."""
        self.update()
        Path(folder).mkdir(parents=True, exist_ok=True)
        argv = ["apt-get", "download", "-qq", package]
        proc.capture(argv, env=self.env, cwd=folder)


def unpack(debs, folder):
    """Unpack package files below ``folder`` without installing them."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for deb in sorted(debs):
        proc.capture(["dpkg-deb", "-x", deb, folder])
