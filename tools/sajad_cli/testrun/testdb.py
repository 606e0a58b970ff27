"""Databases of a test run: templates with the dependencies, copies for each part."""

import contextlib
import hashlib
import os
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from .. import addons, logcheck
from ..database.pg_cluster import own_folder
from ..project import LANGUAGE
from ..ui import Problem, say
from .spare import run_shell

TEMPLATE = "sajad_tpl_"
SCRATCH = "sajad_test_"


@dataclass(frozen=True)
class Built:
    """How a database came about."""

    name: str
    log: Path
    code: int


class TestDatabases:
    """Makes the databases once, copies them, drops them at the end."""

    def __init__(self, stack, odoo, manifests, logs, keep=False):
        self.stack = stack
        self.odoo = odoo
        self.manifests = manifests
        self.logs = logs
        self.keep = keep
        self.databases = stack.databases(odoo.data)
        self._built = {}
        self._scratch = []
        # parts run beside each other; of each kind one builds, or copies, at a time
        self._making = {demo: threading.RLock() for demo in (False, True)}

    @property
    def modules(self):
        """Names of the addons under test."""
        return list(self.manifests)

    def sweep(self):
        """Drop what killed runs left behind (only on our own server)."""
        # who was signed in before; a folder that somebody else owns takes no session
        shutil.rmtree(self.odoo.data / "sessions", ignore_errors=True)
        if self.stack.settings.external_db:
            return
        for name in self.databases.names():
            if name.startswith((SCRATCH, f"{TEMPLATE}new")):
                self.databases.drop(name)

    def _template_name(self, demo):
        modules = self._dependencies() + addons.demo_modules(self.manifests)
        parts = (self.stack.tree.version, modules, LANGUAGE, demo)
        pins = (self.stack.settings.project / "requirements.txt").read_text()
        digest = hashlib.sha256(repr((parts, pins)).encode()).hexdigest()[:10]
        return f"{TEMPLATE}{'demo' if demo else 'plain'}_{digest}"

    def _dependencies(self):
        return addons.dependencies(self.manifests)

    def template(self, demo):
        """A database with our dependencies only; kept between runs."""
        name = self._template_name(demo)
        if self.databases.exists(name):
            return name
        kind = "demo" if demo else "plain"
        modules = self._dependencies()
        modules += addons.demo_modules(self.manifests) if demo else []
        say(f"template database ({kind}): {', '.join(modules)}")
        for old in self.databases.names():
            if old.startswith(f"{TEMPLATE}{kind}_"):
                self.databases.drop(old)
        building = f"{TEMPLATE}new_{kind}"
        self.databases.drop(building)
        argv = ["server", "-i", ",".join(modules)]
        log = self.logs / f"template-{kind}.log"
        self.odoo.check_run(log, *argv, *self._flags(demo), database=building)
        self.databases.rename(building, name)
        return name

    def _flags(self, demo):
        flags = ["--stop-after-init", "--no-http", "--max-cron-threads", "0"]
        languages = ["--load-language", LANGUAGE, "--with-demo"] if demo else []
        return [*flags, *languages]

    def build(self, demo):
        """Install our addons on a copy of a template; how it went stays known."""
        with self._making[demo]:
            if demo not in self._built:
                self._built[demo] = self._install(demo)
            return self._built[demo]

    def _install(self, demo):
        kind = "demo" if demo else "plain"
        name = self.scratch(kind)
        self.databases.copy(self.template(demo), name)
        log = self.logs / f"install-{kind}.log"
        argv = ["server", "-i", ",".join(self.modules), *self._flags(demo)]
        code = self.odoo.run(log, *argv, database=name)
        if demo and not code:
            self._make_bundles(name)
        return Built(name, log, code)

    def _make_bundles(self, name):
        """Have what browsers ask for in the database that all their tests copy."""
        script = self.stack.settings.project / "tests/bundles.py"
        run_shell(self.odoo, script, self.logs / "bundles.log", name)

    def ours(self, demo):
        """Name of a database with our addons; a Problem when they do not install."""
        built = self.build(demo)
        if built.code:
            bad = logcheck.read(built.log).unexpected([])
            tail = bad[-1].whole.splitlines()[-12:] if bad else []
            raise Problem("our addons do not install", *tail, f"log: {built.log}")
        return built.name

    def scratch(self, kind):
        """A name for a database that is dropped at the end."""
        name = f"{SCRATCH}{os.getpid()}_{kind}"
        self._scratch.append(name)
        return name

    @contextlib.contextmanager
    def copy(self, demo, kind):
        """A copy of the database with our addons, for one part.

        Nobody works on that database itself: it could not be copied meanwhile.
        """
        with self._making[demo]:
            source, name = self.ours(demo), self.scratch(kind)
            self.databases.copy(source, name)
        try:
            yield name
        finally:
            if not self.keep:
                self.databases.drop(name)

    def close(self):
        """Drop every database of this run."""
        if self.keep:
            say(f"kept: {', '.join(self._scratch)}")
            return
        for name in self._scratch:
            self.databases.drop(name)


def test_data(settings):
    """Data folder of the tests, apart from the project's own."""
    folder = settings.state / "test-data"
    own_folder(settings, folder, 0o755)
    for name in ("screenshots", "pot"):
        own_folder(settings, folder / name)
    return folder
