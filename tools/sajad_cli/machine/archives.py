"""The two views of Debian's archive that the project needs."""

import functools
from pathlib import Path

from ..ui import Problem
from . import mirror
from .apt import PrivateApt


class Archives:
    """The two views of the archive: the machine's own suite, and where Odoo lives."""

    def __init__(self, settings):
        self.settings = settings

    @functools.cached_property
    def _found(self):
        if not Path(mirror.KEYRING).exists():
            raise Problem(
                f"{mirror.KEYRING} is missing",
                "as root: apt-get install debian-archive-keyring",
            )
        return mirror.find(self.settings.mirror)

    @functools.cached_property
    def native(self):
        """The machine's own suite, seen against what is installed here."""
        return PrivateApt(self.settings.state / "apt/native", self._found[1])

    @functools.cached_property
    def odoo(self):
        """The suites that carry Odoo, seen as if nothing were installed."""
        archive = self._found[0]
        lines = [mirror.source_line(archive, s) for s in self.settings.suites]
        status = self.settings.state / "apt/empty-status"
        return PrivateApt(self.settings.state / "apt/odoo", lines, str(status))
